import Model
import Testing

/// A worker that dies says which task it had, however tasks and results come and go.
struct WorkerDeathTests {
  @Test(arguments: ["shared", "pipe"]) func theTaskIsNamed(transport: String) async throws {
    let bench = try Workbench()
    let script = "if [ ${task} = 5 ]; then kill -9 $PPID; sleep 10; fi"
    _ = try bench.write(
      "death.yaml",
      """
      workloads:
        deadly: { plugin: command, command: [sh, -c, "\(script)"], tasks: 12 }
      strategies:
        processes: { max_workers: 2, chunk_size: 3, transport: \(transport) }
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.concrun("death.yaml")
    #expect(outcome.exit == 1)
    let trial = try #require(try bench.trials("death").first)
    #expect(trial.status == .crashed)
    let words = [0, 1].map { "worker process \($0): killed by SIGKILL, in task 5 of worker \($0)" }
    #expect(trial.error.map(words.contains) == true, "\(trial.error ?? "")")
    // The dead one's chunk ends there, and with pipes it has another that nobody else gets.
    #expect(trial.tasksOK ?? 0 >= 12 - 1 - 3)
  }

  @Test(arguments: ["shared", "pipe"]) func whatWasUnderWayIsKnownWhenTimeIsUp(transport: String) async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "late.yaml",
      """
      workloads:
        mixed: { plugin: mixed, tasks: 6, computing: 0, duration: 300s }
      strategies:
        processes: { max_workers: 2, transport: \(transport) }
      record: tasks
      trials: 1
      warmup: 0
      timeout: 10s
      """)
    #expect(try await bench.concrun("late.yaml", "--quiet").exit == 1)
    let rows = try await bench.shell("grep -c 'failed,cancelled' results/late/latest/tasks.csv")
    #expect(rows.output == "2\n")
  }
}
