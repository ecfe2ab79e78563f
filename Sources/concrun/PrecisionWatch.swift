internal import Model
internal import Runner
internal import Statistics

/// The precision that a plan asks for, as the stopping rule of its run. Its state can be read when the run has ended.
final class PrecisionWatch: StoppingRule {
  private(set) var rule: PrecisionRule

  /// Watches the plan's precision; `nil` if the plan asks for none.
  ///
  /// With arrivals, the schedule decides the wall time. There, response times have to be precise.
  init?(_ plan: Plan) {
    guard let target = plan.settings.precision else { return nil }
    rule = PrecisionRule(
      target: target,
      cells: plan.cells.map { PrecisionRule.Cell(id: $0.id, measure: $0.arrivals == nil ? .wall : .responseP99) })
  }

  func add(_ trial: Trial) { rule.add(trial) }
  var isSatisfied: Bool { rule.isSatisfied }
  func blocksNeeded(after blocks: Int) -> Int? { rule.blocksNeeded(after: blocks) }
}
