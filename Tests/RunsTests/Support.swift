import Model
import OS
import Results
import Runs
import TestFiles

/// A table of trials with two cells and so many trials each, as another program could have written it.
func table(
  strategies: [(name: String, seconds: Double)] = [("sync", 2), ("threads", 1)], trials: Int = 6, host: String = "h"
) -> String {
  var text = "run_id,host,cell_id,workload,strategy,max_workers,workers,block,status,wall_s\n"
  for block in 1...trials {
    for (index, strategy) in strategies.enumerated() {
      let seconds = strategy.seconds * (1 + 0.001 * Double(block))
      text += "r,\(host),web/\(strategy.name)/max_workers=\(index + 1),web,\(strategy.name),\(index + 1),\(index + 1),"
      text += "\(block),ok,\(seconds)\n"
    }
  }
  return text
}

/// A catalog of two strategies and a workload.
let catalog = Catalog(
  strategies: [
    PluginDescription(.strategy, "sync", summary: "", parallelism: .oneThread),
    PluginDescription(.strategy, "threads", summary: "", parallelism: .threadPerWorker),
  ],
  workloads: [PluginDescription(.workload, "fetch", summary: "", requests: .init(items: ["urls"]))])

/// A plan of `sync` and of `threads` with 1 and 2 workers.
func plan(experiment: String = "e", edit: (inout Plan) -> Void = { _ in }) -> Plan {
  let work = ResolvedPlugin(catalog.workloads[0], parameters: ["urls": .list([.string("http://127.0.0.1/")])])
  func cell(_ strategy: Int, _ workers: Int?, baseline: Int?) -> Cell {
    let description = catalog.strategies[strategy]
    let levels = workers.map { [CellID.AxisLevel(axis: ParameterName.maxWorkers, text: String($0))] } ?? []
    return Cell(
      id: CellID(workload: "web", strategy: description.name, levels: levels).text, workload: "web",
      strategy: description.name, levels: [workers.map { Level(.integer($0)) }], workloadPlugin: work,
      strategyPlugin: ResolvedPlugin(
        description, parameters: workers.map { [ParameterName.maxWorkers: .integer($0)] } ?? [:]),
      baseline: baseline)
  }
  var plan = Plan(
    experiment: experiment, axes: [Axis(name: ParameterName.maxWorkers, side: .strategy)],
    cells: [cell(0, nil, baseline: 0), cell(1, 1, baseline: 0), cell(1, 2, baseline: 0)], baseline: "sync")
  edit(&plan)
  return plan
}

/// Writes a run of a plan, with so many trials of each cell; returns its folder.
func write(
  _ plan: Plan, to folder: TemporaryFolder, trials: Int = 6, seconds: (Int) -> Double = { 1 / Double($0 + 1) },
  state: String = "completed", host: String = "h", edit: (inout Manifest.Sitting) -> Void = { _ in }
) throws -> String {
  var sitting = Manifest.Sitting(
    startedAt: "2026-11-25T00:00:00.000Z", commandLine: ["concrun"],
    machine: Manifest.MachineRecord(host: host, kernel: "6.1", cpuModel: "cpu", effectiveCores: 2, memoryBytes: 1),
    versions: ["concrun": "0.1.0"], git: nil)
  edit(&sitting)
  var store = try RunStore.create(
    for: plan, source: Array("x".utf8), output: folder.path, host: host, startedAt: .now()
  ) { Manifest(plan: plan, run: $0, sitting: sitting, warnings: []) }
  for block in 1...trials {
    for (index, cell) in plan.cells.enumerated() {
      var trial = Trial(
        cellID: cell.id, workload: cell.workload, strategy: cell.strategy, levels: cell.levels.map { $0?.value },
        workers: cell.maxWorkers ?? 1, block: block, position: index + 1, trial: block, isWarmup: false,
        startedAt: "2026-11-25T00:00:01.000Z")
      trial.tasks = 10
      trial.tasksOK = 10
      trial.measures[.wall] = seconds(index) * (1 + 0.001 * Double(block))
      trial.measures[.observed] = seconds(index)
      try store.append(trial)
    }
  }
  try store.finish(state: state, because: nil, at: "2026-11-25T00:01:00.000Z", summaries: [])
  return store.folder.path
}
