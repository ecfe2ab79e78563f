internal import ArgumentParser
internal import OS
internal import Reports
internal import Statistics
internal import SystemPackage

/// Tables go to standard output, everything else to standard error. Only this room prints, and only by this.
enum Console {
  static let errorIsTerminal = Terminal.isTerminal(FileDescriptor.standardError.rawValue)
  static let usesColour =
    errorIsTerminal && ThisProcess.environment["NO_COLOR"]?.isEmpty ?? true
    && ThisProcess.environment["TERM"] != "dumb"

  /// - Throws: an exit where nothing can be written: quietly where the reader has gone.
  static func output(_ text: String) throws {
    do {
      try FileDescriptor.standardOutput.writeFully(Array(text.utf8))
    } catch {
      if error.errno == .brokenPipe { throw ExitCode(ExitStatus.done) }
      Console.error("concrun: can't write to standard output: \(error.errno)")
      throw ExitCode(ExitStatus.cantWrite)
    }
  }

  static func error(_ line: String) {
    try? FileDescriptor.standardError.writeFully(Array((line + "\n").utf8))
  }

  static func warn(_ warnings: [RunWarning]) {
    for warning in warnings { error("  \(paint("warning", .yellow)): \(warning.text)") }
  }

  static func raw(_ text: String) {
    try? FileDescriptor.standardError.writeFully(Array(text.utf8))
  }

  enum Colour: String {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case bold = "1"
    case dim = "2"
  }

  static func paint(_ text: String, _ colour: Colour) -> String {
    usesColour ? "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m" : text
  }
}

extension InstalledPlugins {
  /// Those of this machine; the user is told which one keeps them waiting.
  static var tellingOfSlowOnes: InstalledPlugins {
    InstalledPlugins { Console.error("concrun: waiting for \($0)") }
  }
}
