import Foundation
import Model
import Testing

@testable import Statistics

@Suite struct ScalingFitTests {
  private static func curve(_ reference: Reference.Scaling) -> ScalingCurve {
    // Ten trials of each level, one in each block.
    ScalingCurve(
      zip(reference.workers, reference.times).enumerated().map { index, point in
        .init(workers: point.0, block: Int32(index % 10), time: point.1)
      })
  }

  /// SciPy's least squares of the same residuals, with the same bounds.
  @Test(arguments: Reference.shared.scaling) func everyModelAsSciPyFitsIt(reference: Reference.Scaling) throws {
    let levels = Dictionary(grouping: zip(reference.workers, reference.times), by: \.0).map { workers, points in
      let logs = points.map { -log($0.1) }
      let mean = logs.reduce(0, +) / Double(logs.count)
      return (
        ScalingPoints.Level(workers: Double(workers), weight: Double(logs.count), meanLog: mean),
        logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      )
    }.sorted { $0.0.workers < $1.0.workers }
    let points = ScalingPoints(levels: levels.map(\.0), withinLevels: levels.reduce(0) { $0 + $1.1 })
    for model in ScalingModel.allCases {
      let expected = try #require(reference.fits[model.rawValue])
      let fit = points.fit(model)
      #expect(isClose(exp(fit.parameters.logGamma), expected.gamma, within: 1e-4), "\(model) γ")
      #expect(abs(fit.parameters.alpha - expected.alpha) <= 1e-4 * max(expected.alpha, 1e-3), "\(model) α")
      #expect(abs(fit.parameters.beta - expected.beta) <= 1e-4 * max(expected.beta, 1e-6), "\(model) β")
      #expect(fit.rss <= expected.rss * (1 + 1e-6) + 1e-15, "\(model)")
    }
  }

  @Test(arguments: Reference.shared.scaling) func theModelIsChosenByAICc(reference: Reference.Scaling) throws {
    let fit = try #require(Self.curve(reference).fit(BlockResamples(blockCount: 10, resamples: 50)))
    for model in ScalingModel.allCases where !reference.name.hasPrefix("exact") {
      #expect(isClose(fit.aicc[model], reference.fits[model.rawValue]?.aicc, within: 1e-6), "\(model)")
    }
    let smallest = reference.fits.min { $0.value.aicc < $1.value.aicc }?.key
    #expect(fit.model.rawValue == smallest)
    #expect(reference.name.contains(fit.model.rawValue) || reference.name == "falling")
  }

  @Test func thePeakAndItsInterval() throws {
    let reference = try #require(Reference.shared.scaling.first { $0.name == "noisy usl" })
    let fit = try #require(Self.curve(reference).fit(BlockResamples(blockCount: 10)))
    // The truth is √(0.97 / 0.0008).
    #expect(isClose(fit.peak.value, 34.8, within: 0.15))
    #expect(fit.peak.low < 34.8 && 34.8 < fit.peak.high)
    #expect(fit.peak.high < 50)
    #expect(fit.alpha.low < 0.03 && 0.03 < fit.alpha.high)
    #expect(fit.tellsPeak)
    #expect(fit.misfit < 0.01)
  }

  /// Linear and Amdahl's scaling have no peak; a peak beyond twice the range isn't told.
  @Test func peaksThatNobodyMeasured() throws {
    let amdahl = try #require(Reference.shared.scaling.first { $0.name == "noisy amdahl" })
    let fit = try #require(Self.curve(amdahl).fit(BlockResamples(blockCount: 10, resamples: 50)))
    #expect(fit.peak.value == .infinity && !fit.tellsPeak)
    let far = [1, 2, 4, 8, 16, 32].flatMap { (n: Int) -> [ScalingCurve.Observation] in
      let contention = 0.01 * Double(n - 1)
      let coherency = 1e-4 * Double(n * (n - 1))
      return (0..<10).map { .init(workers: n, block: $0, time: (1 + contention + coherency) / Double(n)) }
    }
    let beyond = try #require(ScalingCurve(far).fit(BlockResamples(blockCount: 10, resamples: 50)))
    #expect(isClose(beyond.peak.value, (0.99 / 1e-4).squareRoot(), within: 1e-4))
    #expect(!beyond.tellsPeak)
  }

  /// Where α is 1, or β more than 1 − α, the law's maximum is below one worker: that many there can't be.
  @Test func thePeakIsAtLeastOneWorker() {
    #expect(ScalingParameters(alpha: 1, beta: 0.02).peak == 1)
    #expect(ScalingParameters(alpha: 0.2, beta: 3).peak == 1)
    #expect(ScalingParameters(alpha: 0.19, beta: 0.01).peak == 9)
    #expect(ScalingParameters(alpha: 0.5).peak == .infinity)
  }

  /// A table that doesn't say how many workers there were has as many as were asked for.
  @Test func levelsAreWhatWasAskedForWhereNothingElseIsKnown() {
    let trials = (0..<6).flatMap { (level: Int) -> [Trial] in
      let times = (0..<10).map { Outcome.took(1 / Double(1 << level) + Double($0) / 1000) }
      return Cell("threads", workers: 1 << level, times).trials.map { trial in with(trial) { $0.workers = nil } }
    }
    let cells = (0..<6).map {
      SummaryContext.Cell(
        id: Cell("threads", workers: 1 << $0, []).id, baseline: nil, work: "web", curve: "threads", maxWorkers: 1 << $0)
    }
    #expect(summarise(TrialColumns(trials), SummaryContext(cells: cells, makesClaims: true)).scaling[0].fit != nil)
  }

  @Test func sixLevelsOrNothing() {
    for count in [2, 5, 6] {
      let rows = analysis(
        of: (0..<count).map { level in
          Cell("threads", workers: 1 << level, (0..<10).map { .took(1 / Double(1 << level) + Double($0) / 1000) })
        })
      #expect((rows.scaling[0].fit != nil) == (count == 6))
    }
  }

  /// Two cores: a corner that no smooth law has, whatever the noise. Noise alone is no misfit.
  @Test func aPlateauIsNoLaw() throws {
    var noise = Noise(seed: 12, spikes: 0)
    func fit(_ speedup: (Int) -> Double, noise factor: Double) -> ScalingFit? {
      let cells = [1, 2, 3, 4, 8, 16, 32].map { workers in
        Cell("threads", workers: workers, (0..<10).map { _ in .took(pow(noise.time(), factor) / speedup(workers)) })
      }
      return analysis(of: cells).scaling[0].fit
    }
    #expect(try #require(fit({ Double(min($0, 2)) }, noise: 1)).misfit > 0.05)
    #expect(try #require(fit({ Double($0) }, noise: 5)).misfit < 0.05, "15 % noise")
  }

  /// Identical times, a single trial at each level, one block: whatever comes, it is a number or nothing.
  @Test(arguments: [1, 2, 10]) func oddCurves(trials: Int) {
    let same = analysis(
      of: (0..<6).map { Cell("threads", workers: $0 + 1, Array(repeating: 1.0, count: trials)) })
    // Six values are too few for the three parameters of the USL, not for the two of Amdahl's law.
    guard let fit = same.scaling[0].fit else {
      Issue.record("no fit")
      return
    }
    for estimate in [fit.gamma, fit.alpha, fit.beta, fit.peak] {
      #expect(!estimate.value.isNaN && !estimate.low.isNaN && !estimate.high.isNaN)
    }
    #expect(isClose(fit.alpha.value, 1, within: 1e-6), "no worker adds anything")
    let zero = analysis(of: (0..<6).map { Cell("threads", workers: $0 + 1, Array(repeating: 0.0, count: trials)) })
    #expect(zero.scaling[0].fit == nil)
  }
}

@Suite struct ScalingVerdictTests {
  private static func times(_ median: Double) -> [Outcome] {
    (0..<10).map { .took(median * (1 + Double($0 % 5) / 500)) }
  }

  @Test func theCostIsTheSmallestLevelThatIsSurelyFaster() {
    let base = Cell("sync", Self.times(1))
    // One thread is slower, two are as fast, four win.
    let threads = [(1, 1.3), (2, 1.001), (4, 0.8), (8, 0.79)].map {
      Cell("threads", workers: $0.0, Self.times($0.1), baseline: base.id)
    }
    let slow = [(1, 1.3), (2, 1.2)].map { Cell("processes", workers: $0.0, Self.times($0.1), baseline: base.id) }
    let verdicts = analysis(of: [base] + threads + slow).scaling
    #expect(verdicts.map(\.strategy) == ["threads", "processes"])
    #expect(verdicts.map(\.cost) == [.workers(4), ScalingVerdict.Cost.none])
    #expect(verdicts.map(\.fastest) == [8, 2])
    #expect(verdicts.map(\.recommended) == [4, 2])
    #expect(verdicts[0].workers == [1, 2, 4, 8])
  }

  @Test func withFewTrialsNobodyKnowsTheCost() {
    let base = Cell("sync", [1.0, 1.0])
    let threads = [1, 2].map { Cell("threads", workers: $0, [0.5, 0.5], baseline: base.id) }
    #expect(analysis(of: [base] + threads).scaling.map(\.cost) == [nil])
  }

  /// Speedups that come and go: the cost is the first level that wins, and above none is promised.
  @Test func aCurveThatComesDownAgain() throws {
    let base = Cell("sync", Self.times(1))
    let threads = [(1, 1.2), (2, 0.6), (4, 0.9), (8, 2.0), (16, 3.0), (32, 4.0)].map {
      Cell("threads", workers: $0.0, Self.times($0.1), baseline: base.id)
    }
    let verdict = try #require(analysis(of: [base] + threads).scaling.first)
    #expect(verdict.cost == .workers(2))
    #expect(try #require(verdict.fit).peak.low >= 1)
  }

  /// Eight levels with four tasks are four.
  @Test func workersWithoutTasksAreNoLevels() {
    let trials = (1...8).flatMap { level in
      Cell("threads", workers: level, Self.times(1 / Double(min(level, 4)))).trials.map { trial in
        with(trial) { $0.workers = min(level, 4) }
      }
    }
    let cells = (1...8).map {
      SummaryContext.Cell(
        id: Cell("threads", workers: $0, []).id, baseline: nil, work: "web", curve: "threads", maxWorkers: $0)
    }
    let verdict = summarise(TrialColumns(trials), SummaryContext(cells: cells, makesClaims: true)).scaling[0]
    #expect(verdict.fittedLevels == 4)
    #expect(verdict.fit == nil)
    #expect(verdict.workers.count == 8)
  }

  @Test func whatFailedIsNoLevel() {
    let cells = [
      Cell("threads", workers: 1, [1.0, 1.0]), Cell("threads", workers: 2, [0.1, .not(.crashed)]),
      Cell("threads", workers: 4, [0.5, 0.5]),
    ]
    let verdict = analysis(of: cells).scaling[0]
    #expect(verdict.workers == [1, 4])
    #expect(verdict.fastest == 4)
  }
}

@Suite struct OneWorkerTests {
  @Test func speedupAndEfficiencyAgainstOneWorker() {
    let cells = [1, 2, 4].map { Cell("threads", workers: $0, (0..<10).map { .took(1 + Double($0) / 100) }) }
    var rows = analysis(of: cells) { $0.oneWorker = cells[0].id }.cells
    #expect(rows.map { $0[.speedupVsOneWorker] } == [1, 1, 1])
    #expect(rows.map { $0[.efficiency] } == [1, 0.5, 0.25])
    #expect(rows.map { $0[.speedupVsOneWorkerCILow] } == [nil, 1, 1])
    rows =
      analysis(of: cells) {
        $0.oneWorker = cells[0].id
        $0.workersUseCPUs = false
      }.cells
    #expect(rows.map { $0[.speedupVsOneWorker] } == [1, 1, 1])
    #expect(rows.map { $0[.efficiency] } == [nil, nil, nil])
  }
}
