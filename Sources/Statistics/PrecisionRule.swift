package import Model

/// The precision of each cell of a run, updated trial by trial, and the rule that says when it is enough.
///
/// The precision is the half-width of the exact confidence interval of a cell's median, as a share of that median. It
/// says nothing about differences between cells. A run that stops at the first significant difference would find one by
/// chance.
package struct PrecisionRule: Sendable {
  /// A cell, and the measure that is to be precise.
  package struct Cell: Hashable, Sendable {
    /// The id of the cell.
    package var id: String
    /// The measure whose median is to be precise.
    package var measure: Measure

    /// Names a cell and its measure.
    package init(id: String, measure: Measure) {
      self.id = id
      self.measure = measure
    }
  }

  /// The measured trials of one cell.
  private struct Sample {
    let measure: Measure
    /// Sorted; infinity for each trial that timed out.
    var values: [Double] = []
    var hasOK = false

    mutating func add(_ trial: Trial) {
      switch trial.status {
      case .ok:
        hasOK = true
        if let value = trial.measures[measure] { insert(value) }
      case .timeout: insert(.infinity)
      case .failed, .crashed, .wrong: break
      }
    }

    private mutating func insert(_ value: Double) {
      let place = values.firstIndex { $0 > value } ?? values.endIndex
      values.insert(value, at: place)
    }

    /// The half-width as a share of the median: infinite if the interval is, `nil` if there is none yet.
    var halfWidth: Double? {
      guard let (low, high) = MedianInterval.interval(ofSorted: values),
        let median = Descriptive.median(ofSorted: values)
      else { return nil }
      if low == high { return low.isFinite ? 0 : .infinity }
      return high.isFinite && median > 0 ? (high - low) / 2 / median : .infinity
    }
  }

  private let cellIDs: [String]
  private let target: Double
  private var samples: [String: Sample]

  /// Starts without trials.
  ///
  /// - Parameters:
  ///   - target: the largest half-width that is precise enough, as a share of the median.
  ///   - cells: in the order of the plan.
  package init(target: Double, cells: [Cell]) {
    self.target = target
    cellIDs = cells.map(\.id)
    samples = Dictionary(cells.map { ($0.id, Sample(measure: $0.measure)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Takes a trial into account. Warm-ups and trials that failed don't count; timeouts do.
  package mutating func add(_ trial: Trial) {
    guard !trial.isWarmup else { return }
    samples[trial.cellID]?.add(trial)
  }

  /// Cells that aren't precise yet, in the order of the plan, and their half-widths as shares.
  ///
  /// A half-width is infinite if there is no interval. Cells without an ok trial are left out.
  package var wideCells: [(id: String, halfWidth: Double)] {
    samplesWithOK.compactMap { id, sample in
      let halfWidth = sample.halfWidth ?? .infinity
      return halfWidth > target ? (id, halfWidth) : nil
    }
  }

  /// Cells without a single ok trial. No number of blocks would make them precise.
  package var hopelessCells: [String] { cellIDs.filter { samples[$0]?.hasOK != true } }

  /// True if every cell that has an ok trial is precise.
  package var isSatisfied: Bool { wideCells.isEmpty }

  /// Returns the number of blocks that the run will need, by the half-widths after some blocks.
  ///
  /// A half-width shrinks with the square root of the number of blocks.
  ///
  /// - Returns: `nil` as long as a cell has no interval.
  package func blocksNeeded(after blocks: Int) -> Int? {
    var widest = 0.0
    for (_, sample) in samplesWithOK {
      guard let halfWidth = sample.halfWidth else { return nil }
      widest = max(widest, halfWidth)
    }
    let ratio = widest / target
    let needed = (Double(blocks) * ratio * ratio).rounded(.up)
    return needed < 1e9 ? Int(needed) : .max
  }

  private var samplesWithOK: [(id: String, Sample)] {
    cellIDs.compactMap { id in samples[id].flatMap { $0.hasOK ? (id, $0) : nil } }
  }
}
