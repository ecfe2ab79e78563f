internal import Glibc

/// A law for the throughput X of N workers: X(N) = γN / (1 + α(N − 1) + βN(N − 1)).
///
/// This is Gunther's Universal Scalability Law (Guerrilla Capacity Planning, 2007). γ is the throughput of one worker.
/// α is contention: workers wait for each other. β is coherency: workers have to agree. Amdahl's law has β = 0, and
/// linear scaling has α = β = 0.
package enum ScalingModel: String, Sendable, CaseIterable {
  case linear, amdahl, usl

  /// The number of fitted parameters: γ, α and β as far as the model has them, and the variance.
  var parameterCount: Int {
    switch self {
    case .linear: 2
    case .amdahl: 3
    case .usl: 4
    }
  }
}

/// The parameters of a model.
struct ScalingParameters: Hashable {
  /// The logarithm of γ.
  var logGamma = 0.0
  var alpha = 0.0
  var beta = 0.0

  /// The N with the largest X: √((1 − α) / β), at least 1; infinite if more workers never do harm.
  var peak: Double { beta > 0 ? max(1, ((1 - alpha) / beta).squareRoot()) : .infinity }
}

/// The data of a fit: the logarithm of the throughput at each level of workers, averaged.
struct ScalingPoints {
  struct Level {
    let workers: Double
    fileprivate let logWorkers: Double
    /// The number of trials, or of times that they were drawn.
    var weight: Double
    var meanLog: Double

    init(workers: Double, weight: Double, meanLog: Double) {
      self.workers = workers
      self.weight = weight
      self.meanLog = meanLog
      logWorkers = log(workers)
    }
  }

  var levels: [Level]
  /// The sum of the squared deviations of trials from their level's mean. No model explains these.
  var withinLevels = 0.0

  var weight: Double { levels.reduce(0) { $0 + $1.weight } }

  /// Fits a model by least squares of the logarithms.
  ///
  /// - Parameters:
  ///   - start: parameters near the result, if such are known.
  ///   - tolerance: the fit ends when a step changes α and β by less than this share.
  func fit(
    _ model: ScalingModel, near start: ScalingParameters? = nil, within tolerance: Double = 1e-12
  ) -> (parameters: ScalingParameters, rss: Double) {
    guard model != .linear else { return evaluate(ScalingParameters()) }
    return descend(model, from: start ?? bestOfGrid(model), within: tolerance)
  }

  /// Returns the parameters with the best γ for their α and β. γ is linear in the logarithms.
  private func evaluate(_ parameters: ScalingParameters) -> (parameters: ScalingParameters, rss: Double) {
    var result = parameters
    var sum = 0.0
    for level in levels { sum += level.weight * (level.meanLog - shape(parameters, level)) }
    result.logGamma = sum / weight
    var rss = withinLevels
    for level in levels {
      let residual = level.meanLog - result.logGamma - shape(parameters, level)
      rss += level.weight * residual * residual
    }
    return (result, rss)
  }

  private func shape(_ parameters: ScalingParameters, _ level: Level) -> Double {
    let n = level.workers
    return level.logWorkers - log(1 + parameters.alpha * (n - 1) + parameters.beta * n * (n - 1))
  }

  private func bestOfGrid(_ model: ScalingModel) -> ScalingParameters {
    let betas = model == .usl ? [0, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1] : [0]
    let candidates = [0, 0.001, 0.01, 0.05, 0.2, 0.5, 0.9, 1].flatMap { alpha in
      betas.map { evaluate(ScalingParameters(alpha: alpha, beta: $0)) }
    }
    return candidates.min { $0.rss < $1.rss }?.parameters ?? ScalingParameters()
  }

  /// Improves α and β within 0 ≤ α ≤ 1, 0 ≤ β, by the method of Levenberg and Marquardt.
  private func descend(
    _ model: ScalingModel, from start: ScalingParameters, within tolerance: Double
  ) -> (parameters: ScalingParameters, rss: Double) {
    var best = evaluate(start)
    var damping = 1e-3
    for _ in 0..<200 {
      var (gradient, curvature) = slopes(best.parameters)
      // A parameter at its bound that would leave it stays.
      let holdsAlpha =
        (best.parameters.alpha <= 0 && gradient.alpha > 0) || (best.parameters.alpha >= 1 && gradient.alpha < 0)
      let holdsBeta = model != .usl || (best.parameters.beta <= 0 && gradient.beta > 0)
      if holdsAlpha { (gradient.alpha, curvature.mixed) = (0, 0) }
      if holdsBeta { (gradient.beta, curvature.mixed) = (0, 0) }
      let a = curvature.alpha * (1 + damping)
      let b = curvature.beta * (1 + damping)
      let determinant = a * b - curvature.mixed * curvature.mixed
      guard determinant > 0, a > 0, b > 0 else { break }
      var next = best.parameters
      next.alpha -= holdsAlpha ? 0 : (b * gradient.alpha - curvature.mixed * gradient.beta) / determinant
      next.beta -= holdsBeta ? 0 : (a * gradient.beta - curvature.mixed * gradient.alpha) / determinant
      next.alpha = min(1, max(0, next.alpha))
      next.beta = max(0, next.beta)
      let candidate = evaluate(next)
      let moved = abs(next.alpha - best.parameters.alpha) + abs(next.beta - best.parameters.beta)
      if candidate.rss <= best.rss {
        best = candidate
        damping = max(1e-12, damping / 10)
        if moved <= tolerance * (next.alpha + next.beta) { break }
      } else {
        damping *= 10
        if damping > 1e12 { break }
      }
    }
    return best
  }

  /// Returns half the first derivatives of the sum of squares, and Gauss and Newton's approximation of half the second
  /// ones.
  private func slopes(
    _ parameters: ScalingParameters
  ) -> (gradient: (alpha: Double, beta: Double), curvature: (alpha: Double, beta: Double, mixed: Double)) {
    func factors(_ n: Double) -> (alpha: Double, beta: Double) {
      let denominator = 1 + parameters.alpha * (n - 1) + parameters.beta * n * (n - 1)
      return ((n - 1) / denominator, n * (n - 1) / denominator)
    }
    let total = weight
    var mean = (alpha: 0.0, beta: 0.0)
    for level in levels {
      let slope = factors(level.workers)
      mean.alpha += level.weight / total * slope.alpha
      mean.beta += level.weight / total * slope.beta
    }
    var gradient = (alpha: 0.0, beta: 0.0)
    var curvature = (alpha: 0.0, beta: 0.0, mixed: 0.0)
    for level in levels {
      let slope = factors(level.workers)
      let alpha = slope.alpha - mean.alpha
      let beta = slope.beta - mean.beta
      let residual = level.meanLog - parameters.logGamma - shape(parameters, level)
      gradient.alpha += level.weight * alpha * residual
      gradient.beta += level.weight * beta * residual
      curvature.alpha += level.weight * alpha * alpha
      curvature.beta += level.weight * beta * beta
      curvature.mixed += level.weight * alpha * beta
    }
    return (gradient, curvature)
  }
}
