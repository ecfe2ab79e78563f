import Doctor
import Model
import OS
import Reports
import Statistics
import TestFiles
import Testing

/// Every warning in words, beside each other.
struct WarningWordsTests {
  private let cells = ["web/threads/max_workers=4", "web/async"]

  @Test func warningsOfRuns() throws {
    let warnings: [RunWarning] = [
      .sequential, .outliers(count: 3, trials: 60), .tooFewTrials(cells, fewest: 0), .tooFewTrials(cells, fewest: 5),
      .oversubscribed(cells, cores: 1.5), .clientSaturated(cells), .coarseClock(cells, step: 1e-6),
      .recordingCosts(cells), .observedDiffers(["web/sync"], by: 0.062), .observedDiffers(cells, by: 2.345),
      .idleWorkers(cells), .rateLimited(cells), .overloaded(cells), .originSaturated(cells),
      .originDiffers(cells, "block 1, trial 1: 11 requests came in, 10 were made"), .originSilent(trials: 1),
    ]
    let text = warnings.map { $0.text + "\n" }.joined()
    #expect(try text == golden("run_warnings.txt", text))
    #expect(Set(warnings.map(\.text)).count == warnings.count)
  }

  @Test func warningsOfMachines() throws {
    let warnings: [MachineWarning] = [
      .cpuQuota(1.5, cpus: 4), .governors(["powersave"]), .turbo, .otherLoad(cpus: 0.52, average: 1.2),
      .otherLoad(cpus: 2, average: nil), .stolenTime(0.031), .fewOpenFiles(1024),
      .fewProcesses(Limit(512, "RLIMIT_NPROC")), .fewProcesses(Limit(512, "pids.max")),
      .fewProcesses(Limit(512, "kernel.pid_max")), .fewPorts(50_000...51_000),
      .slowClock(source: "hpet", reading: 1.2e-6),
    ]
    let text = warnings.map { "\($0.name): \($0.problem)\n  \($0.advice)\n" }.joined()
    #expect(try text == golden("machine_warnings.txt", text))
  }
}
