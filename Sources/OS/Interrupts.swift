internal import CLinux
package import SystemPackage

/// SIGINT, SIGTERM and SIGHUP, unless they are ignored, as something to read instead of something that happens.
package struct Interrupts: ~Copyable {
  /// Becomes readable when a signal comes.
  package let descriptor: Descriptor

  /// They are blocked from here on, for the rest of the process.
  package init() throws(SystemError) {
    descriptor = Descriptor(
      owning: FileDescriptor(rawValue: try check("signalfd") { clinux_interrupts() }))
  }

  /// The signal that came, if one did.
  package static func next(from file: FileDescriptor) -> Int32? {
    let number = clinux_read_interrupt(file.rawValue)
    return number == 0 ? nil : number
  }
}
