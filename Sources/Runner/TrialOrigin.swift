package import Model

/// The embedded server as a run sees it: told of the settings when a trial begins, asked for its counts when it has ended.
package protocol TrialOrigin {
  /// Counts from zero, and answers like this from now on.
  func begin(_ settings: [String: Value]) throws

  /// What it saw since then.
  func end(_ settings: [String: Value]) throws -> OriginReport
}
