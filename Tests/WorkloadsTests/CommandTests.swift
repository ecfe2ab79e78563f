import Board
import Model
import OS
import PluginKit
import Testing

@testable import Workloads

struct CommandTests {
  private func workload(_ command: [String], _ more: [String: Value]) throws -> CommandWorkload {
    let values = more.merging(["command": .list(command.map { .string($0) })]) { $1 }
    return try CommandWorkload(completed(CommandWorkload.description, values))
  }

  private func shell(_ script: String, _ more: [String: Value] = [:]) throws -> CommandWorkload {
    try workload(["sh", "-c", script], ["tasks": .integer(3)].merging(more) { $1 })
  }

  /// No threads: on an event loop.
  private static let ways = [0, 2]

  @Test(arguments: ways) func eachTaskHasItsArguments(threads: Int) throws {
    let items: Value = .list(["a b", "$HOME", "ccc"].map { .string($0) })
    let workload = try workload(
      ["printf", "%s", "${item}:${task}:${worker}:${other}$${task}"],
      ["items": items, "repeat": .integer(4), "count_output": .boolean(true)])
    let trial = try Trial(workload, threads: threads)
    #expect(trial.totals.ok == 12)
    let rest = { (index: Int) in ":\(index):\(trial.board[index].worker):${other}${task}".utf8.count }
    #expect(trial.board.all.indices.map { trial.board[$0].bytes - rest($0) } == (0..<12).map { [3, 5, 3][$0 % 3] })
  }

  @Test(arguments: ways) func aCommandThatFailsIsAFailedTaskWithItsLastWords(threads: Int) throws {
    let trial = try Trial(try shell("echo out; echo first >&2; echo oh, no >&2; exit ${task}"), threads: threads)
    #expect(trial.totals.ok == 1)
    let notes = [1, 2].map { "task \($0): error: sh: exit status \($0): oh, no" }
    #expect(trial.board.note.map(notes.contains) == true)
  }

  @Test(arguments: ways) func whatIsExpectedIsNoFailure(threads: Int) throws {
    let trial = try Trial(try shell("exit 3", ["expect_exit": .integer(3)]), threads: threads)
    #expect(trial.totals.ok == 3)
    #expect(try Trial(try shell("exit 0", ["expect_exit": .integer(3)]), threads: threads).totals.failed == 3)
  }

  @Test(arguments: ways) func aFloodOfOutputBlocksNobody(threads: Int) throws {
    let script = "head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2"
    let counted = try Trial(try shell(script, ["count_output": .boolean(true)]), threads: threads)
    #expect(counted.totals.bytes == 3_000_000)
    #expect(try Trial(try shell(script), threads: threads).totals.bytes == 0)
  }

  /// Each waits until all three are there.
  @Test(arguments: [0, 3]) func commandsRunAtOnce(threads: Int) throws {
    let folder = "/tmp/concrun-\(UInt64.random(in: 0 ... .max))"
    let script = """
      mkdir -p \(folder); touch \(folder)/${task}
      for i in $(seq 12000); do [ $(ls \(folder) | wc -l) -eq 3 ] && exit 0; sleep 0.01; done; exit 1
      """
    #expect(try Trial(try shell(script), threads: threads).totals.ok == 3)
    _ = try Trial(try workload(["rm", "-r", folder], ["tasks": .integer(1)]), threads: 1)
  }

  @Test(arguments: ways) func aCommandThatIsNotThere(threads: Int) throws {
    let trial = try Trial(try workload(["no-such-program"], ["tasks": .integer(2)]), threads: threads)
    #expect(trial.totals.failed == 2)
    #expect(trial.board.note?.hasSuffix("no-such-program: No such file or directory") == true)
  }

  /// What this process has had doesn't count, though the kernel starts from there.
  @Test func theLargestOfThemIsKnown() throws {
    let size = (peakResidentBytes() ?? 0) + 50_000_000
    let script = "head -c \(size) /dev/zero | tail -c \(size) >/dev/null"
    let trial = try Trial(try shell(script), threads: 1)
    #expect(trial.totals.ok == 3)
    #expect(trial.board.peakRSS > size)
  }

  @Test func itemsNeedAList() {
    #expect(throws: ParameterError(name: "command", problem: "${item} needs 'items' or 'items_from'")) {
      try shell("echo ${item}")
    }
  }
}
