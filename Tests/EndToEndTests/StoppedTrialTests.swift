import Foundation
import Model
import Testing

/// A trial that stood still is a failed row, and it is repeated. It is never ok with a time that includes the stop.
struct StoppedTrialTests {
  /// Makes a script that stops some processes for a second, the first time that it is called. `$1` has their ids.
  private func bench() async throws -> Workbench {
    let bench = try Workbench()
    _ = try bench.write(
      "stop.sh",
      """
      if mkdir once 2> /dev/null; then
        setsid sh -c 'sleep 1; kill -CONT $1' - "$1" &
        kill -STOP $1
        sleep 1.2
      fi
      """)
    return bench
  }

  private func expectRepeated(_ bench: Workbench, _ name: String, count: Int = 2) throws {
    let trials = try bench.trials(name)
    #expect(trials.map(\.status) == [.failed] + Array(repeating: .ok, count: count - 1))
    #expect(trials.map(\.attempt).prefix(2) == [1, 2])
    let error = try #require(trials.first?.error)
    #expect(error.wholeMatch(of: /it was stopped (for [0-9.]+ s|while it ran); it is repeated/) != nil, "\(error)")
  }

  /// Of a command: `$PPID` is the process of its worker, and the trial's where workers are threads.
  @Test(arguments: [
    ("threads: { max_workers: 2 }", "$PPID"), ("async: { max_workers: 2 }", "$PPID"),
    ("processes: { max_workers: 2 }", "$PPID"), ("processes: { max_workers: 2, transport: pipe }", "$PPID"),
    // The trial of a worker process, a command, all processes of the trial, the runner, and the embedded server.
    ("processes: { max_workers: 2 }", "$(ps -o ppid= -p $PPID)"), ("threads: { max_workers: 2 }", "$(cat other)"),
    ("threads: { max_workers: 2 }", "$(pgrep -P $PPID) $PPID"), ("sync: {}", "$(ps -o ppid= -p $PPID)"),
    ("sync: {}", "$(pgrep -P $(ps -o ppid= -p $PPID) -f __origin)"),
  ])
  func whoeverIsStopped(strategy: String, target: String) async throws {
    let bench = try await bench()
    // One command is there to be stopped. It tells the other one its id, and waits for it where it is the target.
    let wait = target.contains("other") ? "until [ -e done ]; do sleep 0.02; done" : "sleep 0.2"
    _ = try bench.write(
      "work.sh",
      """
      if [ $1 = 0 ]; then echo $$ > other.new; mv other.new other; \(wait); exit; fi
      if [ $1 = 1 ]; then until [ -e other ]; do sleep 0.01; done; sh stop.sh "\(target)"; touch done; fi
      """)
    _ = try bench.write(
      "stopped.yaml",
      """
      workloads:
        commands: { plugin: command, command: [sh, work.sh, "${task}", "${origin}"], tasks: 2 }
      strategies: { \(strategy) }
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.concrun("stopped.yaml")
    #expect(outcome.exit == 0, "\(outcome.error)")
    try expectRepeated(bench, "stopped")
  }

  @Test(arguments: ["$$", "$(cat other)", "$PPID", "$$ $PPID"]) func aProgramIsStopped(target: String) async throws {
    let bench = try await bench()
    _ = try bench.write(
      "work.sh",
      """
      sh -c 'echo $$ > other.new; mv other.new other; until [ -e done ]; do sleep 0.02; done' &
      until [ -e other ]; do sleep 0.01; done
      sh stop.sh "\(target)"
      touch done
      wait
      """)
    _ = try bench.write(
      "program.yaml", "strategies: { p: { plugin: program, command: [sh, work.sh] } }\ntrials: 2\nwarmup: 0\n")
    #expect(try await bench.concrun("program.yaml").exit == 0)
    try expectRepeated(bench, "program", count: 3)
  }

  @Test func aPluginIsStopped() async throws {
    let bench = try await bench()
    _ = try bench.write(
      "slow.py",
      """
      #!/usr/bin/env python3
      import json, os, subprocess, sys, time
      ask = sys.stdin.readline
      say = lambda **message: print(json.dumps(message), flush=True)
      ask()
      say(type="description", protocol=1, strategies=[{"name": "slow", "workloads": ["null"], "parameters": []}])
      if ask():
          say(type="ready")
          ask()
          start = time.monotonic_ns()
          subprocess.run(["sh", "stop.sh", str(os.getpid())])
          wall = time.monotonic_ns() - start
          say(type="tasks", tasks=[[task, 0, task, task, "ok", 0] for task in range(10)])
          say(type="done", wall_ns=wall, checksum="0000000000000000")
      """)
    _ = try await bench.shell("chmod +x slow.py")
    _ = try bench.write(
      "plugin.yaml",
      """
      plugins: [./slow.py]
      workloads: { null: { tasks: 10 } }
      strategies: { slow: {} }
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.concrun("plugin.yaml")
    #expect(outcome.exit == 0, "\(outcome.error)")
    try expectRepeated(bench, "plugin")
  }

  /// A trial that is still stopped when its time is up isn't one that was too slow.
  @Test(arguments: ["$$", "$PPID"]) func aStopUntilTheLimitIsNoTimeout(target: String) async throws {
    let bench = try Workbench()
    _ = try bench.write("work.sh", "mkdir once 2> /dev/null && kill -STOP \(target); exit 0")
    _ = try bench.write(
      "limit.yaml",
      "strategies: { p: { plugin: program, command: [sh, work.sh] } }\ntrials: 1\nwarmup: 0\ntimeout: 5s\n")
    #expect(try await bench.concrun("limit.yaml").exit == 0)
    try expectRepeated(bench, "limit")
  }

  /// A program that is always stopped ends as a failed trial, and the run goes on.
  @Test func whatIsStoppedAlwaysFails() async throws {
    let bench = try Workbench()
    _ = try bench.write("work.sh", "(sleep 0.5; kill -CONT $$) & kill -STOP $$")
    _ = try bench.write(
      "always.yaml",
      """
      strategies:
        stopped: { plugin: program, command: [sh, work.sh] }
        good: { plugin: program, command: ["true"] }
      baseline: good
      trials: 1
      warmup: 0
      """)
    #expect(try await bench.concrun("always.yaml").exit == 1)
    let trials = try bench.trials("always")
    #expect(trials.count { $0.strategy == "stopped" && $0.status == .failed } == 4)
    #expect(trials.count { $0.strategy == "good" && $0.status == .ok } == 1)
  }
}
