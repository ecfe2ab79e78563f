/// Something that an event loop does at a moment that may still change: see ``EventLoop/set(_:to:)``.
package final class LoopTimer {
  private let body: () -> Void
  /// The order of the wait that counts; those before it were replaced.
  var pending: Int?

  package init(_ body: @escaping () -> Void) {
    self.body = body
  }

  func fire(_ order: Int) {
    guard pending == order else { return }
    pending = nil
    body()
  }
}
