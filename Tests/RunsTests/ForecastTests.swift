import Model
import Runs
import TestFiles
import Testing

/// How long a run may take, by an earlier one.
struct ForecastTests {
  @Test func withoutARunNothingIsKnown() throws {
    let forecast = Forecast(plan: plan(), output: try TemporaryFolder().path)
    #expect(forecast.knownCells == 0)
    #expect(forecast.unknownCells == 3)
    #expect(forecast.runID == nil)
  }

  /// Ten blocks and a warm-up of three cells, a hundredth of a second around each trial.
  @Test func theLatestRunTells() throws {
    let folder = try TemporaryFolder()
    let path = try write(plan(), to: folder) { Double($0 + 1) }
    let forecast = Forecast(plan: plan(), output: folder.path)
    #expect(forecast.knownCells == 3)
    #expect(path.hasSuffix(try #require(forecast.runID)))
    #expect(abs(forecast.seconds.lowerBound - 11 * 6.03) < 1e-9)
    #expect(forecast.seconds.upperBound == forecast.seconds.lowerBound)
  }

  @Test func cellsThatAreNewAreUnknown() throws {
    let folder = try TemporaryFolder()
    _ = try write(plan { $0.cells.removeLast() }, to: folder)
    let open = plan {
      $0.settings.maxTrials = 20
      $0.settings.precision = 0.05
      $0.settings.budget = 60
    }
    let forecast = Forecast(plan: open, output: folder.path)
    #expect(forecast.knownCells == 2)
    #expect(forecast.unknownCells == 1)
    #expect(forecast.seconds.upperBound > 1.8 * forecast.seconds.lowerBound)
    #expect(forecast.budget == 60)
  }
}
