package import Model

/// The embedded server as a run sees it. It gets its settings before a trial, and gives its counts after it.
package protocol TrialOrigin {
  /// Resets the counts, and answers by these settings from now on. A server that has died is started anew.
  ///
  /// - Throws: an error if the server doesn't do so.
  func begin(_ settings: [String: Value]) throws

  /// Returns the counts since `begin`.
  ///
  /// - Throws: an error if the server gives none.
  func end(_ settings: [String: Value]) throws -> OriginReport

  /// The ids of the server's processes. They live on when a trial ends.
  var processes: Set<Int32> { get }
}
