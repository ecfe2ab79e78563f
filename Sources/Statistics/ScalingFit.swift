internal import Glibc

/// The model of how a strategy's throughput grows with its workers that explains its trials best, and how sure that is.
package struct ScalingFit: Hashable, Sendable {
  /// A parameter and its 95 % interval from resampling blocks; an end may be infinite.
  package struct Estimate: Hashable, Sendable {
    package var value: Double
    package var low: Double
    package var high: Double
  }

  package var model: ScalingModel
  /// Of one worker: how often it could do the whole work in a second.
  package var gamma: Estimate
  /// Contention; 0 for linear scaling. In Amdahl's law, the share of the work that is serial.
  package var alpha: Estimate
  /// Coherency; 0 unless the model is the USL.
  package var beta: Estimate
  /// How many workers do most; infinite where more are never worse.
  package var peak: Estimate
  /// Different numbers of workers.
  package var levels: Int
  package var mostWorkers: Int
  package var trials: Int
  /// The typical relative distance of the levels from the model, less what the noise of their trials explains.
  package var misfit: Double
  /// Akaike's criterion, corrected for few trials: the smallest is chosen.
  package var aicc: [ScalingModel: Double]

  /// Fewer say too little about three parameters.
  package static let leastLevels = 6
  /// A clock counts nanoseconds: what is below this, relative, is rounding.
  static let rounding = 1e-9

  /// Whether the peak is near enough to what was measured to be told: up to twice the most workers.
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
    /// Of the throughputs.
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

  /// - Returns: `nil` with too few trials.
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
        value: quantity(best.parameters), low: Selection.quantile(0.025, of: &values) ?? .nan,
        high: Selection.quantile(0.975, of: &values) ?? .nan)
    }
    return ScalingFit(
      model: model, gamma: estimate { exp($0.logGamma) }, alpha: estimate(\.alpha), beta: estimate(\.beta),
      peak: estimate(\.peak), levels: levels, mostWorkers: most, trials: self.count,
      misfit: misfit(of: model, to: points, rss: best.rss), aicc: criteria)
  }

  /// The sum of squares for lack of fit, less what pure error is expected to add to it (Draper & Smith, Applied Regression
  /// Analysis, 2.1), for each trial.
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

  /// The parameters that each resample has.
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
      // What the levels themselves scatter moves no parameter.
      return levels.count < 2 ? nil : ScalingPoints(levels: levels).fit(model, near: start, within: 1e-6).parameters
    }
  }
}
