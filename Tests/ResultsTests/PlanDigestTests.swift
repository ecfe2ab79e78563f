import Model
import Results
import Testing

@Suite struct PlanDigestTests {
  private static var plan: Plan {
    let cells = [1, 2].map { workers in
      Cell(
        id: "web/threads/max_workers=\(workers)", workload: "web", strategy: "threads",
        levels: [Level(.integer(workers))],
        workloadPlugin: ResolvedPlugin(
          PluginDescription(.workload, "sleep", summary: ""),
          parameters: ["tasks": .integer(8), "duration": .number(0.005)]),
        strategyPlugin: ResolvedPlugin(
          PluginDescription(.strategy, "threads", summary: ""), parameters: ["max_workers": .integer(workers)]))
    }
    return Plan(
      experiment: "scaling", axes: [Axis(name: "max_workers", side: .strategy)], cells: cells)
  }

  struct Change: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var apply: @Sendable (inout Plan) -> Void

    init(_ description: String, _ apply: @escaping @Sendable (inout Plan) -> Void) {
      testDescription = description
      self.apply = apply
    }
  }

  private static let changesThatMatter = [
    Change("a workload's parameter") { $0.cells[0].workloadPlugin?.parameters["duration"] = .number(0.006) },
    Change("a strategy's parameter") { $0.cells[1].strategyPlugin.parameters["max_workers"] = .integer(3) },
    Change("a cell's environment") { $0.cells[1].environment = ["A": "1"] },
    Change("a cell's hook") { $0.cells[1].hooks.commands = [.beforeTrial: ["true"]] },
    Change("one parameter more") { $0.cells[1].strategyPlugin.parameters["chunk_size"] = .integer(1) },
    Change("one parameter fewer") { $0.cells[0].workloadPlugin?.parameters["tasks"] = nil },
    Change("another plugin") {
      $0.cells[0].workloadPlugin = $0.cells[0].workloadPlugin.map {
        ResolvedPlugin(PluginDescription(.workload, "null", summary: ""), parameters: $0.parameters)
      }
    },
    Change("a cell fewer") { $0.cells.removeLast() },
    Change("the cells' order") { $0.cells.swapAt(0, 1) },
    Change("a cell's id") { $0.cells[0].id = "web/threads/max_workers=01" },
    Change("the experiment") { $0.experiment = "scaling2" },
    Change("the seed") { $0.settings.seed = 2 },
    Change("the order of trials") { $0.settings.order = .sequential },
    Change("warm-ups") { $0.settings.warmup = 2 },
    Change("the environment") { $0.environment["A"] = "1" },
    Change("a metric") { $0.metrics = ["hits"] },
  ]

  private static let changesThatDoNot = [
    Change("nothing") { _ in },
    Change("more trials") { $0.settings.trials = 500 },
    Change("a precision") {
      $0.settings.precision = 0.05
      $0.settings.maxTrials = 50
    },
    Change("a budget") { $0.settings.budget = 60 },
    Change("the timeout") { $0.settings.timeout = 1 },
    Change("the description") { $0.description = "another" },
    Change("claims") { $0.settings.makesClaims = false },
  ]

  @Test(arguments: changesThatMatter) func itChangesWith(change: Change) {
    var plan = Self.plan
    change.apply(&plan)
    #expect(plan.digest != Self.plan.digest)
  }

  @Test(arguments: changesThatDoNot) func itDoesNotChangeWith(change: Change) {
    var plan = Self.plan
    change.apply(&plan)
    #expect(plan.digest == Self.plan.digest)
  }

  @Test func allChangesDiffer() {
    let digests = Self.changesThatMatter.map { change in
      var plan = Self.plan
      change.apply(&plan)
      return plan.digest
    }
    #expect(Set(digests).count == digests.count)
  }

  /// The same in every process, for a run is gone on with in another one: the order of a dictionary is nothing to it.
  @Test func theOrderOfParametersIsNoMatter() {
    let parameters = (0..<20).map { ("p\($0)", Value.integer($0)) }
    var digests: Set<String> = []
    for capacity in [0, 100, 1000, 10_000] {
      var map: [String: Value] = [:]
      map.reserveCapacity(capacity)
      for (name, value) in capacity == 100 ? parameters.reversed() : parameters {
        map[name] = value
      }
      var plan = Self.plan
      plan.cells[0].strategyPlugin.parameters = map
      plan.environment = map.mapValues(\.description)
      digests.insert(plan.digest)
    }
    #expect(digests.count == 1)
  }

  @Test(arguments: 0..<100) func itIsSixteenDigits(seed: Int) {
    var plan = Self.plan
    plan.settings.seed = seed
    #expect(plan.digest.count == 16)
    #expect(UInt64(plan.digest, radix: 16) != nil)
  }
}
