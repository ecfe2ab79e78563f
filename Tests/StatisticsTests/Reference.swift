import Foundation
import Testing

/// What NumPy and SciPy say: Reference/make_reference.py wrote it.
struct Reference: Decodable {
  struct Ranks: Decodable, CustomTestStringConvertible {
    var n: Int
    var confidence: Double
    var lower: Int?
    var upper: Int?

    var testDescription: String { "n = \(n) at \(confidence)" }
  }

  struct Sample: Decodable, CustomTestStringConvertible {
    var name: String
    /// Sorted.
    var values: [Double]
    var probabilities: [Double]
    var quantiles: [Double]
    var mean: Double
    var sd: Double?
    var mad: Double?
    var outliers: Int?

    var testDescription: String { name }
  }

  struct Ratios: Decodable, CustomTestStringConvertible {
    var base: [Double]
    var other: [Double]
    var low: Double
    var high: Double

    var testDescription: String { "\(base.count) pairs" }
  }

  struct Scaling: Decodable, CustomTestStringConvertible {
    struct Fit: Decodable {
      var gamma: Double
      var alpha: Double
      var beta: Double
      /// Residual sum of squares.
      var rss: Double
      var aicc: Double
    }

    var name: String
    var workers: [Int]
    var times: [Double]
    /// By the name of the model.
    var fits: [String: Fit]

    var testDescription: String { name }
  }

  struct Trend: Decodable, CustomTestStringConvertible {
    var values: [Double]
    var rho: Double
    var p: Double

    var testDescription: String { "\(values.count) values, rho \(rho)" }
  }

  struct T975: Decodable {
    var degrees: Int
    var quantile: Double
  }

  var ranks: [Ranks]
  var samples: [Sample]
  var ratios: [Ratios]
  var scaling: [Scaling]
  var trends: [Trend]
  var t975: [T975]

  /// Decoded once; a test target without its reference must not look as if it had passed.
  static let shared: Reference = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/reference.json")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try decoder.decode(Reference.self, from: Data(contentsOf: file))
    } catch {
      fatalError("\(file.path()): \(error)")
    }
  }()
}

/// Equal up to the rounding of a few operations.
func isClose(_ a: Double?, _ b: Double?, within tolerance: Double = 1e-12) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return a == b || abs(a - b) <= tolerance * max(abs(a), abs(b))
}
