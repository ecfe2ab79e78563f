internal import Synchronization

/// Answers that were given already, by request target. When they take too much memory, all are forgotten.
final class AnswerCache: Sendable {
  private struct State {
    var answers: [String: Answer] = [:]
    var cost = 0
  }

  /// Bytes, about.
  private static let mostCost = 32 << 20

  private let settings: OriginSettings
  private let state = Mutex(State())

  init(_ settings: OriginSettings) {
    self.settings = settings
  }

  /// - Parameter target: as the request line has it.
  func answer(to target: String) -> Answer {
    if let known = state.withLock({ $0.answers[target] }) { return known }
    let answer = makeAnswer(to: RequestTarget(target))
    let cost = target.utf8.count + answer.cost
    state.withLock { state in
      if state.cost + cost > Self.mostCost { state = State() }
      if state.answers.updateValue(answer, forKey: target) == nil { state.cost += cost }
    }
    return answer
  }

  private func makeAnswer(to target: RequestTarget) -> Answer {
    do throws(QueryProblem) {
      return Answer(to: target, under: try settings.merging(query: target.query))
    } catch {
      return Answer(status: 400, text: "\(error)\n")
    }
  }
}
