/// What a plugin says of itself: enough to check a file, to plan, and to explain it to a user.
package struct PluginDescription: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case strategy, workload
  }

  package var name: String
  package var kind: Kind
  /// One sentence.
  package var summary: String
  package var parameters: [ParameterSchema]
  /// Columns of its own at the end of trials.csv.
  package var metrics: [Metric]
  /// A strategy that brings its own work (`program`) and so combines with no workload.
  package var needsWorkload: Bool
  /// How many tasks may compute at the same time.
  package var parallelism: Parallelism
  /// A workload whose tasks each wait for this parameter's time and do nothing else.
  package var waitParameter: String?
  /// Groups of parameters of which exactly one has to be set.
  package var exactlyOneOf: [[String]]
  /// What the tasks send, where they are requests.
  package var requests: Requests?
  /// What `${name}` may stand for beside variables and parameters: it is known only when a task runs.
  package var taskReferences: [String]
  /// Where the plugin isn't built in.
  package var external: External?

  /// A plugin in a program of its own.
  package struct External: Hashable, Sendable {
    /// The path of the program.
    package var executable: String
    /// The workloads that it can do, by their plugins' names.
    package var workloads: [String]
    /// What it can do of what a file may ask for beyond running tasks as fast as it can.
    package var capabilities: Set<Capability>

    package init(executable: String, workloads: [String], capabilities: Set<Capability> = []) {
      self.executable = executable
      self.workloads = workloads
      self.capabilities = capabilities
    }
  }

  /// Where the parameters of a workload say which requests its tasks send.
  package struct Requests: Hashable, Sendable {
    /// Names of parameters, the first of which that is set lists the URLs: tasks go through them again and again.
    package var items: [String]
    /// The parameter, and its value, with which answers have no body; `nil`: they always have one.
    package var bodiless: Setting?

    package struct Setting: Hashable, Sendable {
      package var parameter: String
      package var value: Value

      package init(_ parameter: String, is value: Value) {
        self.parameter = parameter
        self.value = value
      }
    }

    package init(items: [String], bodiless: Setting? = nil) {
      self.items = items
      self.bodiless = bodiless
    }
  }

  /// Something beyond running tasks as fast as possible that a file may ask of a strategy.
  package enum Capability: String, Sendable, CaseIterable {
    case arrivals
    case maxRate = "max_rate"
    case warmupTasks = "warmup_tasks"
  }

  /// A column of trials.csv.
  package struct Metric: Hashable, Sendable, ExpressibleByStringLiteral {
    package var name: String
    /// The column is there only where a file sets this parameter.
    package var parameter: String?

    package init(_ name: String, ifSet parameter: String? = nil) {
      self.name = name
      self.parameter = parameter
    }

    package init(stringLiteral name: String) {
      self.init(name)
    }
  }

  /// What the workers of a strategy are, as far as CPUs go.
  package enum Parallelism: Hashable, Sendable {
    /// All workers share one thread.
    case oneThread
    /// Each worker is an OS thread or a process.
    case threadPerWorker
    /// The workers share as many OS threads as this parameter says.
    case threads(parameter: String)
    /// The strategy runs something that concrun can't look into.
    case unknown

    /// By the names that external plugins use.
    package static let named: [String: Parallelism] = ["one_thread": .oneThread, "thread_per_worker": .threadPerWorker]

    package var name: String? { Self.named.first { $0.value == self }?.key }
  }

  package init(
    _ kind: Kind, _ name: String, summary: String, parameters: [ParameterSchema] = [], metrics: [Metric] = [],
    needsWorkload: Bool = true, parallelism: Parallelism = .unknown, waitParameter: String? = nil,
    exactlyOneOf: [[String]] = [], requests: Requests? = nil, taskReferences: [String] = [],
    external: External? = nil
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.parameters = parameters
    self.metrics = metrics
    self.needsWorkload = needsWorkload
    self.parallelism = parallelism
    self.waitParameter = waitParameter
    self.exactlyOneOf = exactlyOneOf
    self.requests = requests
    self.taskReferences = taskReferences
    self.external = external
  }

  package func parameter(_ name: String) -> ParameterSchema? {
    parameters.first { $0.name == name }
  }
}
