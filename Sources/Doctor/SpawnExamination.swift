internal import OS
internal import Runner
internal import Statistics
internal import Time

/// What starting a process and seeing it end takes.
struct SpawnExamination {
  private static let times = 20

  let run: ReferenceRun

  /// A trial that does nothing, as the runner sees it.
  func trial() throws -> Finding<Double> {
    var times: [Double] = []
    do {
      _ = try run.trials(of: run.plans.empty(trials: Self.times)) { times.append($0) }
    } catch let problem as ReferenceProblem {
      return .unknown("\(problem)")
    }
    return median(of: times).map { .measured($0) } ?? .unknown("no trial ended")
  }

  /// The smallest program that there is.
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
