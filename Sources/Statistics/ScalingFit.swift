internal import Glibc

/// The scaling model that explains a strategy's trials best, with its parameters and their uncertainty.
///
/// The model has the smallest AICc. Source: Hurvich & Tsai, Biometrika 1989.
package struct ScalingFit: Hashable, Sendable {
  /// A parameter and its 95 % interval from resampling blocks; an end may be infinite.
  package struct Estimate: Hashable, Sendable {
    /// The best estimate.
    package var value: Double
    /// The lower end of the interval.
    package var low: Double
    /// The upper end of the interval.
    package var high: Double
  }

  /// The chosen model.
  package var model: ScalingModel
  /// The throughput of one worker: how often it could do the whole work in a second.
  package var gamma: Estimate
  /// Contention; 0 for linear scaling. In Amdahl's law, the share of the work that is serial.
  package var alpha: Estimate
  /// Coherency; 0 unless the model is the USL.
  package var beta: Estimate
  /// The number of workers with the largest throughput; infinite if more workers never do harm.
  package var peak: Estimate
  /// The number of different numbers of workers.
  package var levels: Int
  /// The largest number of workers that was measured.
  package var mostWorkers: Int
  /// The number of trials that were fitted.
  package var trials: Int
  /// The typical relative distance of the levels from the model, less the noise of their trials.
  ///
  /// Source: the lack-of-fit test of Draper & Smith, Applied Regression Analysis, 2.1.
  package var misfit: Double
  /// Akaike's criterion for each model, corrected for few trials.
  package var aicc: [ScalingModel: Double]

  /// The fewest levels for a fit of three parameters.
  package static let leastLevels = 6
  /// The relative size of rounding errors. A clock counts nanoseconds.
  static let rounding = 1e-9

  /// True if the peak is at most twice the most workers that were measured. Farther peaks aren't reported.
  package var tellsPeak: Bool { peak.value <= 2 * Double(mostWorkers) }
}

/// Trials at different numbers of workers, of one strategy and one kind of work.
struct ScalingCurve {
  struct Observation {
    var workers: Int
    var block: Int32
    /// Seconds, above 0.
    var time: Double
  }

  private struct Level {
    var workers: Int
    var blocks: [Int32]
    /// The logarithms of the throughputs.
    var logs: [Double]
  }

  private let curve: [Level]
  private let count: Int
  var levels: Int { curve.count }

  init(_ observations: [Observation]) {
    let levels = Dictionary(grouping: observations, by: \.workers)
    curve = levels.sorted { $0.key < $1.key }.map { workers, observations in
      Level(workers: workers, blocks: observations.map(\.block), logs: observations.map { -log($0.time) })
    }
    count = observations.count
  }

  /// Fits all models and returns the one with the smallest AICc; `nil` with too few trials.
  func fit(_ resamples: BlockResamples) -> ScalingFit? {
    guard let most = curve.last?.workers else { return nil }
    let points = whole
    let count = Double(self.count)
    var fits: [ScalingModel: (parameters: ScalingParameters, rss: Double)] = [:]
    var criteria: [ScalingModel: Double] = [:]
    for model in ScalingModel.allCases {
      let fit = points.fit(model)
      let k = Double(model.parameterCount)
      guard count > k + 1 else { continue }
      fits[model] = fit
      let variance = max(fit.rss / count, ScalingFit.rounding * ScalingFit.rounding)
      criteria[model] = count * log(variance) + 2 * k + 2 * k * (k + 1) / (count - k - 1)
    }
    let ranking = ScalingModel.allCases.compactMap { model in criteria[model].map { (model, $0) } }
    guard let model = ranking.min(by: { $0.1 < $1.1 })?.0, let best = fits[model] else { return nil }

    let drawn = resampled(model, near: best.parameters, resamples)
    func estimate(_ quantity: (ScalingParameters) -> Double) -> ScalingFit.Estimate {
      var values = drawn.map(quantity)
      return ScalingFit.Estimate(
        value: quantity(best.parameters), low: Quickselect.quantile(0.025, of: &values) ?? .nan,
        high: Quickselect.quantile(0.975, of: &values) ?? .nan)
    }
    return ScalingFit(
      model: model, gamma: estimate { exp($0.logGamma) }, alpha: estimate(\.alpha), beta: estimate(\.beta),
      peak: estimate(\.peak), levels: levels, mostWorkers: most, trials: self.count,
      misfit: misfit(of: model, to: points, rss: best.rss), aicc: criteria)
  }

  /// Returns the typical relative distance of the levels from a model, less the noise of their trials.
  ///
  /// It is the sum of squares for lack of fit for each trial, less the part that pure error is expected to add. Source:
  /// Draper & Smith, Applied Regression Analysis, 2.1.
  private func misfit(of model: ScalingModel, to points: ScalingPoints, rss: Double) -> Double {
    let pureError = points.withinLevels / Double(max(1, count - levels))
    let expected = pureError * Double(max(0, levels - (model.parameterCount - 1)))
    return exp((max(0, rss - points.withinLevels - expected) / Double(count)).squareRoot()) - 1
  }

  private var whole: ScalingPoints {
    var withinLevels = 0.0
    let levels = curve.map { level in
      let mean = Descriptive.mean(level.logs) ?? 0
      withinLevels += level.logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return ScalingPoints.Level(workers: Double(level.workers), weight: Double(level.logs.count), meanLog: mean)
    }
    return ScalingPoints(levels: levels, withinLevels: withinLevels)
  }

  /// Returns the parameters that fit each resample.
  private func resampled(
    _ model: ScalingModel, near start: ScalingParameters, _ resamples: BlockResamples
  ) -> [ScalingParameters] {
    // A fit costs more than a median: 2,000 of 10,000 resamples make an interval whose ends are sure to a twentieth of it.
    (0..<resamples.count / 5).compactMap { index in
      let levels = resamples.withWeights(index) { weights in
        curve.compactMap { level -> ScalingPoints.Level? in
          var (weight, sum) = (0, 0.0)
          for place in level.blocks.indices {
            let drawn = weights[Int(level.blocks[place])]
            weight += Int(drawn)
            sum += Double(drawn) * level.logs[place]
          }
          return weight == 0
            ? nil : .init(workers: Double(level.workers), weight: Double(weight), meanLog: sum / Double(weight))
        }
      }
      // The scatter within levels moves no parameter.
      return levels.count < 2 ? nil : ScalingPoints(levels: levels).fit(model, near: start, within: 1e-6).parameters
    }
  }
}
