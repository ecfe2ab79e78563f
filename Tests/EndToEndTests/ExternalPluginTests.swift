import Foundation
import MarkedText
import Model
import Testing

/// Plugins in programs of their own, and what becomes of a run when they don't keep to the conversation.
struct ExternalPluginTests {
  private static let plugin = "\(repository)/Tests/EndToEndTests/Plugins/misbehaving.py"

  private func experiment(_ ways: [String], timeout: String, env: String = "", on bench: Workbench) throws -> String {
    try bench.write(
      "x.yaml",
      """
      plugins: [\(Self.plugin)]
      env: { MARK: "\(bench.mark)"\(env) }
      workloads:
        null: { tasks: 10 }
      strategies:
        sync:
        misbehaving: { way: [\(ways.joined(separator: ", "))] }
      trials: 2
      warmup: 0
      timeout: \(timeout)
      """)
  }

  private func verdicts(_ bench: Workbench) throws -> [String: [Trial]] {
    Dictionary(grouping: try bench.trials("x")) { trial in
      trial.cellID.split(separator: "way=").last.map(String.init) ?? trial.cellID
    }
  }

  /// What goes wrong at once, or is seen when it is done.
  static let ways: [String: (status: TrialStatus, words: String)] = [
    "none": (.ok, ""), "leaves_children": (.ok, ""),
    "bad_json": (.failed, "bad message, it isn't JSON: { this isn't JSON"),
    "early_exit": (.crashed, "exit status 0 before it said 'ready'"),
    "exit_status": (.crashed, "exit status 3 before it said 'ready': no such luck"),
    "segfault": (.crashed, "killed by SIGSEGV before it said 'ready'"),
    "crash_in_run": (.crashed, "killed by SIGSEGV before it said 'done'"),
    "closes_output": (.crashed, "it closed its standard output before it said 'ready'"),
    "flood": (.failed, "a message of more than 16777216 bytes"),
    "out_of_turn": (.failed, "'done' came where 'ready' was expected"),
    "unknown_type": (.failed, "unknown message type 'dance'"),
    "error": (.failed, "the moon is in the wrong house"),
    "task_twice": (.failed, "it reports task 2 twice"),
    "task_missing": (.failed, "it reports 9 of 10 tasks: task 3 is missing"),
    "task_out_of_range": (.failed, "it reports task 10, and there are 10 tasks"),
    "worker_out_of_range": (.failed, "task 3 was done by worker 2"),
    "times_reversed": (.failed, "task 3 began at 3500 ns and ended at 3000 ns"),
    "ends_after_the_run": (.failed, "task 3 ended at 1000000000000 ns, and only "),
    "failing_tasks": (.failed, "2 of 10 tasks failed: task 3: the cat sat on it"),
    "no_checksum": (.failed, "it gives no checksum"),
    "overlapping": (.failed, "worker 1 began task 3 at 1000 ns, before it ended task 1 at 1500 ns"),
    "too_many_bytes": (.failed, "task 3 has 4611686018427387904 bytes"),
    "negative_usage": (.failed, "cpu_user_ns is -1"),
    "bad_checksum": (.failed, "the checksum '+000000000000000' isn't 16 hexadecimal digits"),
    "not_utf8": (.failed, "it isn't UTF-8"),
    "longer_than_seen": (.failed, "it says that the run took 1000000000000 ns, and it was done after "),
    "wrong_checksum": (.wrong, "checksum 0000000000000001 instead of 0000000000000000"),
    "never_ends": (.crashed, "it didn't end within 3 s when its standard input was closed"),
    "bad_end": (.crashed, "exit status 4, after it was done"),
  ]

  /// The kernel knows what the plugin doesn't say.
  @Test func usageMayHaveSomeOfItsFields() async throws {
    let bench = try Workbench()
    let file = try experiment(["partial_usage"], timeout: "300s", on: bench)
    let outcome = try await bench.concrun(file, "--quiet")
    #expect(outcome.exit == 0, "\(outcome.error)")
    for trial in try #require(try verdicts(bench)["partial_usage"]) {
      #expect(trial.status == .ok)
      #expect(trial.measures[.voluntarySwitches] == 7)
      #expect(trial.measures[.maxProcessRSS] == 123_456_789)
      #expect(trial.measures[.cpuUser] != nil)
      #expect(trial.measures[.involuntarySwitches] != nil)
      #expect(trial.measures[.cpuUtilization] != nil)
    }
  }

  @Test func whateverItDoesWrongTheRunHasAllItsOtherRows() async throws {
    let bench = try Workbench()
    let file = try experiment(Self.ways.keys.sorted(), timeout: "300s", on: bench)
    let outcome = try await bench.concrun(file, "--quiet")
    #expect(outcome.exit == 1, "\(outcome.error)")
    let verdicts = try verdicts(bench)
    #expect(verdicts["null/sync"]?.count(where: { $0.status == .ok }) == 2)
    for (way, expected) in Self.ways {
      let trials = try #require(verdicts[way], "\(way)")
      #expect(trials.count == 2)
      for trial in trials {
        #expect(trial.status == expected.status, "\(way): \(trial.status) \(trial.error ?? "")")
        #expect(trial.error?.contains(expected.words) ?? expected.words.isEmpty, "\(way): \(trial.error ?? "")")
      }
    }
    let good = try #require(verdicts["none"]?.first)
    #expect(good.tasksOK == 10 && good.workers == 2 && good.measures[.wall] == 1e-5)
    #expect(good.measures[.cpuUser] != nil && (good.measures[.maxProcessRSS] ?? 0) > 1e6)
    #expect(bench.marked.isEmpty, "what a plugin leaves running ends with its trial")
  }

  @Test func silenceAndFloodsEndInTime() async throws {
    let bench = try Workbench()
    let ways = ["silence", "silent_run", "flood_of_errors", "flood_of_tasks"]
    let outcome = try await bench.concrun(try experiment(ways, timeout: "8s", on: bench), "--quiet", "--trials", "1")
    #expect(outcome.exit == 1)
    let verdicts = try verdicts(bench)
    #expect(verdicts["null/sync"]?.first?.status == .ok)
    for way in ways {
      let trial = try #require(verdicts[way]?.first)
      #expect(trial.status == .timeout, "\(way): \(trial.error ?? "")")
    }
    #expect(verdicts["silence"]?.first?.error == "not ready after 8 s")
    #expect(verdicts["silent_run"]?.first?.error == "not done after 8 s")
  }

  @Test(arguments: [
    ("wrong_protocol", "it speaks protocol 2, and this concrun speaks 1"),
    ("other_strategy", "it doesn't offer 'misbehaving' any more"),
  ])
  func whatItSaysOfItselfInATrial(early: String, words: String) async throws {
    let bench = try Workbench()
    let file = try experiment(["none"], timeout: "300s", env: ", EARLY: \(early)", on: bench)
    #expect(try await bench.concrun(file, "--quiet").exit == 1)
    let verdicts = try verdicts(bench)
    #expect(verdicts["null/sync"]?.allSatisfy { $0.status == .ok } == true)
    #expect(verdicts["none"]?.allSatisfy { $0.status == .failed && $0.error?.hasSuffix(words) == true } == true)
  }

  @Test func parametersAreCheckedAsBuiltInOnesAre() async throws {
    let bench = try Workbench()
    _ = try await bench.shell("mkdir plugins && cp \(Self.plugin) plugins/")
    let text = MarkedText(
      """
      workloads:
        null: { tasks: 10 }
      strategies:
        sync:
        misbehaving: { way: «nome», «max_worker»: 3, max_workers: 0 }
      """)
    let outcome = try await bench.concrun("check", try bench.write("x.yaml", text.text))
    #expect(outcome.exit == 65)
    let places = text.places(in: "x.yaml")
    #expect(outcome.error.contains("\(places[0]): error: 'way' must be one of none, bad_json"))
    #expect(outcome.error.contains("did you mean 'none'?"))
    #expect(outcome.error.contains("\(places[1]): error: unknown key 'max_worker' for strategy 'misbehaving'"))
    #expect(outcome.error.contains("'max_workers' must be at least 1"))
  }

  @Test func whatAPluginCanNotDoIsLeftOutOrAnError() async throws {
    let bench = try Workbench()
    _ = try await bench.shell("mkdir -p plugins/own && cp \(Self.plugin) plugins/own/plugin.py")
    let rest = "strategies: { sync: {}, misbehaving: {} }\ntrials: 1\nwarmup: 0\n"
    let file = try bench.write("x.yaml", "workloads: { null: {}, sleep: {} }\n" + rest)
    let plan = try await bench.concrun("plan", file)
    #expect(plan.output.contains("sleep/misbehaving/max_workers=2  by its strategy, which doesn't do sleep"))
    let none = try await bench.concrun("check", try bench.write("y.yaml", "workloads: { sleep: {} }\n" + rest))
    #expect(none.exit == 65)
    #expect(none.error.contains("strategy 'misbehaving' can do no workload of this file"))
    let text = MarkedText("workloads: { null: {} }\n«warmup_tasks»: 3\n«arrivals»: { rate: 5/s }\n" + rest)
    let asked = try await bench.concrun("check", try bench.write("z.yaml", text.text))
    #expect(asked.exit == 65)
    for (place, name) in zip(text.places(in: "z.yaml"), ["warmup_tasks", "arrivals"]) {
      #expect(asked.error.contains("\(place): error: strategy 'misbehaving' doesn't know of '\(name)'"))
    }
  }

  @Test func pluginsAreListedWithWhyTheyCanNotBeUsed() async throws {
    let bench = try Workbench()
    let list = try await bench.shell(
      """
      mkdir plugins more
      cp \(Self.plugin) plugins/a.py; cp \(Self.plugin) more/b.py
      printf '#!/bin/sh\\necho hello\\n' >plugins/broken; printf '#!/no/such/thing\\n' >plugins/absent
      printf '#!/bin/sh\\nread x; echo no luck >&2; exit 5\\n' >plugins/gone; chmod +x plugins/*
      touch plugins/not-a-program; printf '#!/bin/sh\\n' >plugins/forgotten
      CONCRUN_PLUGIN_PATH=more $CONCRUN plugins
      """)
    #expect(list.exit == 0)
    #expect(list.output.contains("misbehaving  Does things wrong. (more/b.py)"))
    #expect(list.output.contains("  it offers 'misbehaving', and so does more/b.py, which comes first"))
    #expect(list.output.contains("  bad message, it isn't JSON: hello"))
    #expect(list.output.contains("  it can't be started: no such file"))
    #expect(list.output.contains("exit status 5 before it said 'description': no luck"))
    #expect(list.output.contains("it can't be started: it isn't executable (chmod +x)"))
    #expect(!list.output.contains("not-a-program"))
    let one = try await bench.concrun("plugins", "misbehaving")
    #expect(one.output.contains("From plugins/a.py; does null."))
    let unknown = try await bench.concrun(
      "check", try bench.write("x.yaml", "workloads: { null: {} }\nstrategies: { theirs: {} }\n"))
    #expect(unknown.error.contains("plugins/ and CONCRUN_PLUGIN_PATH have none of that name"))
  }

  @Test func aNamedPluginThatCanNotBeUsedIsUnavailable() async throws {
    let bench = try Workbench()
    let text = MarkedText(
      "plugins: [«./absent»]\nworkloads: { null: {} }\nstrategies: { sync: {}, theirs: {} }\n")
    let outcome = try await bench.concrun(try bench.write("x.yaml", text.text))
    #expect(outcome.exit == 69)
    let place = text.places(in: "x.yaml")[0]
    #expect(outcome.error.contains("\(place): error: the plugin './absent' can't be used: it can't be started"))
    #expect(!outcome.error.contains("unknown strategy"))
  }

  /// What a plugin starts before it is ready, and while it is only asked what it is.
  @Test(arguments: ["SIGKILL", "SIGTERM"]) func nothingOutlivesARunnerThatIsKilled(signal: String) async throws {
    let bench = try Workbench()
    let plugin = try bench.write(
      "slow.py",
      """
      #!/usr/bin/env python3
      import json, subprocess, sys, time
      sys.stdin.readline()
      print(json.dumps({"type": "description", "protocol": 1, "strategies": [
          {"name": "slow", "workloads": ["null"], "parameters": []}]}), flush=True)
      if sys.stdin.readline():
          subprocess.Popen(["sleep", "3600.\(bench.mark)"], start_new_session=True)
          time.sleep(3600)
      """)
    _ = try await bench.shell("chmod +x \(plugin)")
    let file = try bench.write(
      "x.yaml", "plugins: [./slow.py]\nworkloads: { null: {} }\nstrategies: { slow: {} }\ntrials: 1\nwarmup: 0\n")
    _ = try await bench.concrun([file]) { pid in
      let isRunning = try await bench.eventually { !bench.marked.isEmpty }
      #expect(isRunning)
      kill(pid, signal == "SIGKILL" ? SIGKILL : SIGTERM)
    }
    let isGone = try await bench.eventually { bench.marked.isEmpty }
    #expect(isGone)
  }

  @Test func whatAPluginStartsWhenItIsAskedEndsToo() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "kids.sh",
      """
      #!/bin/sh
      read question
      sleep 3600.\(bench.mark) & setsid sleep 3600.\(bench.mark) &
      echo '{"type":"description","protocol":1,"strategies":[{"name":"kids","workloads":["null"]}]}'
      """)
    _ = try await bench.shell("chmod +x kids.sh")
    let file = try bench.write(
      "x.yaml", "plugins: [./kids.sh]\nworkloads: { null: {} }\nstrategies: { kids: {} }\n")
    #expect(try await bench.concrun("check", file).exit == 0)
    let isGone = try await bench.eventually { bench.marked.isEmpty }
    #expect(isGone)
  }

  @Test func anInterruptEndsThePluginToo() async throws {
    let bench = try Workbench()
    let file = try experiment(["silent_run"], timeout: "1h", on: bench)
    let outcome = try await bench.concrun([file, "--set", "env.MARK=\(bench.mark)"]) { pid in
      let isRunning = try await bench.eventually { bench.misbehaving == 1 }
      #expect(isRunning)
      kill(pid, SIGINT)
    }
    #expect(outcome.exit == 130)
    let isGone = try await bench.eventually { bench.misbehaving == 0 }
    #expect(isGone)
  }
}

extension Workbench {
  /// Plugins of this bench that live, by their environment.
  fileprivate var misbehaving: Int {
    let pids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return pids.count { pid in
      guard Int32(pid) != nil, let line = try? Data(contentsOf: URL(filePath: "/proc/\(pid)/cmdline")),
        let environment = try? Data(contentsOf: URL(filePath: "/proc/\(pid)/environ"))
      else { return false }
      return String(decoding: line, as: UTF8.self).contains("misbehaving.py")
        && String(decoding: environment, as: UTF8.self).contains(mark)
    }
  }
}
