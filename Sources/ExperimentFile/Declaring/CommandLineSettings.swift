internal import Model
internal import Quantities

/// A setting that the command line can set as a file can, within the same bounds.
package enum CountSetting: Sendable {
  case trials, warmup, seed

  private var schema: ParameterSchema {
    switch self {
    case .trials: FileSettings.trials
    case .warmup: FileSettings.warmup
    case .seed: FileSettings.seed
    }
  }

  /// Says why a number can't be the value of this setting; `nil` if it can.
  package func objection(to value: Int) -> String? {
    if let minimum = schema.minimum, Double(value) < minimum {
      return "--\(schema.name) must be at least \(String(shortest: minimum))"
    }
    if let maximum = schema.maximum, Double(value) > maximum {
      return "--\(schema.name) must be at most \(String(shortest: maximum))"
    }
    return nil
  }
}

/// Reads the time limit of a trial from the command line, in seconds; `nil` if it isn't one that a file could have.
package func timeoutOption(_ text: String) -> Double? {
  let schema = FileSettings.timeout
  guard let seconds = try? Quantity.duration(text), let low = schema.minimum, let high = schema.maximum else {
    return nil
  }
  return (low...high).contains(seconds) ? seconds : nil
}

/// Reads a share from the command line, as a file would have it: `5%` or `0.05`.
package func shareOption(_ text: String) -> Double? { try? Quantity.share(text) }
