package import Model
package import Results
package import Statistics

extension SummaryContext {
  /// Makes the context of cells: it finds those that do the same work, and those that differ only in their workers.
  ///
  /// - Parameters:
  ///   - axes: one for each place in the cells' levels.
  ///   - makesClaims: whether recommendations may be made.
  ///   - maxRate: the rate at which workloads may send requests, in tasks a second; `nil` without a limit.
  package init(_ cells: [CellFacts], axes: [Axis], makesClaims: Bool, maxRate: Double?) {
    let workers = axes.firstIndex { $0.name == ParameterName.maxWorkers }
    let shared = axes.indices.filter { axes[$0].side == .work }
    let others = axes.indices.filter { $0 != workers }
    func maxWorkers(_ cell: CellFacts) -> Int? {
      workers.flatMap { cell.levels[$0]?.integer } ?? cell.strategyParameters[ParameterName.maxWorkers]?.integer
    }
    let curves = cells.map { Identity(labels: [$0.workload, $0.strategy], levels: $0.levels, of: others) }
    let single = Dictionary(
      zip(curves, cells).filter { maxWorkers($1) == 1 }.map { ($0, $1.id) }, uniquingKeysWith: { first, _ in first })
    self.init(
      cells: zip(cells, curves).map { facts, curve in
        var cell = Cell(
          id: facts.id, baseline: facts.baseline, oneWorker: single[curve],
          work: Identity(labels: [facts.workload], levels: facts.levels, of: shared), curve: curve,
          maxWorkers: maxWorkers(facts))
        switch facts.parallelism {
        case .oneThread: cell.computingThreads = 1
        case .threads(let parameter): cell.computingThreads = facts.strategyParameters[parameter]?.integer
        case .threadPerWorker: cell.computingThreads = cell.maxWorkers
        case .unknown: break
        }
        cell.workersUseCPUs = facts.parallelism == .threadPerWorker || facts.parallelism == .unknown
        cell.rateLimit = facts.sendsRequests ? maxRate : nil
        cell.arrivals = facts.arrivals
        return cell
      },
      makesClaims: makesClaims)
  }

  /// Makes the context of a plan's cells.
  package init(_ plan: Plan) {
    self.init(
      plan.cells.map { CellFacts($0, in: plan) }, axes: plan.axes, makesClaims: plan.settings.makesClaims,
      maxRate: plan.settings.maxRate)
    isSequential = plan.settings.order == .sequential
    recordsTasks = plan.settings.recordsTasks
  }

  /// Adds the facts about the machine that the trials ran on; `nil` removes them.
  package mutating func take(_ machine: Manifest.MachineRecord?) {
    effectiveCores = machine?.effectiveCores
    clockStep = machine?.clockStepSeconds
  }
}
