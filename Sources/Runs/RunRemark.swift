/// A fact about a run that a reader should know before the numbers.
package enum RunRemark: Hashable, Sendable {
  /// The manifest is of another version, and so wasn't read.
  case unreadableManifest
  /// The run isn't complete. `state` says why, as the manifest has it.
  case incomplete(state: String, trials: Int)
  /// The last line of trials.csv has no end.
  case cutShort
  /// Trials of these machines are taken together.
  case severalHosts([String])
  /// A remark on one of several runs, by the path that it was named by.
  indirect case of(path: String, RunRemark)
}
