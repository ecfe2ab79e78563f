import Foundation
import Hermetic
import Model
import Testing

/// `record: tasks` and `concrun timeline`.
struct TimelineTests {
  private static let experiment = """
    workloads:
      naps: { plugin: sleep, tasks: 6, duration: 20ms }
      squares: { plugin: sum_of_squares, start: 20_000, count: 6 }
    strategies:
      sync:
      threads: { max_workers: 3 }
      async: { max_workers: 3 }
      processes: { max_workers: 2, transport: [shared, pipe] }
    record: tasks
    trials: 1
    warmup: 0
    """

  private struct Event: Decodable {
    struct Arguments: Decodable { var cell_id: String? }
    var ph: String
    var pid: Int
    var tid: Int?
    var name: String
    var cat: String?
    var ts: Double?
    var dur: Double?
    var args: Arguments?
  }

  @Test func everyWorkerIsATrackThatTellsComputingFromWaiting() async throws {
    let bench = try Workbench()
    let outcome = try await bench.concrun(try bench.write("tl.yaml", Self.experiment), "--quiet")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let data = try Data(contentsOf: URL(filePath: "\(bench.folder)/results/tl/latest/timeline.json"))
    let events = try JSONDecoder().decode([Event].self, from: data)
    let cells = Dictionary(
      events.filter { $0.name == "process_name" }.map { ($0.pid, $0.args?.cell_id ?? "") }, uniquingKeysWith: { $1 })
    #expect(cells.count == 10)
    for (pid, cell) in cells {
      let own = events.filter { $0.pid == pid && $0.ph == "X" }
      let tasks = own.filter { $0.cat == "task" }
      #expect(tasks.count == 6, "\(cell)")
      let workers = cell.hasSuffix("/sync") ? 1 : cell.contains("processes") ? 2 : 3
      #expect(Set(tasks.compactMap(\.tid)).isSubset(of: 1...workers), "\(cell)")
      let parts = Dictionary(grouping: own.filter { $0.cat == "activity" }, by: \.name)
        .mapValues { $0.compactMap(\.dur).reduce(0, +) }
      let total = tasks.compactMap(\.dur).reduce(0, +)
      #expect(abs(parts.values.reduce(0, +) - total) < 1, "\(cell): the parts of the tasks are all of them")
      let share = (parts[cell.hasPrefix("naps") ? "waiting" : "computing"] ?? 0) / total
      #expect(share > 0.8, "\(cell): \(parts)")
    }
  }

  @Test func aCellIsDrawn() async throws {
    let bench = try Workbench()
    _ = try await bench.concrun(try bench.write("tl.yaml", Self.experiment), "--quiet")
    let one = try await bench.concrun("timeline", "results/tl", "--cell", "naps/threads/max_workers=3")
    #expect(one.exit == 0)
    let document = try XMLChecker(one.output)
    #expect(document.elements.first == "svg")
    #expect(document.texts.filter { $0.hasPrefix("worker ") } == ["worker 0", "worker 1", "worker 2"])
    #expect(document.texts.contains("naps/threads/max_workers=3"))
    let several = try await bench.concrun(
      "timeline", "results/tl", "--cell", "naps/sync", "--cell", "naps/async/max_workers=3", "-o", "two.svg")
    #expect(several.exit == 0 && several.output.isEmpty)
    let two = try String(contentsOfFile: "\(bench.folder)/two.svg", encoding: .utf8)
    #expect(try XMLChecker(two).texts.count { $0.hasPrefix("worker ") } == 4)
  }

  @Test func whatCanNotBeDrawnIsSaid() async throws {
    let bench = try Workbench()
    _ = try await bench.concrun(try bench.write("tl.yaml", Self.experiment), "--quiet", "--only", "workload=naps")
    let misspelt = try await bench.concrun("timeline", "results/tl", "--cell", "naps/synk")
    #expect(misspelt.exit == 64 && misspelt.error.contains("did you mean 'naps/sync'?"))
    let block = try await bench.concrun("timeline", "results/tl", "--block", "7")
    #expect(block.exit == 64 && block.error.contains("no such trial in block 7; there is --block 1"))
    _ = try bench.write("no.yaml", "workloads: { null: {} }\nstrategies: { sync: {} }\ntrials: 1\nwarmup: 0\n")
    _ = try await bench.concrun("no.yaml", "--quiet")
    let without = try await bench.concrun("timeline", "results/no")
    #expect(without.exit == 66 && without.error.contains("record: tasks"))
    #expect(try await bench.concrun("timeline", "results/absent").exit == 66)
    let full = try await bench.concrun("timeline", "results/tl", "--cell", "naps/sync", "-o", "no/such/folder.svg")
    #expect(full.exit == 73)
  }
}

/// What a document is made of, by a parser that isn't ours; throws where it isn't well formed.
private final class XMLChecker {
  private(set) var elements: [String] = []
  private(set) var texts: [String] = []

  init(_ text: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.environment = TestEnvironment.shared.variables
    process.arguments = [
      "python3", "-c",
      """
      import sys, xml.etree.ElementTree as tree
      for element in tree.fromstring(sys.stdin.buffer.read()).iter():
          print(element.tag.split('}')[-1] + '\\t' + (element.text or '').strip())
      """,
    ]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    for line in answer.split(separator: "\n") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      elements.append(String(parts[0]))
      texts.append(parts.count > 1 ? String(parts[1]) : "")
    }
  }
}
