internal import Model
internal import Results
internal import Statistics

/// What statistics have to know of a cell, whether it comes from a plan, a manifest, or only from its trials.
struct CellFacts {
  var id: String
  var workload: String
  var strategy: String
  /// One place for each axis.
  var levels: [Value?]
  /// `nil`: it isn't known which plugin the strategy was.
  var strategyPlugin: ResolvedPlugin?
  var workloadPlugin: ResolvedPlugin?
  /// What the workers of an external strategy are; of a built-in one the catalog knows it.
  var parallelism: PluginDescription.Parallelism?
  /// The id of the cell that it is compared with.
  var baseline: String?
  var arrivals: Arrivals?

  init(_ cell: Cell, in plan: Plan) {
    id = cell.id
    workload = cell.workload
    strategy = cell.strategy
    levels = cell.levels.map { $0?.value }
    strategyPlugin = cell.strategyPlugin
    workloadPlugin = cell.workloadPlugin
    parallelism = plan.catalog.strategy(cell.strategyPlugin.plugin)?.parallelism
    baseline = cell.baseline.map { plan.cells[$0].id }
    arrivals = cell.arrivals
  }

  init(_ cell: Manifest.CellRecord, axes: [String]) {
    id = cell.cellID
    workload = cell.workload
    strategy = cell.strategy
    levels = axes.map { cell.levels[$0] }
    strategyPlugin = ResolvedPlugin(plugin: cell.strategyPlugin.name, parameters: cell.strategyPlugin.parameters)
    workloadPlugin = cell.workloadPlugin.map { ResolvedPlugin(plugin: $0.name, parameters: $0.parameters) }
    parallelism = cell.strategyPlugin.parallelism.flatMap { PluginDescription.Parallelism.named[$0] }
    baseline = cell.baseline
    arrivals = cell.arrivals
  }

  /// Of a cell that only its trials tell of: a strategy that is called like a plugin is taken for it.
  init(_ cell: TrialColumns.CellIdentity, baseline: String?, _ catalog: Catalog) {
    id = cell.id
    workload = cell.workload
    strategy = cell.strategy
    levels = cell.levels
    strategyPlugin = catalog.strategy(cell.strategy).map { ResolvedPlugin(plugin: $0.name, parameters: [:]) }
    self.baseline = baseline
  }
}

extension SummaryContext {
  /// - Parameter maxRate: tasks a second that workloads with requests may begin.
  init(_ cells: [CellFacts], axes: [Axis], makesClaims: Bool, maxRate: Double?, _ catalog: Catalog) {
    let workers = axes.firstIndex { $0.name == "max_workers" }
    let shared = axes.indices.filter { axes[$0].side == .work }
    func key(_ cell: CellFacts, _ labels: [String], _ axes: [Int]) -> String {
      (labels + axes.map { cell.levels[$0]?.description ?? "" }).joined(separator: "\n")
    }
    func curve(_ cell: CellFacts) -> String {
      key(cell, [cell.workload, cell.strategy], axes.indices.filter { $0 != workers })
    }
    func maxWorkers(_ cell: CellFacts) -> Int? {
      workers.flatMap { cell.levels[$0]?.integer } ?? cell.strategyPlugin?.parameters["max_workers"]?.integer
    }
    let single = Dictionary(
      cells.filter { maxWorkers($0) == 1 }.map { (curve($0), $0.id) }, uniquingKeysWith: { first, _ in first })
    self.init(
      cells: cells.map { facts in
        let parallelism =
          facts.parallelism ?? facts.strategyPlugin.flatMap { catalog.strategy($0.plugin)?.parallelism } ?? .unknown
        var cell = Cell(
          id: facts.id, baseline: facts.baseline, oneWorker: single[curve(facts)],
          work: key(facts, [facts.workload], shared), curve: curve(facts), maxWorkers: maxWorkers(facts))
        switch parallelism {
        case .oneThread: cell.computingThreads = 1
        case .threads(let parameter): cell.computingThreads = facts.strategyPlugin?.parameters[parameter]?.integer
        case .threadPerWorker: cell.computingThreads = cell.maxWorkers
        case .unknown: break
        }
        cell.workersUseCPUs = parallelism == .threadPerWorker || parallelism == .unknown
        let sendsRequests = facts.workloadPlugin.flatMap { catalog.workload($0.plugin)?.sendsRequests } ?? false
        cell.rateLimit = sendsRequests ? maxRate : nil
        cell.arrivalRate = facts.arrivals?.rate
        return cell
      },
      makesClaims: makesClaims)
  }

  init(_ plan: Plan) {
    self.init(
      plan.cells.map { CellFacts($0, in: plan) }, axes: plan.axes, makesClaims: plan.settings.makesClaims,
      maxRate: plan.settings.maxRate, plan.catalog)
    isSequential = plan.settings.order == .sequential
    recordsTasks = plan.settings.recordsTasks
  }
}
