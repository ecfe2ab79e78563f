internal import ArgumentParser
internal import OS
internal import Reports
internal import Statistics
internal import SystemPackage

/// Standard output, for tables, and standard error, for everything else. Only this room prints, and only by this type.
enum Console {
  static let errorIsTerminal = Terminal.isTerminal(FileDescriptor.standardError.rawValue)
  static let usesColour =
    errorIsTerminal && ThisProcess.environment["NO_COLOR"]?.isEmpty ?? true
    && ThisProcess.environment["TERM"] != "dumb"

  /// Writes to standard output.
  ///
  /// - Throws: an exit if nothing can be written; it is silent and successful if the reader has gone.
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
  /// The plugins of this machine. A message names a plugin that keeps the user waiting.
  static var tellingOfSlowOnes: InstalledPlugins {
    InstalledPlugins { Console.error("concrun: waiting for \($0)") }
  }
}
