import Model
import Testing

@testable import Statistics

@Suite struct DescriptiveTests {
  @Test(arguments: Reference.shared.samples)
  func quantiles(sample: Reference.Sample) {
    for (p, expected) in zip(sample.probabilities, sample.quantiles) {
      let quantile = quantile(p, ofSorted: sample.values)
      #expect(isClose(quantile, expected), "p = \(p): \(String(describing: quantile)), not \(expected)")
      var generator = SplitMix64(seed: 5)
      var shuffled = generator.permutation(sample.values.count).map { sample.values[$0] }
      #expect(isClose(Quickselect.quantile(p, of: &shuffled), expected), "p = \(p), not sorted")
    }
  }

  @Test(arguments: Reference.shared.samples.filter { $0.values.allSatisfy(\.isFinite) })
  func mean(sample: Reference.Sample) {
    #expect(isClose(Descriptive.mean(sample.values), sample.mean))
  }

  /// A sample far from zero shows the cancellation that a one-pass formula suffers from.
  @Test(arguments: Reference.shared.samples.filter { $0.values.allSatisfy(\.isFinite) })
  func standardDeviation(sample: Reference.Sample) {
    #expect(isClose(Descriptive.standardDeviation(sample.values), sample.sd, within: 1e-9))
  }

  @Test(arguments: Reference.shared.samples)
  func medianAbsoluteDeviation(sample: Reference.Sample) {
    #expect(isClose(Descriptive.medianAbsoluteDeviation(ofSorted: sample.values), sample.mad))
  }

  @Test(arguments: Reference.shared.samples)
  func outliers(sample: Reference.Sample) {
    #expect(Descriptive.outliers(ofSorted: sample.values) == sample.outliers)
  }

  /// The samples are as odd as they are meant to be.
  @Test func theSamplesCoverWhatMatters() {
    let samples = Reference.shared.samples
    #expect(samples.contains { $0.values.count == 1 && $0.sd == nil })
    #expect(samples.contains { ($0.outliers ?? 0) > 1 })
    #expect(samples.contains { $0.outliers == nil && $0.quantiles.contains(.infinity) })
    #expect(samples.contains { Set($0.values).count < $0.values.count })
  }

  @Test func nothingOfNothing() {
    #expect(quantile(0.5, ofSorted: []) == nil)
    #expect(Descriptive.median(ofSorted: []) == nil)
    #expect(Descriptive.mean([]) == nil)
    #expect(Descriptive.standardDeviation([]) == nil)
    #expect(Descriptive.medianAbsoluteDeviation(ofSorted: []) == nil)
    #expect(Descriptive.outliers(ofSorted: []) == nil)
  }
}
