import Foundation
import Model
import Testing

/// The guardian of a run ends everything, whoever is killed.
struct GuardianTests {
  /// A process as /proc tells of it.
  private struct Process {
    var pid: Int32
    var parent: Int32
    var group: Int32
    var state: Character
    var name: String
  }

  /// All processes below one, and it.
  private func tree(_ root: Int32) -> [Process] {
    let all = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap(process)
    var tree = all.filter { $0.pid == root }
    var next = 0
    while next < tree.count {
      tree += all.filter { $0.parent == tree[next].pid }
      next += 1
    }
    return tree
  }

  private func process(_ pid: String) -> Process? {
    guard let id = Int32(pid), let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[close...].dropFirst(2).split(separator: " ")
    guard fields.count > 2, let parent = Int32(fields[1]), let group = Int32(fields[2]) else { return nil }
    let name = String(text[text.index(after: open)..<close])
    return Process(pid: id, parent: parent, group: group, state: fields[0].first ?? "?", name: name)
  }

  /// Two workers, whose commands hang until there is a file `go`, with children in other sessions; and the embedded server.
  private func experiment(_ bench: Workbench) throws -> String {
    _ = try bench.write(
      "hang.sh",
      """
      [ -e go ] && exit
      (setsid sh -c 'sleep 3600.\(bench.mark) & sleep 3600.\(bench.mark)' &)
      touch under_way
      until [ -e go ]; do sleep 0.05; done
      """)
    return try bench.write(
      "hang.yaml",
      """
      workloads:
        w: { plugin: command, command: [sh, hang.sh, "${origin}"], tasks: 4 }
      strategies: { processes: { max_workers: 2 } }
      trials: 2
      warmup: 0
      timeout: 1h
      hooks: { before_run: [sh, -c, "[ -e go ] || setsid sleep 3600.\(bench.mark) &"] }
      """)
  }

  private func waitUntilUnderWay(_ bench: Workbench) async throws {
    #expect(try await bench.eventually { FileManager.default.fileExists(atPath: "\(bench.folder)/under_way") })
  }

  /// Runs an experiment, and does something to its processes once it is under way. Returns these, too.
  private func run(
    _ bench: Workbench, meanwhile: @escaping @Sendable (_ front: Int32, [Process]) throws -> Void
  ) async throws -> (outcome: Workbench.Outcome, processes: [Process]) {
    let file = try experiment(bench)
    let (seen, add) = AsyncStream.makeStream(of: [Process].self)
    let outcome = try await bench.concrun([file]) { front in
      try await waitUntilUnderWay(bench)
      let processes = tree(front)
      add.yield(processes)
      try meanwhile(front, processes)
    }
    add.finish()
    return (outcome, await seen.reduce(into: []) { $0 += $1 })
  }

  /// Expects that all processes of a run are gone, and that the run can be resumed.
  private func expectGone(_ processes: [Process], _ bench: Workbench) async throws {
    #expect(try await bench.eventually { bench.marked == [] })
    let rest = processes.filter { $0.pid != getpid() }
    let areGone = try await bench.eventually {
      rest.allSatisfy { known in process(String(known.pid)).map { $0.name != known.name || $0.state == "Z" } ?? true }
    }
    #expect(areGone, "\(rest.compactMap { process(String($0.pid)) })")
    _ = try bench.write("go", "")
    let resumed = try await bench.concrun("hang.yaml", "--resume")
    #expect(resumed.exit == 0, "\(resumed.error)")
    #expect(try bench.trials("hang").filter { $0.status == .ok }.count == 2)
  }

  @Test func itStandsBetweenTheFrontAndTheRunner() async throws {
    let bench = try Workbench()
    let (outcome, _) = try await run(bench) { front, processes in
      let guardian = try #require(processes.first { $0.name == "crguardian" })
      #expect(guardian.parent == front && guardian.group == guardian.pid)
      let arguments = try String(contentsOfFile: "/proc/\(guardian.pid)/cmdline", encoding: .utf8)
      #expect(arguments.hasPrefix("crguardian\0\0"))
      let runner = try #require(processes.first { $0.parent == guardian.pid })
      #expect(runner.name == "concrun" && runner.group == runner.pid)
      let trialsAndServer = processes.filter { $0.parent == runner.pid && $0.name == "concrun" }
      #expect(trialsAndServer.count == 2)
      kill(front, SIGINT)
    }
    #expect(outcome.exit == 130)
    #expect(bench.marked == [])
  }

  /// Like `killall -9 concrun`, but only in this run.
  @Test func killingAllOfTheNameLeavesNothing() async throws {
    let bench = try Workbench()
    let (outcome, processes) = try await run(bench) { _, processes in
      let named = processes.filter { $0.name == "concrun" }
      #expect(named.count == 6, "front, runner, server, trial and two workers")
      for process in named { kill(process.pid, SIGKILL) }
    }
    #expect(outcome.signal == SIGKILL)
    try await expectGone(processes, bench)
  }

  @Test(arguments: ["front", "group", "runner", "guardian", "trial"]) func whoeverIsKilled(victim: String) async throws
  {
    let bench = try Workbench()
    let (outcome, processes) = try await run(bench) { front, processes in
      let guardian = try #require(processes.first { $0.name == "crguardian" })
      let runner = try #require(processes.first { $0.parent == guardian.pid })
      switch victim {
      case "front": kill(front, SIGKILL)
      case "runner": kill(runner.pid, SIGKILL)
      case "group": kill(-runner.pid, SIGKILL)
      case "guardian": kill(guardian.pid, SIGKILL)
      default:
        _ = try bench.write("go", "")
        let trial = processes.first { one in
          processes.contains { $0.parent == one.pid && $0.name == "concrun" } && one.parent == runner.pid
        }
        kill(try #require(trial).pid, SIGKILL)
      }
    }
    switch victim {
    case "guardian":
      #expect(outcome.exit == 71)
      #expect(outcome.error.contains("somebody killed the guardian of this run"))
      #expect(outcome.error.contains("interrupted after 0 of 2 trials"))
    case "trial": #expect(outcome.exit == 1, "one row is not ok, and the run goes on")
    default: #expect(outcome.signal == SIGKILL)
    }
    if victim == "trial" {
      #expect(try bench.trials("hang").map(\.status) == [.crashed, .ok])
      #expect(bench.marked == [])
    } else {
      try await expectGone(processes, bench)
    }
  }

  /// A shell with job control on a terminal of its own, that types a key when the run is under way.
  private func onTerminal(_ bench: Workbench, key: String, then more: String) async throws -> Workbench.Outcome {
    _ = try bench.write(
      "terminal.py",
      """
      import os, pty, signal, sys, time
      session, terminal = pty.fork()
      if session == 0:
          signal.signal(signal.SIGTTOU, signal.SIG_IGN)
          job = os.fork()
          if job == 0:
              os.setpgid(0, 0)
              os.tcsetpgrp(0, os.getpid())
              signal.signal(signal.SIGTTOU, signal.SIG_DFL)
              os.execv(os.environ["CONCRUN"], ["concrun", "hang.yaml", "--progress", "none"])
          _, status = os.waitpid(job, os.WUNTRACED)
      \(more.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
          open("status", "w").write("%d %d" % (os.WIFEXITED(status), status >> 8))
          os._exit(0)
      while not os.path.exists("under_way"):
          time.sleep(0.02)
      os.write(terminal, b"\(key)")
      while True:
          try:
              if not os.read(terminal, 65536):
                  break
          except OSError:
              break
      os.waitpid(session, 0)
      """)
    return try await bench.shell("python3 terminal.py; cat status")
  }

  @Test func ctrlCStopsAllAtOnce() async throws {
    let bench = try Workbench()
    _ = try experiment(bench)
    let outcome = try await onTerminal(bench, key: "\\x03", then: "")
    #expect(outcome.output == "1 130", "\(outcome)")
    #expect(bench.marked == [])
  }

  /// Ctrl-Z stops every process of the run. When it goes on, the trial is repeated.
  @Test func ctrlZStopsAllUntilItGoesOn() async throws {
    let bench = try Workbench()
    _ = try experiment(bench)
    let outcome = try await onTerminal(
      bench, key: "\\x1a",
      then: """
        def below(root):
            found = []
            for pid in filter(str.isdigit, os.listdir("/proc")):
                try:
                    fields = open("/proc/%s/stat" % pid).read().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(fields[1]) == root:
                    found += [(int(pid), fields[0])] + below(int(pid))
            return found
        assert os.WIFSTOPPED(status)
        # The first is the guardian. A stopped shell may have a zombie, or (D) a child that is stopped before exec.
        while not all(state in "TDZ" for pid, state in below(job)[1:]):
            time.sleep(0.02)
        open("stopped", "w").write(str(len(below(job)) - 1))
        open("go", "w")
        os.killpg(job, signal.SIGCONT)
        _, status = os.waitpid(job, 0)
        """)
    #expect(outcome.output == "1 0", "\(outcome.error)")
    let stopped = try String(contentsOfFile: "\(bench.folder)/stopped", encoding: .utf8)
    #expect((Int(stopped) ?? 0) >= 6, "runner, server, trial, two workers, and commands")
    let trials = try bench.trials("hang")
    #expect(trials.map(\.status) == [.failed, .ok, .ok])
    #expect(trials.first?.error?.hasPrefix("it was stopped") == true)
    #expect(bench.marked == [])
  }
}
