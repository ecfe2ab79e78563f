internal import Model
internal import Runner
internal import Statistics

/// The precision that a plan asks for, as the stopping rule of its run. Its state can be read when the run has ended.
final class PrecisionWatch: StoppingRule {
  private(set) var rule: PrecisionRule

  /// `nil` where the plan asks for no precision.
  ///
  /// With arrivals, the schedule decides how long the whole takes: there, response times have to be known.
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
