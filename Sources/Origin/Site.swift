internal import NIOCore

/// The state that all connections of a server share.
final class Site: Sendable {
  static let countsPath = "/.concrun/counts"

  let tally = Tally()
  let answers: AnswerCache
  let wakeLead = LeadTime(.average)
  let answerLead = LeadTime(.smallest)
  private let loops: [any EventLoop]

  init(_ settings: OriginSettings, loops: [any EventLoop]) {
    answers = AnswerCache(settings)
    self.loops = loops
  }

  /// Whatever is taken from now on is answered under these settings, and numbered and counted anew.
  func begin(_ settings: OriginSettings) {
    answers.change(to: settings)
    tally.restart(renumbering: true)
  }

  /// Completes once each loop has counted whatever a client may have seen until now: bytes are counted in the same turn
  /// of the loop that gives them to the kernel.
  func settled(on loop: any EventLoop) -> EventLoopFuture<Void> {
    // A scheduled task fails when its loop has shut down; an executed one would be lost.
    .andAllComplete(loops.map { $0.scheduleTask(in: .zero) {}.futureResult }, on: loop)
  }
}
