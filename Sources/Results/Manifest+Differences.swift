internal import Model

extension Manifest.CellRecord {
  /// Returns the differences between two cells of the same id, such as `duration: 0.001 → 0.002`. It is empty if there
  /// are none.
  package func differences(from other: Manifest.CellRecord) -> [String] {
    var result: [String] = []
    func add(_ name: String, from mine: Value?, to others: Value?) {
      if mine != others {
        result.append("\(name): \(mine?.description ?? "none") → \(others?.description ?? "none")")
      }
    }
    func add(_ name: String, from mine: [String: Value], to others: [String: Value]) {
      for key in Set(mine.keys).union(others.keys).sorted() {
        add("\(name)\(key)", from: mine[key], to: others[key])
      }
    }
    add(
      "plugin", from: workloadPlugin.map { .string($0.name) }, to: other.workloadPlugin.map { .string($0.name) })
    add("strategy plugin", from: .string(strategyPlugin.name), to: .string(other.strategyPlugin.name))
    add("", from: workloadPlugin?.parameters ?? [:], to: other.workloadPlugin?.parameters ?? [:])
    add("", from: strategyPlugin.parameters, to: other.strategyPlugin.parameters)
    add("origin ", from: origin ?? [:], to: other.origin ?? [:])
    add(
      "env ", from: (environment ?? [:]).mapValues(Value.string), to: (other.environment ?? [:]).mapValues(Value.string)
    )
    add("hook ", from: Self.values(of: hooks), to: Self.values(of: other.hooks))
    add("arrivals rate", from: (arrivals?.rate).map(Value.number), to: (other.arrivals?.rate).map(Value.number))
    add(
      "arrivals process", from: (arrivals?.process.rawValue).map(Value.string),
      to: (other.arrivals?.process.rawValue).map(Value.string))
    add("arrivals ramp ", from: Self.values(of: arrivals?.ramp), to: Self.values(of: other.arrivals?.ramp))
    return result
  }

  private static func values(of ramp: Arrivals.Ramp?) -> [String: Value] {
    ramp.map { ["from": .number($0.from), "over": .number($0.over)] } ?? [:]
  }

  private static func values(of hooks: [String: [String]]?) -> [String: Value] {
    (hooks ?? [:]).mapValues { .list($0.map(Value.string)) }
  }
}

extension Manifest.PlanRecord {
  /// Returns the differences of settings that affect all trials, such as `warmup_tasks: 0 → 1`.
  package func differences(from other: Manifest.PlanRecord) -> [String] {
    let mine = settings
    let others = other.settings
    return Set(mine.keys).union(others.keys).sorted().compactMap { name in
      mine[name] == others[name] ? nil : "\(name): \(mine[name] ?? "none") → \(others[name] ?? "none")"
    }
  }

  private var settings: [String: String] {
    var settings = [
      "order": order, "warmup": String(warmup), "warmup_tasks": String(warmupTasks),
      "max_failed": String(shortest: maxFailed), "timeout": "\(String(shortest: timeoutSeconds)) s",
    ]
    settings["max_rate"] = maxRate.map { "\(String(shortest: $0))/s" }
    settings["record"] = recordsTasks ? "tasks" : nil
    for (name, value) in environment { settings["env \(name)"] = value }
    return settings
  }
}
