/// An estimate of the time that the rest of a run takes, by its trials so far.
package struct TimeEstimate: Sendable {
  private struct Record {
    var remaining: Int
    var seconds = 0.0
    var count = 0
    var mean: Double? { count == 0 ? nil : seconds / Double(count) }
    var rest: Double { mean.map { $0 * Double(remaining) } ?? 0 }
  }

  private var cells: [Record]
  private var knownRest = 0.0
  private var unknownTrials: Int
  private var total = (seconds: 0.0, count: 0)

  /// Starts without trials.
  ///
  /// - Parameter remaining: the number of trials that each cell still needs.
  package init(remaining: [Int]) {
    cells = remaining.map { Record(remaining: $0) }
    unknownTrials = remaining.reduce(0, +)
  }

  /// Takes a trial's time into account, in seconds, with the start and the end of its process.
  package mutating func add(_ seconds: Double, cell: Int) {
    let before = cells[cell]
    cells[cell].remaining -= 1
    cells[cell].seconds += seconds
    cells[cell].count += 1
    knownRest += cells[cell].rest - before.rest
    if before.count == 0 { unknownTrials -= before.remaining }
    total.seconds += seconds
    total.count += 1
  }

  /// Changes the number of trials that each cell still needs; negative if there are fewer.
  package mutating func extend(by trials: Int) {
    guard trials != 0 else { return }
    for index in cells.indices {
      cells[index].remaining = max(0, cells[index].remaining + trials)
    }
    knownRest = cells.reduce(0) { $0 + $1.rest }
    unknownTrials = cells.reduce(0) { $0 + ($1.count == 0 ? $1.remaining : 0) }
  }

  /// The estimate in seconds; `nil` before the first trial. Cells without a trial count as the average of the others.
  package var rest: Double? {
    guard total.count > 0 else { return nil }
    return max(0, knownRest + Double(unknownTrials) * total.seconds / Double(total.count))
  }
}
