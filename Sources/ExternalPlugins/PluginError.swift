package import OS
package import SystemPackage

/// How a plugin's program didn't keep to the conversation.
package enum PluginError: Error, Hashable, CustomStringConvertible {
  case cannotStart(Errno)
  /// It offered other strategies when it was asked before.
  case noSuchStrategy(String)
  /// What it says of itself.
  case complaint(String)
  case silent(expected: String)
  /// What went wrong when it was asked what it is.
  case described(String, lastWords: String?)
  case closedOutput(expected: String)
  case ended(ExitReason, expected: String)
  case tasks(String)

  /// Whether its process ended where it should have gone on.
  package var isCrash: Bool {
    switch self {
    case .ended, .closedOutput: true
    default: false
    }
  }

  /// Words that follow the plugin's name.
  package var description: String {
    switch self {
    case .cannotStart(let errno) where errno == .noSuchFileOrDirectory:
      "it can't be started: no such file, or its first line names a program that isn't there"
    case .cannotStart(let errno) where errno == .permissionDenied: "it can't be started: it isn't executable (chmod +x)"
    case .cannotStart(let errno): "it can't be started: \(errno)"
    case .noSuchStrategy(let name): "it doesn't offer '\(name)' any more"
    case .complaint(let text): text
    case .silent(let expected): "it said nothing for 10 s where '\(expected)' was expected; does it flush its output?"
    case .described(let problem, let words): problem + (words.map { ": \($0)" } ?? "")
    case .closedOutput(let expected): "it closed its standard output before it said '\(expected)'"
    case .ended(let reason, let expected): "\(reason) before it said '\(expected)'"
    case .tasks(let problem): problem
    }
  }
}
