package import Model

/// How precisely each cell of a run is known, trial by trial, and whether that is enough.
///
/// The measure is the half-width of the exact confidence interval of a cell's median, as a share of that median. It says
/// nothing of how cells compare: looking at differences until one is significant would find one.
package struct PrecisionRule: Sendable {
  package struct Cell: Hashable, Sendable {
    package var id: String
    /// What is to be precise.
    package var measure: Measure

    package init(id: String, measure: Measure) {
      self.id = id
      self.measure = measure
    }
  }

  /// The measured trials of one cell.
  private struct Sample {
    let measure: Measure
    /// In order; infinity for each trial that timed out.
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

    /// As a share of the median; infinite where the interval is, `nil` where there is none yet.
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

  /// - Parameters:
  ///   - target: the largest half-width that is precise enough, as a share of the median.
  ///   - cells: in the order of the plan.
  package init(target: Double, cells: [Cell]) {
    self.target = target
    cellIDs = cells.map(\.id)
    samples = Dictionary(cells.map { ($0.id, Sample(measure: $0.measure)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Takes a trial into account: warm-ups don't count, nor do those that failed.
  package mutating func add(_ trial: Trial) {
    guard !trial.isWarmup else { return }
    samples[trial.cellID]?.add(trial)
  }

  /// Cells that aren't precise yet and their half-widths, infinite where there is no interval; in the order of the plan.
  package var wideCells: [(id: String, halfWidth: Double)] {
    samplesWithOK.compactMap { id, sample in
      let halfWidth = sample.halfWidth ?? .infinity
      return halfWidth > target ? (id, halfWidth) : nil
    }
  }

  /// Cells none of whose trials was ok: waiting for them has no end.
  package var hopelessCells: [String] { cellIDs.filter { samples[$0]?.hasOK != true } }

  /// Whether every cell that has trials at all is precise.
  package var isSatisfied: Bool { wideCells.isEmpty }

  /// How many blocks it will take, by what so many of them have shown: a half-width shrinks with the square root of
  /// their number. `nil` while a cell has no interval.
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
