import Model
import Testing

/// Workloads that use what is beside the experiment file, or start something.
struct BuiltInWorkloadTests {
  @Test func aFileThatIsMissingIsFoundBeforeAnythingRuns() async throws {
    let bench = try Workbench()
    _ = try await bench.shell("mkdir there && echo one > there/a")
    _ = try bench.write(
      "read.yaml",
      """
      workloads:
        files: { plugin: read_files, paths: [there, there/b] }
      strategies:
        sync:
      """)
    let outcome = try await bench.concrun("check", "read.yaml")
    #expect(outcome.exit == 65)
    #expect(
      outcome.error == """
        read.yaml:2:47: error: 'paths': there is no file or folder there/b
          2 |   files: { plugin: read_files, paths: [there, there/b] }
            |                                               ^~~~~~~
        1 error

        """)
  }

  @Test func filesAreFoundBesideTheExperiment() async throws {
    let bench = try Workbench()
    _ = try await bench.shell("mkdir -p lab/data && echo one > lab/data/a && echo two-two > lab/data/b")
    _ = try bench.write(
      "lab/read.yaml",
      """
      workloads:
        files: { plugin: read_files, paths: [data], repeat: 2 }
      strategies:
        sync:
        processes: { max_workers: 2 }
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.concrun("lab/read.yaml")
    #expect(outcome.exit == 0, "\(outcome.error)")
    #expect(try bench.trials("read").map(\.bytes) == [24, 24])
  }

  @Test func commandsHaveTheFilesEnvironmentAndItems() async throws {
    let bench = try Workbench()
    _ = try bench.write("words.txt", "a\n\n# none\nlonger\n")
    _ = try bench.write(
      "say.yaml",
      """
      env: { GREETING: hello }
      variables: { end: ["!", "!!"] }
      workloads:
        say:
          plugin: command
          command: [sh, -c, "echo $GREETING $0${end}", "${item}"]
          items_from: words.txt
          count_output: true
      strategies:
        sync:
        async: { max_workers: 2 }
        processes: { max_workers: 2, transport: pipe }
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.concrun("say.yaml")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let trials = try bench.trials("say")
    #expect(trials.count == 6)
    let bytes = ["!", "!!"].map { end in ["a", "longer"].map { "hello \($0)\(end)\n".utf8.count }.reduce(0, +) }
    #expect(Set(trials.map(\.bytes)) == Set(bytes))
    #expect(trials.allSatisfy { $0.tasksOK == 2 && $0.measures[.cpuUser] != nil })
  }

  @Test(arguments: ["sync", "threads", "async", "processes", "dispatch"])
  func commandsDoNotOutliveTheirTrial(strategy: String) async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "hang.yaml",
      """
      workloads:
        hang: { plugin: command, command: [sh, -c, "sleep 3600.\(bench.mark) & sleep 3600.\(bench.mark)"], tasks: 3 }
      strategies:
        \(strategy):
      trials: 1
      warmup: 0
      timeout: 4s
      """)
    let outcome = try await bench.concrun("hang.yaml")
    #expect(outcome.exit == 1)
    #expect(try bench.trials("hang").map(\.status) == [.timeout])
    #expect(bench.marked == [])
  }
}
