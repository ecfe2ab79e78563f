internal import Model
internal import Results
package import Statistics

/// Two runs, and the change of each cell from one to the other.
package struct RunPair: Sendable {
  /// The run that the other is compared with.
  package let base: FinishedRun
  /// The run that may have changed.
  package let new: FinishedRun
  /// The size that a difference must have to count.
  package let limits: ComparisonLimits
  /// The comparison of each cell that both runs have, with the same parameters.
  package let cells: [CellComparison]
  /// Ids of cells with trials in the base only.
  package let onlyBase: [String]
  /// Ids of cells with trials in the new run only.
  package let onlyNew: [String]
  /// Cells that have the same id and different parameters.
  package let changed: [ChangedCell]

  /// A cell that can't be compared, because its parameters differ.
  package struct ChangedCell: Hashable, Sendable {
    /// The id of the cell.
    package var cellID: String
    /// Texts such as `duration: 0.001 → 0.002`.
    package var differences: [String]

    /// Takes the id, and a text for each difference.
    package init(cellID: String, differences: [String]) {
      self.cellID = cellID
      self.differences = differences
    }
  }

  /// The noise floor of one machine, as `doctor` measured it.
  package struct MachineFloor: Hashable, Sendable {
    /// The name of the machine.
    package var host: String
    /// The share by which two runs of the same differ.
    package var betweenRuns: Double

    /// Takes the machine's name, and its floor.
    package init(host: String, betweenRuns: Double) {
      self.host = host
      self.betweenRuns = betweenRuns
    }
  }

  /// Compares two runs.
  ///
  /// - Parameters:
  ///   - threshold: the smallest difference that matters, as a share.
  ///   - floor: that of this machine; `nil` if `doctor` never measured it.
  package init(base: FinishedRun, new: FinishedRun, threshold: Double, floor: @autoclosure () -> MachineFloor?) {
    self.base = base
    self.new = new
    limits = ComparisonLimits(
      threshold: threshold, betweenRuns: Self.betweenRunFloor(base, new, ofThisMachine: floor))
    let mine = base.cellsWithTrials
    let others = new.cellsWithTrials
    let (known, knownToOthers) = (Set(mine), Set(others))
    onlyBase = mine.filter { !knownToOthers.contains($0) }
    onlyNew = others.filter { !known.contains($0) }
    let shared = mine.filter { knownToOthers.contains($0) }
    let records = [base, new].map { run in
      Dictionary((run.manifest?.plan.cells ?? []).map { ($0.cellID, $0) }, uniquingKeysWith: { first, _ in first })
    }
    changed = shared.compactMap { id in
      guard let mine = records[0][id], let others = records[1][id] else { return nil }
      let differences = mine.differences(from: others)
      return differences.isEmpty ? nil : ChangedCell(cellID: id, differences: differences)
    }
    let differing = Set(changed.map(\.cellID))
    cells = compareRuns(
      shared.filter { !differing.contains($0) }, base: base.columns, new: new.columns, limits)
  }

  /// The number of cells that became worse.
  package var regressions: Int { cells.count { $0.verdict == .worse } }

  /// Returns the share by which two runs of the same differ on the machine of both; `nil` if it isn't known.
  ///
  /// The larger value of the two manifests counts, else the one that `doctor` measured later.
  private static func betweenRunFloor(
    _ base: FinishedRun, _ new: FinishedRun, ofThisMachine floor: () -> MachineFloor?
  ) -> Double? {
    guard base.hosts.count == 1, base.hosts == new.hosts else { return nil }
    let floors = [base, new].compactMap { $0.manifest?.sittings.last?.machine.betweenRunFloor }
    return floors.max() ?? floor().flatMap { base.hosts == [$0.host] ? $0.betweenRuns : nil }
  }

  // MARK: - Circumstances

  /// Other differences, such as `kernel: 6.1 → 6.12`. They may be the cause of different times.
  package var circumstances: [String] {
    var result: [String] = []
    func compare(_ name: String, from mine: String?, to others: String?) {
      guard let mine, let others, mine != others else { return }
      result.append("\(name): \(mine) → \(others)")
    }
    compare("machine", from: base.hosts.joined(separator: " and "), to: new.hosts.joined(separator: " and "))
    guard let before = base.manifest, let after = new.manifest else { return result }
    compare("experiment", from: base.experiment, to: new.experiment)
    if let old = before.sittings.last, let new = after.sittings.last {
      compare("kernel", from: old.machine.kernel, to: new.machine.kernel)
      compare("CPU", from: old.machine.cpuModel, to: new.machine.cpuModel)
      compare(
        "cores", from: String(shortest: old.machine.effectiveCores), to: String(shortest: new.machine.effectiveCores))
      for name in Set(old.versions.keys).union(new.versions.keys).sorted() {
        compare(name, from: old.versions[name] ?? "none", to: new.versions[name] ?? "none")
      }
    }
    result += before.plan.differences(from: after.plan)
    return result
  }

  /// The commits that the runs were made at; `nil` unless both are known.
  package var commits: (base: String, new: String)? {
    func text(_ run: FinishedRun) -> String? {
      run.manifest?.sittings.last?.git.map { $0.commit.prefix(9) + ($0.isDirty ? " (changed)" : "") }
    }
    guard let base = text(base), let new = text(new) else { return nil }
    return (base, new)
  }
}
