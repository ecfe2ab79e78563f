/// A plugin's description of itself, used to check files, to plan, and for help.
package struct PluginDescription: Hashable, Sendable {
  /// The two kinds of plugins.
  package enum Kind: String, Sendable {
    case strategy, workload
  }

  /// The name that experiment files use.
  package var name: String
  /// The kind of plugin.
  package var kind: Kind
  /// One sentence that says what the plugin does.
  package var summary: String
  /// The parameters that the plugin accepts.
  package var parameters: [ParameterSchema]
  /// The columns that the plugin adds at the end of trials.csv.
  package var metrics: [Metric]
  /// A Boolean value that is false for a strategy that brings its own work (`program`).
  package var needsWorkload: Bool
  /// The number of tasks that may compute at the same time.
  package var parallelism: Parallelism
  /// The parameter that holds each task's wait, for workloads whose tasks do nothing else; `nil` otherwise.
  package var waitParameter: String?
  /// The groups of parameters of which a file must set exactly one.
  package var exactlyOneOf: [[String]]
  /// The parameters that describe requests; `nil` if the tasks are not requests.
  package var requests: Requests?
  /// The names that `${name}` may refer to only when a task runs, beside variables and parameters.
  package var taskReferences: [String]
  /// The program that contains the plugin; `nil` for a built-in plugin.
  package var external: External?

  /// The program that contains an external plugin.
  package struct External: Hashable, Sendable {
    /// The path of the program.
    package var executable: String
    /// The names of the workload plugins that a strategy of the program can run.
    package var workloads: [String]
    /// The optional features that the program supports.
    package var capabilities: Set<Capability>

    /// Makes the description of a program, by default without optional features.
    package init(executable: String, workloads: [String], capabilities: Set<Capability> = []) {
      self.executable = executable
      self.workloads = workloads
      self.capabilities = capabilities
    }
  }

  /// The parameters of a workload that describe its requests.
  package struct Requests: Hashable, Sendable {
    /// The parameters that may list URLs. Tasks cycle through the list of the first one that is set.
    package var items: [String]
    /// The setting with which answers have no body; `nil` if they always have one.
    package var bodiless: Setting?
    /// The parameters that may hold the body of the requests: a text, or a file's content.
    package var bodies: [String]

    /// A parameter with one particular value.
    package struct Setting: Hashable, Sendable {
      /// The name of the parameter.
      package var parameter: String
      /// The value of the parameter.
      package var value: Value

      /// Makes a setting of a parameter and its value.
      package init(_ parameter: String, is value: Value) {
        self.parameter = parameter
        self.value = value
      }
    }

    /// Makes a description, by default of requests whose answers always have a body.
    package init(items: [String], bodiless: Setting? = nil, bodies: [String] = []) {
      self.items = items
      self.bodiless = bodiless
      self.bodies = bodies
    }
  }

  /// An optional feature of a strategy; the raw value is its name in messages.
  package enum Capability: String, Sendable, CaseIterable {
    case arrivals
    case maxRate = "max_rate"
    case warmupTasks = "warmup_tasks"
    case ramp, body, cookies
    case caFile = "ca_file"
  }

  /// A column that a plugin adds to trials.csv.
  package struct Metric: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The name of the column.
    package var name: String
    /// The parameter on which the column depends: it is there only if the file sets it. `nil`: it is always there.
    package var parameter: String?

    /// Makes a column, by default one that is always there.
    package init(_ name: String, ifSet parameter: String? = nil) {
      self.name = name
      self.parameter = parameter
    }

    /// Makes a column that is always there.
    package init(stringLiteral name: String) {
      self.init(name)
    }
  }

  /// The relation of a strategy's workers to OS threads.
  package enum Parallelism: Hashable, Sendable {
    /// All workers share one thread.
    case oneThread
    /// Each worker is an OS thread or a process.
    case threadPerWorker
    /// The workers share a number of OS threads, which this parameter sets.
    case threads(parameter: String)
    /// The strategy runs something that concrun can't inspect.
    case unknown

    /// The values that external plugins may declare, by name.
    package static let named: [String: Parallelism] = ["one_thread": .oneThread, "thread_per_worker": .threadPerWorker]

    /// The name that external plugins use; `nil` if they can't declare this value.
    package var name: String? { Self.named.first { $0.value == self }?.key }
  }

  /// Makes a description, by default of a built-in plugin without parameters and metrics.
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

  /// Returns the parameter of this name, or `nil` if the plugin has none.
  package func parameter(_ name: String) -> ParameterSchema? {
    parameters.first { $0.name == name }
  }
}
