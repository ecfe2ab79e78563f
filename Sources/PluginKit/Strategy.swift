package import Board
package import Model
package import Time

/// A way to run work: workers that take tasks from the board until none is left.
package protocol Strategy: Sendable {
  static var description: PluginDescription { get }

  init(_ values: ParameterValues) throws

  /// Starts the workers, waits for the last one, and closes the pool: all of what `wall_s` measures.
  ///
  /// - Throws: what made the run impossible. A failed task is a record on the board, not an error.
  func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport
}

/// What a strategy may need to know of the trial beside its work.
package struct TrialContext: Sendable {
  /// concrun's own executable, which starts workers as `concrun __worker`.
  package var executable: String
  /// The work, so that another process can make it anew.
  package var workload: WorkRequest
  /// For programs that a strategy starts, as `NAME=value`.
  package var environment: [String]

  /// Makes a context for one trial.
  package init(executable: String, workload: WorkRequest, environment: [String]) {
    self.executable = executable
    self.workload = workload
    self.environment = environment
  }
}

/// The name of a workload and all that it is made from.
package struct WorkRequest: Hashable, Sendable {
  /// The workload's name.
  package var workload: String
  /// All of its parameters, by their names.
  package var parameters: [String: Value]
  /// The embedded server's answer to each of its URLs, where that is known; empty elsewhere.
  package var answers: [OriginAnswer?]

  /// Makes a request; what isn't given is empty.
  package init(_ workload: String, parameters: [String: Value] = [:], answers: [OriginAnswer?] = []) {
    self.workload = workload
    self.parameters = parameters
    self.answers = answers
  }

  /// The values that the workload is made from.
  package var values: ParameterValues { ParameterValues(parameters, answers: answers) }
}

/// What a strategy has to say after a run.
package struct RunReport: Sendable {
  /// When the run ended, as the time since t₀, where the strategy did something else after that.
  package var end: Nanoseconds?
  /// Numbers of its own, by name.
  package var metrics: [String: Double]
  /// The longest that a task that could have run had to wait for its event loop.
  package var longestStall: Nanoseconds?

  /// Makes a report; most strategies have nothing to say.
  package init(end: Nanoseconds? = nil, metrics: [String: Double] = [:], longestStall: Nanoseconds? = nil) {
    self.end = end
    self.metrics = metrics
    self.longestStall = longestStall
  }
}

/// What made a run impossible.
package struct StrategyError: Error, Hashable, CustomStringConvertible {
  /// A sentence for the user.
  package var description: String

  /// Makes an error with a sentence for the user.
  package init(_ description: String) {
    self.description = description
  }
}
