import Foundation
import Model
import Testing

struct InterruptionTests {
  /// Ten trials. The first three end soon; later ones hang until there is a file called `go`. Each starts something that
  /// leaves its process group.
  private func experiment(_ bench: Workbench) throws -> String {
    _ = try bench.write(
      "work.sh",
      """
      echo >> log
      setsid sleep 3600.\(bench.mark) &
      test -e go || test $(wc -l < log) -le 3 || sleep 3600.\(bench.mark)
      true
      """)
    return try bench.write(
      "slow.yaml",
      """
      strategies:
        a: { plugin: program, command: [sh, work.sh] }
        b: { plugin: program, command: [sh, work.sh, b] }
      baseline: a
      trials: 4
      timeout: 1h
      """)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
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
    #expect(before.count == 3)
    let manifest = try String(contentsOfFile: "\(bench.folder)/results/slow/latest/manifest.json", encoding: .utf8)
    #expect(
      manifest.contains("\"interrupted by \([SIGINT: "SIGINT", SIGTERM: "SIGTERM", SIGHUP: "SIGHUP"][signal] ?? "")\""))

    _ = try bench.write("go", "")
    #expect(try await bench.concrun(file, "--resume").exit == 0)
    try expectWhole(bench, beginningWith: before)
    #expect(bench.marked == [])
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
      let isUnderWay = try await bench.eventually { bench.trialsSoFar("slow") >= 3 }
      #expect(isUnderWay)
      kill(pid, SIGKILL)
    }
    #expect(outcome.signal == SIGKILL)
    #expect(try await bench.eventually { bench.marked == [] }, "not even what left its process group")
    let before = try bench.trials("slow")
    _ = try bench.write("go", "")
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
    let outcome = try await bench.concrun(file, "--resume", "--set", "strategies.b.command=[sh, other.sh]")
    #expect(outcome.exit == 65)
    #expect(outcome.error.contains("planned differently"))
  }

  @Test func whatHadNotBegunIsBegun() async throws {
    let bench = try Workbench()
    let file = try experiment(bench)
    _ = try bench.write("zzz.yaml", "workloads: { w: { plugin: 'null' } }\nstrategies: { sync: {} }\ntrials: 2")
    _ = try await bench.concrun([file, "zzz.yaml"]) { pid in
      let isUnderWay = try await bench.eventually { bench.trialsSoFar("slow") >= 3 }
      #expect(isUnderWay)
      kill(pid, SIGINT)
    }
    _ = try bench.write("go", "")
    #expect(try await bench.concrun(file, "zzz.yaml", "--resume").exit == 0)
    #expect(try bench.trials("slow").count == 10)
    #expect(try bench.trials("zzz").count == 3)
  }

  @Test func aDamagedJournalIsTold() async throws {
    let bench = try Workbench()
    _ = try bench.write("quick.yaml", "workloads: { w: { plugin: 'null' } }\nstrategies: { sync: {} }\ntrials: 4")
    #expect(try await bench.concrun("quick.yaml").exit == 0)
    let journal = URL(filePath: "\(bench.folder)/results/quick/latest/journal.jsonl")
    let lines = try String(contentsOf: journal, encoding: .utf8).split(separator: "\n").map(String.init)
    try ([lines[0], "garbage", lines[1], lines[1]] + lines[3...]).map { $0 + "\n" }.joined()
      .write(to: journal, atomically: false, encoding: .utf8)
    let resumed = try await bench.concrun("quick.yaml", "--resume")
    #expect(resumed.error.contains("1 line can't be read"))
    #expect(try bench.trials("quick").count == 5)
    try "garbage\n".write(to: journal, atomically: false, encoding: .utf8)
    #expect(try await bench.concrun("quick.yaml", "--resume").exit == 65)
  }

  /// Killed after its last trial and before its summary, a run is finished by going on.
  @Test func aRunWithoutItsSummaryIsFinished() async throws {
    let bench = try Workbench()
    _ = try bench.write("quick.yaml", "workloads: { w: { plugin: 'null' } }\nstrategies: { sync: {} }\ntrials: 2")
    #expect(try await bench.concrun("quick.yaml").exit == 0)
    let folder = "\(bench.folder)/results/quick/latest"
    let manifest = try String(contentsOfFile: "\(folder)/manifest.json", encoding: .utf8)
    try manifest.replacing("\"completed\"", with: "\"running\"")
      .write(toFile: "\(folder)/manifest.json", atomically: false, encoding: .utf8)
    _ = try await bench.shell("rm \(folder)/summary.csv \(folder)/trials.csv")
    #expect(try await bench.concrun("quick.yaml", "--resume").exit == 0)
    #expect(try bench.trials("quick").count == 3)
    #expect(FileManager.default.fileExists(atPath: "\(folder)/summary.csv"))
    let finished = try String(contentsOfFile: "\(folder)/manifest.json", encoding: .utf8)
    #expect(finished.contains("\"completed\""))
    #expect(finished.components(separatedBy: "\"command_line\"").count == 3, "two sittings")
  }

  @Test func nohupIsObeyed() async throws {
    let bench = try Workbench()
    let file = try experiment(bench)
    let script =
      "$CONCRUN \(file) -q & pid=$!; until test -e log; do sleep 0.01; done; kill -HUP $pid; touch go; wait $pid"
    let outcome = try await bench.shell("nohup bash -c '\(script)'")
    #expect(outcome.exit == 0)
    #expect(try bench.trials("slow").count == 10)
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
