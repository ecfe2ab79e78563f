package import SystemPackage

/// A program that messages go to and come from.
package struct PipedProcess: ~Copyable {
  package var process: ChildProcess
  /// To be let go when there are no more messages.
  package var input: Descriptor?
  /// Reading from it doesn't wait.
  package let output: Descriptor

  package init(
    _ arguments: [String], environment: [String], standardError: borrowing Descriptor,
    descriptor3: FileDescriptor? = nil, ownGroup: Bool = true
  ) throws(SystemError) {
    let (inputRead, inputWrite) = try Descriptor.pipe().split()
    let inputEnd = Descriptor(owning: inputRead)
    let input = Descriptor(owning: inputWrite)
    let (outputRead, outputWrite) = try Descriptor.pipe().split()
    let output = Descriptor(owning: outputRead)
    let outputEnd = Descriptor(owning: outputWrite)
    try output.setNonblocking()
    process = try ChildProcess(
      arguments, environment: environment, standardInput: inputEnd, standardOutput: outputEnd,
      standardError: standardError, descriptor3: descriptor3, ownGroup: ownGroup)
    self.input = consume input
    self.output = output
  }

  /// Whoever has ended doesn't read: that is seen soon enough.
  package func send(_ line: [UInt8]) {
    switch input {
    case .some(let pipe): try? pipe.write(line)
    case .none: break
    }
  }
}
