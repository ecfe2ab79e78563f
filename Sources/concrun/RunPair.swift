internal import Model
internal import OS
internal import Results
internal import Statistics

/// Two runs, and what their cells have become from one to the other.
struct RunPair {
  let base: FinishedRun
  let new: FinishedRun
  let limits: ComparisonLimits
  let cells: [CellComparison]
  /// Ids of cells with trials in one run only.
  let onlyBase: [String]
  let onlyNew: [String]
  /// Cells that have the same id, and are not the same: what makes the difference.
  let changed: [(cellID: String, differences: [String])]

  init(base: FinishedRun, new: FinishedRun, threshold: Double) {
    self.base = base
    self.new = new
    limits = ComparisonLimits(threshold: threshold, betweenRuns: Self.betweenRunFloor(base, new))
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
      return differences.isEmpty ? nil : (id, differences)
    }
    let differing = Set(changed.map(\.cellID))
    cells = compareRuns(
      shared.filter { !differing.contains($0) }, base: base.columns, new: new.columns, limits)
  }

  var regressions: Int { cells.count { $0.verdict == .worse } }

  /// What two runs of the same differ by, on the machine that both are of: as their manifests have it, else as `doctor`
  /// found out later.
  private static func betweenRunFloor(_ base: FinishedRun, _ new: FinishedRun) -> Double? {
    guard base.hosts.count == 1, base.hosts == new.hosts else { return nil }
    let floors = [base, new].compactMap { $0.manifest?.sittings.last?.machine.betweenRunFloor }
    return floors.max() ?? (base.hosts == [Machine.hostName()] ? RunFacts.betweenRunFloor() : nil)
  }

  // MARK: - Circumstances

  /// What else is different, such as `kernel: 6.1 → 6.12`: it may be what makes the numbers differ.
  var circumstances: [String] {
    var result: [String] = []
    func compare(_ name: String, _ mine: String?, _ others: String?) {
      guard let mine, let others, mine != others else { return }
      result.append("\(name): \(mine) → \(others)")
    }
    compare("machine", base.hosts.joined(separator: " and "), new.hosts.joined(separator: " and "))
    guard let before = base.manifest, let after = new.manifest else { return result }
    compare("experiment", base.experiment, new.experiment)
    if let old = before.sittings.last, let new = after.sittings.last {
      compare("kernel", old.machine.kernel, new.machine.kernel)
      compare("CPU", old.machine.cpuModel, new.machine.cpuModel)
      compare("cores", String(shortest: old.machine.effectiveCores), String(shortest: new.machine.effectiveCores))
      for name in Set(old.versions.keys).union(new.versions.keys).sorted() {
        compare(name, old.versions[name] ?? "none", new.versions[name] ?? "none")
      }
    }
    result += before.plan.differences(from: after.plan)
    return result
  }

  /// The commits that the runs were made at, where both are known.
  var commits: (base: String, new: String)? {
    func text(_ run: FinishedRun) -> String? {
      run.manifest?.sittings.last?.git.map { $0.commit.prefix(9) + ($0.isDirty ? " (changed)" : "") }
    }
    guard let base = text(base), let new = text(new) else { return nil }
    return (base, new)
  }
}

extension FinishedRun {
  /// In the order of the plan.
  var cellsWithTrials: [String] {
    let known = Set(columns.cells.map(\.id))
    return cells.map(\.id).filter { known.contains($0) }
  }
}
