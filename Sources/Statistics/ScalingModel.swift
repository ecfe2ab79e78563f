internal import Glibc

/// How throughput X depends on the number of workers N: X(N) = γN / (1 + α(N − 1) + βN(N − 1)).
///
/// Gunther's Universal Scalability Law (Guerrilla Capacity Planning, 2007): γ is what one worker does, α what workers
/// wait for each other (contention), β what they have to agree about (coherency). Amdahl's law has β = 0; linear
/// scaling has α = β = 0.
package enum ScalingModel: String, Sendable, CaseIterable {
  case linear, amdahl, usl

  /// γ, α, β as far as the model has them, and the variance.
  var parameterCount: Int {
    switch self {
    case .linear: 2
    case .amdahl: 3
    case .usl: 4
    }
  }
}

/// What a model's parameters are.
struct ScalingParameters: Hashable {
  /// The logarithm of γ.
  var logGamma = 0.0
  var alpha = 0.0
  var beta = 0.0

  /// Where X is largest: √((1 − α) / β), and not below one worker; infinite where more workers never do harm.
  var peak: Double { beta > 0 ? max(1, ((1 - alpha) / beta).squareRoot()) : .infinity }
}

/// Throughputs at some levels of workers, as a fit sees them: logarithms, averaged.
struct ScalingPoints {
  struct Level {
    let workers: Double
    fileprivate let logWorkers: Double
    /// How many trials, or how often they were drawn.
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
  /// Σ of the squared deviations of the trials from their level's mean: no model explains these.
  var withinLevels = 0.0

  var weight: Double { levels.reduce(0) { $0 + $1.weight } }

  /// The least squares of the logarithms' residuals.
  ///
  /// - Parameters:
  ///   - start: near the result, if that is known.
  ///   - tolerance: it is enough if a step changes α and β by less, relative.
  func fit(
    _ model: ScalingModel, near start: ScalingParameters? = nil, within tolerance: Double = 1e-12
  ) -> (parameters: ScalingParameters, rss: Double) {
    guard model != .linear else { return evaluate(ScalingParameters()) }
    return descend(model, from: start ?? bestOfGrid(model), within: tolerance)
  }

  /// γ follows from α and β: it is linear in the logarithms.
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

  /// Levenberg's and Marquardt's method for α and β within 0 ≤ α ≤ 1, 0 ≤ β.
  private func descend(
    _ model: ScalingModel, from start: ScalingParameters, within tolerance: Double
  ) -> (parameters: ScalingParameters, rss: Double) {
    var best = evaluate(start)
    var damping = 1e-3
    for _ in 0..<200 {
      var (gradient, curvature) = slopes(best.parameters)
      // What is at its bound, and would leave it, stays.
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

  /// The halves of the first derivatives of the residuals' squares, and of their second ones without the residuals'.
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
