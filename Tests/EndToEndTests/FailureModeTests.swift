import Model
import Testing

/// Every failure mode is a row, an exit status and a sentence; the run goes on.
struct FailureModeTests {
  @Test func fiveMistakesAreFiveLocatedErrors() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "bad.yaml",
      """
      workloads:
        squares: { plugin: sum_of_square, count: 20 }
        naps: { plugin: sleep, duration: 5 }
      strategies:
        sync:
        threads: { max_worker: [1, 2] }
        processes: { max_workers: 0x10 }
      basline: sync
      """)
    let outcome = try await bench.concrun("bad.yaml")
    #expect(outcome.exit == 65)
    #expect(outcome.output == "")
    #expect(
      outcome.error == """
        bad.yaml:2:22: error: unknown workload 'sum_of_square'
          2 |   squares: { plugin: sum_of_square, count: 20 }
            |                      ^~~~~~~~~~~~~ did you mean 'sum_of_squares'?
        bad.yaml:3:36: error: 'duration' must be a duration: '5' is a duration without a unit
          3 |   naps: { plugin: sleep, duration: 5 }
            |                                    ^ write 5s, or 5ms
        bad.yaml:6:14: error: unknown key 'max_worker' for strategy 'threads'
          6 |   threads: { max_worker: [1, 2] }
            |              ^~~~~~~~~~ did you mean 'max_workers'?
        bad.yaml:7:29: error: 'max_workers' must be an integer: '0x10' isn't a decimal number
          7 |   processes: { max_workers: 0x10 }
            |                             ^~~~ write 16
        bad.yaml:8:1: error: unknown key 'basline'
          8 | basline: sync
            | ^~~~~~~ did you mean 'baseline'?
        5 errors

        """)
    #expect(try await bench.shell("ls results").exit != 0, "nothing was run")
  }

  @Test func programsThatFailAreRowsAndTheRunGoesOn() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "fail.yaml",
      """
      strategies:
        good: { plugin: program, command: ["true"] }
        three: { plugin: program, command: [sh, -c, "echo oh, no >&2; exit 3"] }
        segv: { plugin: program, command: [sh, -c, "kill -SEGV $$"] }
        absent: { plugin: program, command: [no-such-program-\(bench.mark)] }
        hang: { plugin: program, command: [sh, -c, "setsid sleep 3600.\(bench.mark) & sleep 3600.\(bench.mark)"] }
      baseline: good
      trials: 1
      warmup: 0
      timeout: 10s
      """)
    let outcome = try await bench.concrun("fail.yaml")
    #expect(outcome.exit == 1)
    let trials = try bench.trials("fail")
    #expect(trials.count == 5)
    func rows(_ strategy: String) -> [Trial] { trials.filter { $0.strategy == strategy } }
    #expect(rows("good").allSatisfy { $0.status == .ok && $0.error == nil })
    #expect(rows("three").allSatisfy { $0.status == .failed && $0.error == "sh: exit status 3: oh, no" })
    #expect(rows("segv").allSatisfy { $0.status == .failed && $0.error == "sh: killed by SIGSEGV" })
    #expect(
      rows("absent").allSatisfy { $0.status == .failed && $0.error?.hasSuffix("No such file or directory") == true })
    #expect(
      rows("hang").allSatisfy { $0.status == .timeout && $0.error == "not done after 10 s: 0 of 1 tasks were done" })
    #expect(rows("hang").allSatisfy { $0.measures[.wall] == nil })
    #expect(bench.marked == [], "the hanging command and what it started are gone")
    #expect(outcome.error.contains("program/hang"))
  }

  @Test func whatAProgramLeavesBehindIsKilled() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "daemon.yaml",
      """
      strategies: { daemon: { plugin: program, command: [sh, leave.sh] } }
      trials: 30
      """)
    _ = try bench.write(
      "leave.sh",
      """
      pgrep -f '[s]leep 3600.\(bench.mark)' && exit 7
      setsid sh -c 'sleep 3600.\(bench.mark) & sleep 3600.\(bench.mark)' &
      (sleep 3600.\(bench.mark) &)
      sleep 0.01
      """)
    #expect(try await bench.concrun("daemon.yaml").exit == 0, "no trial meets what another one left")
    #expect(bench.marked == [])
    #expect(try bench.trials("daemon").count == 31)
  }

  @Test(arguments: [
    (["nowhere.yaml"], 66, "there is no such file"), (["chek", "x"], 66, "did you mean 'concrun check'?"),
    (["run"], 64, "Missing the path"),
    (["--trials", "0", "x"], 64, "--trials"),
    (["--timeout", "soon", "x"], 64, "--timeout"), (["--timeout", "1e9h", "x"], 64, "--timeout"),
    (["-o", "", "x"], 64, "--output"), (["--only", "x~1", "x"], 64, "--only"),
    (["summary", "nowhere"], 66, "no such run"),
    (["plugins", "thread"], 64, "did you mean 'threads'?"), (["--frobnicate", "x"], 64, "frobnicate"),
  ])
  func wrongCallsHaveTheirExitStatus(arguments: [String], status: Int32, words: String) async throws {
    let outcome = try await Workbench().concrun(arguments) { _ in }
    #expect(outcome.exit == status)
    #expect(outcome.error.contains(words))
    #expect(outcome.output == "")
  }

  @Test func resultsThatCanNotBeWritten() async throws {
    let bench = try Workbench()
    _ = try bench.write("a.yaml", "workloads: { w: { plugin: 'null' } }\nstrategies: { sync: {} }")
    _ = try bench.write("file", "")
    let blocked = try await bench.concrun("a.yaml", "-o", "file/results")
    #expect(blocked.exit == 73)
    #expect(blocked.error.contains("can't write file/results/a"))
    // A disk without room: what is written to /dev/full is lost.
    #expect(try await bench.shell("$CONCRUN plan a.yaml > /dev/full").exit == 73)
  }

  @Test func missingStandardDescriptorsDoNotBecomeResults() async throws {
    let bench = try Workbench()
    _ = try bench.write("a.yaml", "workloads: { w: { plugin: 'null' } }\nstrategies: { sync: {} }\ntrials: 2")
    #expect(try await bench.shell("$CONCRUN a.yaml <&- >&- 2>&-").exit == 0)
    #expect(try bench.trials("a").count == 3)
  }

  @Test func numbersAtTheEdgeAreNumbers() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "edge.yaml",
      """
      strategies:
        echo:
          plugin: program
          command: [printf, '-9223372036854775808\\nz=7\\n']
          metrics: { low: '(-?\\d+)', z: '^z=(\\d+)$', gone: 'x(y)' }
      trials: 1
      warmup: 0
      """)
    #expect(try await bench.concrun("edge.yaml").exit == 1)
    let trial = try bench.trials("edge")[0]
    #expect(trial.error == "metric 'gone': 'x(y)' matches nothing in the output")
    #expect(trial.metrics == [nil, -0x1p63, 7], "what was read is kept")
  }

  @Test func aReaderThatLeavesIsNoError() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "big.yaml",
      """
      variables: { a: { from: 1, to: 5000, step: 1 } }
      workloads: { w: { plugin: sleep, tasks: "${a}" } }
      strategies: { sync: }
      """)
    let outcome = try await bench.shell("$CONCRUN plan big.yaml | head -n 1; test ${PIPESTATUS[0]} = 0")
    #expect(outcome.exit == 0)
    #expect(outcome.output == "big: 5,000 cells, 55,000 trials\n")
    #expect(outcome.error == "")
  }
}
