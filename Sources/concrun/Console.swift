internal import ArgumentParser
internal import Model
internal import OS
internal import Reports
internal import Statistics
internal import Synchronization
internal import SystemPackage

/// Standard output, for tables, and standard error, for everything else. Only this room prints, and only by this type.
///
/// Whatever came from outside passes `String.visible` here, before colours are added. So nothing but concrun itself can
/// control a terminal.
enum Console {
  /// True if standard error is a terminal that knows escape sequences.
  static let errorTakesEscapes = Terminal.isTerminal(FileDescriptor.standardError.rawValue) && isSmart
  private static let usesColour = errorTakesEscapes && ThisProcess.environment["NO_COLOR"]?.isEmpty ?? true
  private static let isSmart = !["", "dumb"].contains(ThisProcess.environment["TERM"] ?? "")
  private static let outputIsTerminal = Terminal.isTerminal(FileDescriptor.standardOutput.rawValue)
  /// What messages never have in them.
  private static let secrets = Mutex(Secrets())

  /// Keeps secrets out of all that is written to standard error from now on.
  static func hide(_ more: Secrets) {
    secrets.withLock { $0.formUnion(more) }
  }

  /// Writes text for people to standard output.
  ///
  /// - Throws: an exit if nothing can be written; it is silent and successful if the reader has gone.
  static func output(_ text: String) throws {
    try write(text.visible)
  }

  /// Writes CSV, JSON or SVG to standard output: as it is to a file or a pipe, as text for people to a terminal.
  ///
  /// - Throws: as `output` does.
  static func outputData(_ text: String) throws {
    try write(outputIsTerminal ? text.visible : text)
  }

  private static func write(_ text: String) throws {
    do {
      try FileDescriptor.standardOutput.writeFully(Array(text.utf8))
    } catch {
      if error.errno == .brokenPipe { throw ExitCode(ExitStatus.done) }
      Console.error("concrun: can't write to standard output: \(error.errno)")
      throw ExitCode(ExitStatus.cantWrite)
    }
  }

  /// Writes a line to standard error.
  static func error(_ line: String) {
    errorText(line + "\n")
  }

  /// Writes text to standard error.
  static func errorText(_ text: String) {
    writeError(safe(text))
  }

  /// Writes a line with one word in colour to standard error.
  ///
  /// - Parameters:
  ///   - start: the text that the word comes after.
  ///   - rest: the text that the word comes before.
  static func error(_ word: String, _ colour: Colour, after start: String = "", before rest: String) {
    let word = safe(word)
    let painted = usesColour ? "\u{1b}[\(colour.rawValue)m\(word)\u{1b}[0m" : word
    writeError(safe(start) + painted + safe(rest) + "\n")
  }

  /// Writes a line over the current one of standard error, a terminal that knows escape sequences.
  static func replaceLine(by line: String) {
    writeError("\r\u{1b}[2K" + safe(line))
  }

  static func warn(_ warnings: [RunWarning]) { warn(warnings.map(\.text)) }

  static func warn(_ warnings: [String]) {
    for warning in warnings { error("warning", .yellow, after: "  ", before: ": \(warning)") }
  }

  private static func safe(_ text: String) -> String {
    secrets.withLock { $0.masked(text) }.visible
  }

  private static func writeError(_ text: String) {
    try? FileDescriptor.standardError.writeFully(Array(text.utf8))
  }

  enum Colour: String {
    case red = "31"
    case yellow = "33"
    case bold = "1"
  }
}

extension InstalledPlugins {
  /// The plugins of this machine. A message names a plugin that keeps the user waiting.
  static var tellingOfSlowOnes: InstalledPlugins {
    InstalledPlugins { Console.error("concrun: waiting for \($0)") }
  }
}
