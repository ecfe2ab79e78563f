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
  /// The typical relative distance of a trial from the model.
  package var typicalError: Double
  /// Akaike's criterion, corrected for few trials: the smallest is chosen.
  package var aicc: [ScalingModel: Double]

  /// Fewer say too little about three parameters.
  package static let leastLevels = 6
  /// A clock counts nanoseconds: what is below this, relative, is rounding.
  private static let rounding = 1e-9

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

  private let workers: [Int]
  var levels: Int { workers.count }
  /// For each observation: its level, its block, and the logarithm of its throughput.
  private let points: [(level: Int, block: Int32, log: Double)]

  init(_ observations: [Observation]) {
    workers = Set(observations.map(\.workers)).sorted()
    let levels = Dictionary(uniqueKeysWithValues: workers.enumerated().map { ($1, $0) })
    points = observations.map { (levels[$0.workers] ?? 0, $0.block, -log($0.time)) }
  }

  /// - Returns: `nil` with too few trials.
  func fit(_ resamples: BlockResamples) -> ScalingFit? {
    guard let most = workers.last else { return nil }
    var whole = summed { _ in 1 }
    let means = Dictionary(uniqueKeysWithValues: whole.levels.map { (Int($0.workers), $0.meanLog) })
    whole.withinLevels = points.reduce(0) { sum, point in
      let deviation = point.log - (means[workers[point.level]] ?? 0)
      return sum + deviation * deviation
    }
    let count = Double(points.count)
    var fits: [ScalingModel: (parameters: ScalingParameters, rss: Double)] = [:]
    var criteria: [ScalingModel: Double] = [:]
    for model in ScalingModel.allCases {
      let fit = whole.fit(model)
      let k = Double(model.parameterCount)
      guard count > k + 1 else { continue }
      fits[model] = fit
      criteria[model] = count * log(max(fit.rss / count, 1e-18)) + 2 * k + 2 * k * (k + 1) / (count - k - 1)
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
      peak: estimate(\.peak), levels: workers.count, mostWorkers: most, trials: points.count,
      typicalError: exp((best.rss / count).squareRoot()) - 1, aicc: criteria)
  }

  private func resampled(
    _ model: ScalingModel, near start: ScalingParameters, _ resamples: BlockResamples
  ) -> [ScalingParameters] {
    // An interval of 2,000 is sure to a twentieth of its width; of very many trials, that of 200 to a sixth.
    let count = min(2000, max(200, 10_000_000 / max(1, points.count)))
    return (0..<min(resamples.count, count)).compactMap { index in
      let points = summed { resamples.weight(index, $0) }
      return points.levels.count < 2 ? nil : points.fit(model, near: start).parameters
    }
  }

  /// - Returns: without what the levels themselves scatter, which moves no parameter.
  private func summed(_ weight: (_ block: Int32) -> Double) -> ScalingPoints {
    var weights = [Double](repeating: 0, count: workers.count)
    var sums = weights
    for point in points {
      let weight = weight(point.block)
      weights[point.level] += weight
      sums[point.level] += weight * point.log
    }
    return ScalingPoints(
      levels: workers.indices.filter { weights[$0] > 0 }.map {
        .init(workers: Double(workers[$0]), weight: weights[$0], meanLog: sums[$0] / weights[$0])
      })
  }
}
