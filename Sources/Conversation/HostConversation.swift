/// The runner's side of a conversation, as a value: what comes in, and what to do about it.
///
///     > prepare   < ready   > run   < done        and, at any time,   < error
package struct HostConversation: Sendable {
  /// The runner's next step.
  package enum Action: Hashable, Sendable {
    /// Send this; the trial now measures.
    case run
    /// The run is over.
    case finish(Done)
    /// The trial gave up, and why.
    case giveUp(Complaint)
  }

  private enum State: String {
    case preparing, running, finished
  }

  private var state = State.preparing

  /// The beginning of a conversation.
  package init() {}

  /// What the trial owes next; `nil` when it has said all.
  package var expected: String? {
    switch state {
    case .preparing: "ready"
    case .running: "done"
    case .finished: nil
    }
  }

  /// Whether the trial was ready, and told to run.
  package var isRunning: Bool { state == .running }

  /// Takes a message, and returns the next step.
  package mutating func receive(_ message: PluginMessage) throws(ConversationError) -> Action {
    switch (state, message) {
    case (.preparing, .ready):
      state = .running
      return .run
    case (.running, .done(let done)):
      state = .finished
      return .finish(done)
    case (.preparing, .error(let complaint)), (.running, .error(let complaint)):
      state = .finished
      return .giveUp(complaint)
    case (_, let message):
      throw .outOfTurn(got: message.name, expected: expected ?? "nothing more")
    }
  }
}

extension PluginMessage {
  /// The type of the message, as its line has it.
  package var name: String {
    switch self {
    case .description: "description"
    case .tasks: "tasks"
    case .ready: "ready"
    case .done: "done"
    case .error: "error"
    }
  }
}
