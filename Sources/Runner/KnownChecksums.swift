internal import Model

/// The checksum of each work: that of its first ok trial, under any strategy.
struct KnownChecksums {
  private struct Work: Hashable {
    var label: String
    var plugin: ResolvedPlugin?
    var origin: [String: Value]?
  }

  private let works: [Work]
  private let cells: [String: Int]
  private var known: [Work: String] = [:]

  init(plan: Plan) {
    works = plan.cells.map { Work(label: $0.workload, plugin: $0.workloadPlugin, origin: $0.origin) }
    cells = Dictionary(zip(plan.cells.map(\.id), plan.cells.indices), uniquingKeysWith: { first, _ in first })
  }

  func expected(for cell: Int) -> String? { known[works[cell]] }

  mutating func learn(from trial: Trial) {
    guard trial.status == .ok, trial.tasksFailed == 0, let checksum = trial.checksum, let cell = cells[trial.cellID],
      known[works[cell]] == nil
    else { return }
    known[works[cell]] = checksum
  }
}
