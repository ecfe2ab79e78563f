package import SystemPackage

/// Where the runner learns that the user wants an end.
package struct InterruptSource {
  /// Readable when there is a signal; `nil` where there never is one.
  package var file: FileDescriptor?
  /// Takes the signal that came, if one did.
  package var next: () -> Int32?

  package init(file: FileDescriptor?, next: @escaping () -> Int32?) {
    self.file = file
    self.next = next
  }

  /// Never interrupts.
  package static var none: InterruptSource { InterruptSource(file: nil) { nil } }

  /// Throws the signal that came, if one did.
  package func check() throws(Interruption) {
    if let signal = next() { throw Interruption(signal: signal) }
  }
}
