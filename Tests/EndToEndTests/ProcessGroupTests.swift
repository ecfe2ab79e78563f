import Foundation
import Model
import Testing

/// A process that signals its own process group (`kill 0`) hits itself, and nothing else of the run.
struct ProcessGroupTests {
  /// One of six commands at once kills its group. The others, their workers, the trial and the runner live on.
  @Test func aCommandThatKillsItsGroupIsOneFailedTask() async throws {
    let bench = try Workbench()
    _ = try bench.write("kill.sh", "if [ $1 = 2 ]; then kill -9 0; fi; sleep 0.2")
    _ = try bench.write(
      "kill.yaml",
      """
      workloads:
        deadly: { plugin: command, command: [sh, kill.sh, "${task}"], tasks: 6 }
      strategies:
        sync:
        threads: { max_workers: 6 }
        tasks: { max_workers: 6 }
        async: { max_workers: 6 }
        dispatch: { max_workers: 6 }
        shared: { plugin: processes, max_workers: 6 }
        pipe: { plugin: processes, max_workers: 6, transport: pipe }
      trials: 1
      warmup: 0
      """)
    #expect(try await bench.concrun("kill.yaml").exit == 1)
    let trials = try bench.trials("kill")
    #expect(trials.count == 7)
    for trial in trials {
      #expect(trial.status == .failed && trial.tasksOK == 5 && trial.tasksFailed == 1, "\(trial)")
      #expect(trial.error == "1 of 6 tasks failed: task 2: error: sh: killed by SIGKILL")
    }
  }

  /// A worker whose group is killed is the only one that dies.
  @Test(arguments: ["shared", "pipe"]) func aWorkerHasAGroupOfItsOwn(transport: String) async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "kill.sh", "if [ $1 = 0 ]; then kill -9 -$(ps -o pgid= -p $PPID | tr -d ' '); sleep 60; fi; sleep 0.05")
    _ = try bench.write(
      "worker.yaml",
      """
      workloads:
        deadly: { plugin: command, command: [sh, kill.sh, "${task}"], tasks: 8 }
      strategies:
        processes: { max_workers: 4, transport: \(transport) }
      trials: 1
      warmup: 0
      """)
    #expect(try await bench.concrun("worker.yaml").exit == 1)
    let trial = try #require(try bench.trials("worker").first)
    #expect(trial.status == .crashed)
    #expect(trial.error?.contains("worker process") == true, "the trial itself lives: \(trial.error ?? "")")
    #expect(trial.error?.contains("killed by SIGKILL, in task 0") == true)
    #expect((trial.tasksOK ?? 0) >= 6, "three workers go on")
  }

  @Test(arguments: ["prepare", "run"]) func aPluginThatKillsItsGroupIsOneRow(moment: String) async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "deadly.py",
      """
      #!/usr/bin/env python3
      import json, os, signal, sys
      sys.stdin.readline()
      print(json.dumps({"type": "description", "protocol": 1, "strategies": [
          {"name": "deadly", "workloads": ["null"], "parameters": []}]}), flush=True)
      if sys.stdin.readline():
          if "\(moment)" == "run":
              print(json.dumps({"type": "ready"}), flush=True)
              sys.stdin.readline()
          os.kill(0, signal.SIGKILL)
      """)
    _ = try await bench.shell("chmod +x deadly.py")
    _ = try bench.write(
      "plugin.yaml",
      """
      plugins: [./deadly.py]
      workloads: { null: {} }
      strategies: { sync: {}, deadly: {} }
      trials: 2
      warmup: 0
      """)
    #expect(try await bench.concrun("plugin.yaml").exit == 1)
    let trials = try bench.trials("plugin")
    #expect(trials.count { $0.strategy == "sync" && $0.status == .ok } == 2)
    let deadly = trials.filter { $0.strategy == "deadly" }
    #expect(deadly.count == 2)
    for trial in deadly {
      #expect(trial.status == .crashed)
      let expected = moment == "run" ? "done" : "ready"
      #expect(trial.error?.hasSuffix("killed by SIGKILL before it said '\(expected)'") == true, "\(trial.error ?? "")")
    }
  }

  @Test func aPluginThatKillsItsGroupWhenItIsAskedIsAMessage() async throws {
    let bench = try Workbench()
    _ = try bench.write("deadly.sh", "#!/bin/sh\nread question\nkill -9 0\n")
    _ = try await bench.shell("chmod +x deadly.sh")
    _ = try bench.write("x.yaml", "plugins: [./deadly.sh]\nworkloads: { null: {} }\nstrategies: { deadly: {} }\n")
    let outcome = try await bench.concrun("check", "x.yaml")
    #expect(outcome.exit == 69)
    #expect(outcome.error.contains("killed by SIGKILL before it said 'description'"), "\(outcome.error)")
  }

  @Test func aProgramOrHookThatKillsItsGroupIsOneRow() async throws {
    let bench = try Workbench()
    _ = try bench.write("once.sh", "if mkdir $1; then kill -9 0; fi")
    _ = try bench.write(
      "mixed.yaml",
      """
      strategies:
        deadly: { plugin: program, command: [sh, -c, "kill -9 0"] }
        good: { plugin: program, command: ["true"] }
      baseline: good
      trials: 3
      warmup: 0
      hooks: { before_trial: [sh, once.sh, before], after_trial: [sh, once.sh, after] }
      """)
    #expect(try await bench.concrun("mixed.yaml").exit == 1)
    let trials = try bench.trials("mixed")
    #expect(trials.count == 6)
    #expect(trials.count { $0.error?.contains("hook before_trial: killed by SIGKILL") == true } == 1)
    #expect(trials.filter { $0.strategy == "deadly" }.allSatisfy { $0.status != .ok })
    #expect(trials.count { $0.strategy == "good" && $0.status == .ok } >= 1)
  }

  /// What commands leave behind in groups and sessions of their own is found by descent.
  @Test(arguments: ["threads: { max_workers: 2 }", "processes: { max_workers: 2 }"])
  func whatCommandsLeaveBehindIsKilled(strategy: String) async throws {
    let bench = try Workbench()
    let marked = "sleep 3600.\(bench.mark)"
    _ = try bench.write(
      "leave.sh", "setsid sh -c '\(marked) & \(marked)' & (\(marked) &) ; if [ $1 = 3 ]; then \(marked); fi")
    _ = try bench.write(
      "leave.yaml",
      """
      workloads:
        short: { plugin: command, command: [sh, leave.sh, "${task}"], tasks: 3 }
        hanging: { plugin: command, command: [sh, leave.sh, "${task}"], tasks: 4 }
      strategies: { \(strategy) }
      trials: 1
      warmup: 0
      timeout: 5s
      """)
    #expect(try await bench.concrun("leave.yaml").exit == 1)
    #expect(bench.marked == [])
    let statuses = Dictionary(grouping: try bench.trials("leave"), by: \.workload).mapValues { $0.map(\.status) }
    #expect(statuses == ["short": [.ok], "hanging": [.timeout]])
  }
}
