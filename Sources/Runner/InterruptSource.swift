package import SystemPackage

/// The source of signals by which the user interrupts a run.
package struct InterruptSource {
  /// A descriptor that is readable when a signal came; `nil` if none ever comes.
  package var file: FileDescriptor?
  /// Takes the next signal; returns `nil` if none came.
  package var next: () -> Int32?

  /// Takes a descriptor and a function that takes signals.
  package init(file: FileDescriptor?, next: @escaping () -> Int32?) {
    self.file = file
    self.next = next
  }

  /// A source without signals.
  package static var none: InterruptSource { InterruptSource(file: nil) { nil } }

  /// Throws the signal that came, if one did.
  ///
  /// - Throws: `Interruption`
  package func check() throws(Interruption) {
    if let signal = next() { throw Interruption(signal: signal) }
  }
}
