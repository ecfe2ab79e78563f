internal import Model

extension Manifest.CellRecord {
  /// What makes two cells of the same id different things, such as `duration: 0.001 → 0.002`; empty where nothing does.
  package func differences(from other: Manifest.CellRecord) -> [String] {
    var result: [String] = []
    func add(_ name: String, _ mine: Value?, _ others: Value?) {
      if mine != others {
        result.append("\(name): \(mine?.description ?? "none") → \(others?.description ?? "none")")
      }
    }
    func add(_ name: String, _ mine: [String: Value], _ others: [String: Value]) {
      for key in Set(mine.keys).union(others.keys).sorted() { add("\(name)\(key)", mine[key], others[key]) }
    }
    add("plugin", workloadPlugin.map { .string($0.name) }, other.workloadPlugin.map { .string($0.name) })
    add("strategy plugin", .string(strategyPlugin.name), .string(other.strategyPlugin.name))
    add("", workloadPlugin?.parameters ?? [:], other.workloadPlugin?.parameters ?? [:])
    add("", strategyPlugin.parameters, other.strategyPlugin.parameters)
    add("origin ", origin ?? [:], other.origin ?? [:])
    add("arrivals rate", (arrivals?.rate).map(Value.number), (other.arrivals?.rate).map(Value.number))
    return result
  }
}
