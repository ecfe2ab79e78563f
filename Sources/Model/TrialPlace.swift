/// The place of a trial in its run, which all its attempts share.
package struct TrialPlace: Hashable, Sendable {
  /// The id of the cell.
  package var cellID: String
  /// The number of the block; 0 for a warm-up.
  package var block: Int
  /// The number of the trial among its cell's, or among its warm-ups, from 1.
  package var trial: Int

  /// Makes a place of its parts.
  package init(cellID: String, block: Int, trial: Int) {
    self.cellID = cellID
    self.block = block
    self.trial = trial
  }
}

extension Trial {
  /// The place of the trial, which all its attempts share.
  package var place: TrialPlace { TrialPlace(cellID: cellID, block: block, trial: trial) }
}

extension Sequence<Trial> {
  /// Returns the last attempt of each trial, in the order of these rows. Only the last attempt counts in statistics.
  package func lastAttempts() -> [Trial] {
    var last: [TrialPlace: Int] = [:]
    for trial in self { last[trial.place] = Swift.max(last[trial.place] ?? 0, trial.attempt) }
    return filter { last[$0.place] == $0.attempt && last.removeValue(forKey: $0.place) != nil }
  }
}
