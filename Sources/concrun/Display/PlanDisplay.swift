internal import Model
internal import Results

/// Prints plans: a line for each cell, what was left out, and how long it may take.
struct PlanDisplay {
  let plans: [Plan]
  /// Where earlier runs are.
  let output: String

  func show(_ format: PlanFormat) throws {
    switch format {
    case .table:
      for plan in plans {
        try table(plan)
      }
    case .csv: try csv()
    case .json: try json()
    }
  }

  private func table(_ plan: Plan) throws {
    try Console.output(
      "\(plan.experiment): \(Humanize.plural(plan.cells.count, "cell")), \(Humanize.plural(plan.trialCounts, "trial"))"
        + (plan.description.map { "\n  \($0)" } ?? "") + "\n")
    try inBatches(plan.cells) { cell in
      let baseline = cell.baseline.map { plan.cells[$0].id }
      return "  \(cell.id)\(baseline == cell.id ? "  (baseline)" : "")\n"
    }
    if !plan.excluded.isEmpty {
      try Console.output("left out: \(Humanize.plural(plan.excluded.count, "cell"))\n")
      try inBatches(plan.excluded) { "  \($0.cell.id)  by \($0.reason)\n" }
    }
    try Console.output("\(Forecast(plan: plan, output: output).text)\n")
  }

  private func csv() throws {
    for (index, plan) in plans.enumerated() {
      let axes = plan.axes.map(\.name)
      if index == 0 || axes != plans[0].axes.map(\.name) {
        try Console.output(
          text(CSV.line(["experiment", "cell_id", "workload", "strategy"] + axes + ["baseline", "excluded_by"])))
      }
      try inBatches(plan.cells) { cell in
        row(cell, of: plan, baseline: cell.baseline.map { plan.cells[$0].id } ?? "", reason: "")
      }
      try inBatches(plan.excluded) {
        row($0.cell, of: plan, baseline: "", reason: $0.reason)
      }
    }
  }

  private func row(_ cell: Cell, of plan: Plan, baseline: String, reason: String) -> String {
    text(
      CSV.line(
        [plan.experiment, cell.id, cell.workload, cell.strategy] + cell.levels.map { $0?.value.description ?? "" }
          + [baseline, reason]))
  }

  private func json() throws {
    try Console.output(
      JSONText.pretty(plans.map { PlanOutput(experiment: $0.experiment, plan: Manifest.PlanRecord($0)) }))
  }

  private struct PlanOutput: Encodable {
    var experiment: String
    var plan: Manifest.PlanRecord
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func inBatches<Item>(_ items: [Item], _ line: (Item) -> String) throws {
    for start in stride(from: 0, to: items.count, by: 1000) {
      try Console.output(items[start..<min(start + 1000, items.count)].map(line).joined())
    }
  }
}
