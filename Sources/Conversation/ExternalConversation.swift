/// A trial's side of the conversation with an external plugin, as a value.
///
///     > describe  < description   > prepare  < ready   > run  < tasks…  < done      and, at any time,   < error
package struct ExternalConversation: Sendable {
  /// The trial's next step.
  package enum Action: Hashable, Sendable {
    /// The plugin can be told what to prepare, if this is what is wanted.
    case prepare(PluginOffer)
    /// Send `run` when the clock is to start.
    case start
    /// These tasks have come to their ends.
    case record([TaskReport])
    /// The run is over.
    case finish(Done)
    /// The plugin gave up, and why.
    case giveUp(String)
  }

  private enum State {
    case describing, preparing, ready, running, finished
  }

  private var state = State.describing

  /// The beginning of a conversation.
  package init() {}

  /// What the plugin owes next; `nil` when it is its host's turn, or all is said.
  package var expected: String? {
    switch state {
    case .describing: "description"
    case .preparing: "ready"
    case .running: "done"
    case .ready, .finished: nil
    }
  }

  /// To be called when `run` was sent.
  package mutating func started() {
    state = .running
  }

  /// Takes a message, and returns the next step.
  package mutating func receive(_ message: PluginMessage) throws(ConversationError) -> Action {
    switch (state, message) {
    case (.describing, .description(let offer)):
      state = .preparing
      return .prepare(offer)
    case (.preparing, .ready):
      state = .ready
      return .start
    case (.running, .tasks(let tasks)): return .record(tasks)
    case (.running, .done(let done)):
      state = .finished
      return .finish(done)
    case (.describing, .error(let complaint)), (.preparing, .error(let complaint)),
      (.ready, .error(let complaint)), (.running, .error(let complaint)):
      state = .finished
      return .giveUp(complaint.message.singleLine)
    case (_, let message): throw .outOfTurn(got: message.name, expected: expected ?? "nothing")
    }
  }
}
