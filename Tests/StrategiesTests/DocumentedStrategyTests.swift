import Board
import Foundation
import Model
import OS
import PluginKit
import Testing
import Time
import Workloads

@testable import Strategies

/// docs/plugins.md shows a strategy in Swift; here it is compiled, and run.
struct DocumentedStrategyTests {
  @Test func theDocumentShowsWhatIsTestedHere() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let document = try String(contentsOf: folder.appending(path: "../../docs/plugins.md"), encoding: .utf8)
    let own = try String(contentsOf: folder.appending(path: "RampStrategy.swift"), encoding: .utf8)
    #expect(document.contains("<!-- test: RampStrategy.swift -->\n```swift\n\(own)```\n"))
  }

  @Test(arguments: [1, 3]) func itDoesEachTaskAndItsThreadsStartOneAfterTheOther(workers: Int) throws {
    let values: [String: Value] = ["max_workers": .integer(workers), "pause": .number(0.02)]
    let strategy = try RampStrategy(ParameterValues(values))
    let workload = try SleepWorkload(ParameterValues(["tasks": .integer(12), "duration": .number(0.01)]))
    let file = try Descriptor.memory(named: "test")
    let board = try Board.create(in: file.file, taskCount: workload.taskCount)
    board.origin = MonotonicClock.now()
    let context = TrialContext(
      executable: "", workload: WorkRequest("sleep"), environment: [])
    _ = try strategy.run(workload, on: board, in: context)
    let records = Array(board.all)
    #expect(BoardTotals(records).ok == 12)
    for worker in 0..<workers {
      let first = try #require(records.filter { $0.worker == UInt32(worker) }.map(\.start).min())
      #expect(first >= .milliseconds(20 * worker))
    }
  }
}

/// A strategy's file in Sources/Strategies has this of its own module.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
  try Strategies.onThreads(count, body)
}
