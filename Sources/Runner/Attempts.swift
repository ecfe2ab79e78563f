internal import Model

/// The attempts of one trial, and the decision after each whether there is another one.
///
/// A trial that isn't ok is run again as often as the file's `retries` say. An attempt that a disturbance made void is
/// repeated, too, and doesn't count as one of those.
struct Attempts {
  /// The number of void attempts that are repeated in a sitting. A machine that disturbs every trial ends this way.
  static let mostRepeats = 3

  private let retries: Int
  /// The attempts of earlier sittings and of this one that aren't void.
  private var whole: Int
  private var repeats = 0
  /// The number of the next attempt, from 1.
  private(set) var next: Int

  /// Takes the attempts of earlier sittings, in their order.
  init(retries: Int, earlier: [Trial] = []) {
    self.retries = retries
    whole = earlier.count { !$0.isVoid }
    next = (earlier.map(\.attempt).max() ?? 0) + 1
  }

  /// A Boolean value that is true if a void attempt would be repeated.
  var allowsRepeat: Bool { repeats < Self.mostRepeats }

  /// Takes an attempt into account that has just ended.
  ///
  /// - Returns: whether there is another one.
  mutating func add(_ trial: Trial) -> Bool {
    next += 1
    if trial.isVoid {
      repeats += 1
      return true
    }
    whole += 1
    return trial.status != .ok && whole <= retries
  }

  /// Returns whether attempts of earlier sittings settle a trial: none has to follow.
  static func settle(_ attempts: [Trial], retries: Int) -> Bool {
    guard let last = attempts.max(by: { $0.attempt < $1.attempt }) else { return false }
    return !last.isVoid && (last.status == .ok || attempts.count { !$0.isVoid } > retries)
  }
}
