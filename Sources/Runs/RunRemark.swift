/// A fact about a run that a reader should know before the numbers.
package enum RunRemark: Hashable, Sendable {
  /// The manifest is of another version and wasn't read.
  case unreadableManifest
  /// The run isn't complete. `state` is the reason, in the manifest's words.
  case incomplete(state: String, trials: Int)
  /// The last line of trials.csv is incomplete.
  case cutShort
  /// The trials are of several machines.
  case severalHosts([String])
  /// A remark on one of several runs, with the path by which the user named it.
  indirect case of(path: String, RunRemark)
}
