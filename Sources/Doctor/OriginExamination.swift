internal import HTTP
internal import Model
internal import OS
internal import OriginControl

/// The measurement of the embedded server's rate, with concrun's own client, over loopback and without latency.
struct OriginExamination {
  /// The seconds that the measured trial shall take.
  private static let duration = 0.6
  /// The requests of a first trial, which estimates the rate.
  private static let probe = 2_000

  let run: ReferenceRun

  /// Measures the rate of answers, in requests a second.
  func requestsPerSecond() throws -> Finding<Double> {
    do {
      try Libcurl.load()
      let host = try OriginHost(for: run.plans.downloads(Self.probe))
      defer { host.stop() }
      let first = try rate(Self.probe, host)
      return .measured(try rate(max(Self.probe, Int(first * Self.duration)), host))
    } catch let error as LibcurlError {
      return .unknown("\(error)")
    } catch let error as OriginHostError {
      return .unknown("\(error)")
    } catch let error as ReferenceProblem {
      return .unknown("\(error)")
    }
  }

  private func rate(_ requests: Int, _ host: OriginHost) throws -> Double {
    guard
      let rate = try run.trials(of: run.plans.downloads(requests), origin: host).first?
        .measures[.tasksPerSecond]
    else { throw ReferenceProblem(description: "no rate was measured") }
    return rate
  }
}
