import Foundation
import Model
import Testing

struct InterruptionTests {
  /// Some trials, each of which takes a while and has a process with the bench's mark.
  private func experiment(_ bench: Workbench) throws -> String {
    try bench.write(
      "slow.yaml",
      """
      strategies:
        a: { plugin: program, command: [sh, -c, "setsid sleep 0.1\(bench.mark) & sleep 0.1\(bench.mark)"] }
        b: { plugin: program, command: [sleep, "0.1\(bench.mark)"] }
      baseline: a
      trials: 4
      """)
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func stopsAtOnceAndGoesOnLater(signal: Int32) async throws {
    let bench = try Workbench()
    let file = try experiment(bench)
    let outcome = try await bench.concrun([file]) { pid in
      let isUnderWay = try await bench.eventually { bench.trialsSoFar("slow") >= 3 }
      #expect(isUnderWay)
      kill(pid, signal)
    }
    #expect(outcome.exit == 128 + signal)
    #expect(outcome.error.contains("--resume goes on"))
    #expect(bench.marked == [])
    let before = try bench.trials("slow")
    #expect((3..<10).contains(before.count))
    let manifest = try String(contentsOfFile: "\(bench.folder)/results/slow/latest/manifest.json", encoding: .utf8)
    #expect(manifest.contains("\"interrupted by \(signal == SIGINT ? "SIGINT" : "SIGTERM")\""))

    #expect(try await bench.concrun(file, "--resume").exit == 0)
    try expectWhole(bench, beginningWith: before)
    let again = try await bench.concrun(file, "--resume")
    #expect(again.exit == 0)
    #expect(again.error.contains("nothing to go on with"))
  }

  private func expectWhole(_ bench: Workbench, beginningWith before: [Trial]) throws {
    let after = try bench.trials("slow")
    #expect(Array(after.prefix(before.count)) == before)
    #expect(after.count == 10)
    #expect(Set(after.map { "\($0.cellID) \($0.block) \($0.trial)" }).count == 10)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(bench.folder)/results/slow").count == 2,
      "one run, and latest")
  }

  @Test func evenAKilledRunnerLeavesNothingBehind() async throws {
    let bench = try Workbench()
    let file = try experiment(bench)
    let outcome = try await bench.concrun([file]) { pid in
      let isUnderWay = try await bench.eventually { bench.trialsSoFar("slow") >= 2 }
      #expect(isUnderWay)
      kill(pid, SIGKILL)
    }
    #expect(outcome.signal == SIGKILL)
    // What left its process group and its parents lives on for its tenth of a second: nobody is left to end it.
    #expect(try await bench.eventually { bench.marked == [] })
    let before = try bench.trials("slow")
    #expect(try await bench.concrun(file, "--resume").exit == 0)
    try expectWhole(bench, beginningWith: before)
  }

  @Test func anotherPlanIsNotGoneOnWith() async throws {
    let bench = try Workbench()
    let file = try experiment(bench)
    _ = try await bench.concrun([file]) { pid in
      let isUnderWay = try await bench.eventually { bench.trialsSoFar("slow") >= 1 }
      #expect(isUnderWay)
      kill(pid, SIGINT)
    }
    let outcome = try await bench.concrun(file, "--resume", "--set", "strategies.b.command=[sleep, '0']")
    #expect(outcome.exit == 65)
    #expect(outcome.error.contains("planned differently"))
  }

  /// A whole run can be made longer: the trials that it has stay, and those that are missing come.
  @Test func moreTrialsAreMissingTrials() async throws {
    let bench = try Workbench()
    _ = try bench.write("quick.yaml", "workloads: { w: { plugin: 'null' } }\nstrategies: { sync: {} }\ntrials: 2")
    #expect(try await bench.concrun("quick.yaml").exit == 0)
    let before = try bench.trials("quick")
    #expect(before.count == 3)
    #expect(try await bench.concrun("quick.yaml", "--resume", "--trials", "5").exit == 0)
    let after = try bench.trials("quick")
    #expect(after.count == 6)
    #expect(Array(after.prefix(3)) == before)
  }
}
