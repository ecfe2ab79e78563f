internal import Synchronization

/// Keeps the counts for all event loops. One lock: it is held for a few instructions, a few times per request.
final class Tally: Sendable {
  private struct State {
    var counts = OriginCounts()
    /// The number of the latest request. It outlives a reset of the counts, so that the same chances don't come back.
    var lastNumber = 0
    var period = 0
  }

  private let state = Mutex(State())

  var counts: OriginCounts { state.withLock { $0.counts } }

  /// Counts from zero again. What happens meanwhile is in one period or the other, never in none.
  ///
  /// - Parameter renumbering: whether the next request is number 1 again.
  /// - Returns: the counts until now.
  @discardableResult
  func restart(renumbering: Bool = false) -> OriginCounts {
    state.withLock { state in
      defer {
        state.counts = state.counts.restarted()
        state.period += 1
        if renumbering { state.lastNumber = 0 }
      }
      return state.counts
    }
  }

  /// - Returns: the period the connection was counted in.
  func connect() -> Int {
    state.withLock { state in
      state.counts.connections += 1
      state.counts.open += 1
      return state.period
    }
  }

  func disconnect() {
    state.withLock { $0.counts.open -= 1 }
  }

  /// Takes back what `connect` counted.
  func forgetConnection(of period: Int) {
    state.withLock { state in
      state.counts.open -= 1
      if state.period == period { state.counts.connections -= 1 }
    }
  }

  /// - Parameter received: the bytes of the request's body.
  /// - Returns: what becomes of the request.
  func begin(under settings: OriginSettings?, received: Int) -> RequestFate? {
    state.withLock { state in
      state.lastNumber += 1
      state.counts.requests += 1
      state.counts.received += received
      state.counts.inFlight += 1
      state.counts.mostAtOnce = max(state.counts.mostAtOnce, state.counts.inFlight)
      guard let settings else { return nil }
      let fate = RequestFate(of: state.lastNumber, under: settings)
      if fate.isError { state.counts.errors += 1 }
      if fate.isStalled { state.counts.stalls += 1 }
      return fate
    }
  }

  func send(_ bytes: Int) {
    state.withLock { $0.counts.bytes += bytes }
  }

  /// - Parameter bytes: of the body, not yet counted by `send`.
  func complete(_ bytes: Int) {
    state.withLock { state in
      state.counts.bytes += bytes
      state.counts.completed += 1
      state.counts.inFlight -= 1
    }
  }

  func abandon() {
    state.withLock { $0.counts.inFlight -= 1 }
  }
}
