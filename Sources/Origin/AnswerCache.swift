internal import Synchronization

/// Answers that were given already, by request target. When they take too much memory, all are forgotten.
final class AnswerCache: Sendable {
  private struct State {
    /// The settings that the answers follow from, together with their targets.
    var settings: OriginSettings
    var answers: [String: Answer] = [:]
    var cost = 0
  }

  /// Bytes, about.
  private static let mostCost = 32 << 20

  private let state: Mutex<State>

  init(_ settings: OriginSettings) {
    state = Mutex(State(settings: settings))
  }

  /// Forgets what the old settings led to.
  func change(to settings: OriginSettings) {
    state.withLock { $0 = State(settings: settings) }
  }

  /// - Parameter target: as the request line has it.
  func answer(to target: String) -> Answer {
    if let known = state.withLock({ $0.answers[target] }) { return known }
    let settings = state.withLock { $0.settings }
    let answer = Self.makeAnswer(to: RequestTarget(target), under: settings)
    let cost = target.utf8.count + answer.cost
    state.withLock { state in
      guard state.settings == settings else { return }
      if state.cost + cost > Self.mostCost { state = State(settings: settings) }
      if state.answers.updateValue(answer, forKey: target) == nil { state.cost += cost }
    }
    return answer
  }

  private static func makeAnswer(to target: RequestTarget, under settings: OriginSettings) -> Answer {
    do throws(QueryProblem) {
      return Answer(to: target, under: try settings.merging(query: target.query))
    } catch {
      return Answer(status: 400, text: "\(error)\n")
    }
  }
}
