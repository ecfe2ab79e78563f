internal import Time

/// Something that an event loop does at a moment that may still change: see ``EventLoop/set(_:to:)``.
package final class LoopTimer {
  let body: () -> Void
  /// When it is to run; `nil`: not at all.
  var deadline: Instant?
  /// The loop's waits for it that haven't ended. A deadline that moves away leaves its wait where it is: whoever moves it
  /// to and fro, as time limits do, doesn't fill the loop's list.
  private var waits: [Instant] = []

  /// Makes a timer that is not set.
  ///
  /// - Parameter body: runs on the thread of the loop.
  package init(_ body: @escaping () -> Void) {
    self.body = body
  }

  /// Whether the loop has to wait for that moment, too: not where it wakes before it anyway.
  func needsWait(until deadline: Instant) -> Bool {
    if waits.contains(where: { $0 <= deadline }) { return false }
    waits.append(deadline)
    return true
  }

  func waitEnded(_ deadline: Instant) {
    if let place = waits.firstIndex(of: deadline) { waits.remove(at: place) }
  }
}
