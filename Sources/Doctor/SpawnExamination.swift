internal import OS
internal import Runner
internal import Statistics
internal import Time

/// The measurement of the time from the start of a process to its end.
struct SpawnExamination {
  private static let times = 20

  let run: ReferenceRun

  /// Measures a trial that does nothing, as the runner sees it.
  func trial() throws -> Finding<Double> {
    var times: [Double] = []
    do {
      _ = try run.trials(of: run.plans.empty(trials: Self.times)) { times.append($0) }
    } catch let problem as ReferenceProblem {
      return .unknown("\(problem)")
    }
    return median(of: times).map { .measured($0) } ?? .unknown("no trial ended")
  }

  /// Measures /bin/true, the smallest program there is.
  func program() throws -> Finding<Double> {
    do {
      let null = try Descriptor.null()
      let times = try (0..<Self.times).map { _ in
        try run.interrupts.check()
        let start = MonotonicClock.now()
        var process = try ChildProcess(
          ["/bin/true"], environment: [], standardInput: null, standardOutput: null, standardError: null)
        _ = try process.wait()
        return (MonotonicClock.now() - start).seconds
      }
      return median(of: times).map { .measured($0) } ?? .unknown("it never ended")
    } catch let error as SystemError {
      return .unknown("\(error)")
    }
  }
}
