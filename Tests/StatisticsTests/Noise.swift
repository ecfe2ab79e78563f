import Foundation
import Model

/// Lognormal times with 3 % noise; some take twice as long.
struct Noise {
  var generator: SplitMix64

  /// The share of times that are twice as long.
  var spikes: Double

  init(seed: UInt64, spikes: Double = 0.1) {
    generator = SplitMix64(seed: seed)
    self.spikes = spikes
  }

  mutating func time() -> Double {
    let spike = uniform() <= spikes ? 2.0 : 1
    return spike * exp(0.03 * normal())
  }

  /// Box & Muller, 1958.
  mutating func normal() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }

  /// In (0, 1].
  mutating func uniform() -> Double { Double((generator.next() >> 11) + 1) / Double(UInt64(1) << 53) }
}
