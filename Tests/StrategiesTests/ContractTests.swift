import Board
import CZlib
import Conversation
import Hermetic
import Model
import OS
import Origin
import PluginKit
import Strategies
import Testing
import Time
import TimeLiterals
import Workloads

@testable import Runner

/// What every strategy owes to every workload: each task exactly once, and the same results.
struct ContractTests {
  /// Work that takes little time, by workload. One that is missing here fails the test below.
  static let work: [String: [String: Value]] = [
    "download": [
      "urls": .list(paths.map { .string(origin.url + $0) }), "repeat": .integer(5), "verify": .string("body"),
    ],
    "sum_of_squares": ["start": .integer(1000), "count": .integer(10), "result_bytes": .integer(200_000)],
    "native": ["library": .string(NativeLibraries.odd), "parameters": .map(["tasks": .integer(30)])],
    "sleep": ["tasks": .integer(20), "duration": .number(0.001)],
    "read_files": ["paths": .list([.string(folder)]), "repeat": .integer(3), "buffer_size": .integer(1000)],
    "mixed": ["tasks": .integer(20), "duration": .number(0.001), "number": .integer(100_000)],
    "shared_counter": ["tasks": .integer(10), "increments": .integer(5000)],
    "command": [
      "command": .list(["sh", "-c", "echo ${task} ${worker} ${item}; echo nothing wrong >&2"].map(Value.string)),
      "items": .list([.string("a"), .string("b")]), "repeat": .integer(4), "count_output": .boolean(true),
    ],
    "null": ["tasks": .integer(1000)],
  ]

  /// Of this folder, to be read.
  private static let folder = String(#filePath[..<(#filePath.lastIndex(of: "/") ?? #filePath.endIndex)])

  private static let paths = ["/jython", "/dice?size=100"]
  // It stays until the tests end.
  private static let origin: OriginServer = {
    do {
      return try OriginServer.start(OriginSettings())
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  struct Pair: CustomTestStringConvertible, Sendable {
    var strategy: PluginDescription
    var parameters: [String: Value]
    var workload: PluginDescription
    var testDescription: String { "\(strategy.name) × \(workload.name) \(Value.map(parameters))" }
  }

  static var pairs: [Pair] {
    let strategies = builtInStrategies.map { $0.description }.filter(\.needsWorkload)
    return strategies.flatMap { strategy in
      let variants: [[String: Value]] =
        strategy.parameter("max_workers") == nil
        ? [[:]] : [["max_workers": .integer(1)], ["max_workers": .integer(3)], ["max_workers": .integer(50)]]
      let chunks: [[String: Value]] =
        strategy.parameter("chunk_size") == nil ? [] : [["max_workers": .integer(2), "chunk_size": .integer(7)]]
      return builtInWorkloads.map { $0.description }.flatMap { workload in
        (variants + chunks + (Self.variants[strategy.name] ?? [])).map {
          Pair(strategy: strategy, parameters: $0, workload: workload)
        }
      }
    }
  }

  /// What some strategies can do besides.
  private static let variants: [String: [[String: Value]]] = [
    "threads": [
      ["max_workers": .integer(3), "interpreter_lock": .map(["switch_interval": .number(0.0001)])]
    ],
    "processes": [
      ["max_workers": .integer(1), "transport": .string("pipe")],
      ["max_workers": .integer(3), "transport": .string("pipe")],
      ["max_workers": .integer(2), "chunk_size": .integer(7), "transport": .string("pipe")],
    ],
  ]

  @Test(arguments: pairs) func everyTaskOnceWithTheRightResult(pair: Pair) throws {
    let work = try #require(Self.work[pair.workload.name], "give the new workload something to do")
    let hosted = try trial(pair, work)
    guard case .done(let done) = hosted.end else {
      Issue.record("\(hosted.end)")
      return
    }
    let evidence = try #require(hosted.tasks)
    let totals = evidence.totals
    #expect(totals.tasks > 1)
    #expect(totals.ok == totals.tasks)
    #expect(evidence.rows.map(\.task) == Array(0..<totals.tasks))
    #expect(evidence.rows.allSatisfy { $0.start > 0 && $0.end ?? .zero >= $0.start && $0.end ?? .max <= done.wall })
    let workers = Set(evidence.rows.map(\.worker))
    #expect(workers.allSatisfy { $0 < pair.parameters["max_workers"]?.integer ?? 1 })
    #expect(done.checksum == checksumText(totals.checksum))
    #expect(done.expectedChecksum == nil || done.expectedChecksum == done.checksum)
    let reference = Self.reference(pair.workload.name, work)
    #expect(done.checksum == reference, "say in `reference` what the checksum of \(pair.workload.name) is")
    #expect(done.usage?.maxRSSBytes ?? 0 > 1 << 20)
  }

  /// Their tasks all have the value 0.
  private static let tasksWithoutAResult: Set = ["sleep", "shared_counter", "command", "null"]

  /// By the definition of a checksum, without any strategy; `nil` for a workload that this test doesn't know.
  private static func reference(_ workload: String, _ work: [String: Value]) -> String? {
    if workload == "download" {
      let values = [OriginBody.crc32(path: "/jython", size: 1024), OriginBody.crc32(path: "/dice", size: 100)]
      return checksumText((0..<10).reduce(UInt64(0)) { $0 &+ UInt64($1 + 1) &* UInt64(values[$1 % 2]) })
    }
    if workload == "native" {
      return checksumText((0..<30).reduce(UInt64(0)) { $0 &+ UInt64($1 + 1) &* UInt64($1 * $1) })
    }
    if workload == "read_files" { return files }
    if workload == "mixed", let number = work["number"]?.integer {
      // Five of twenty compute, the first and then every fourth.
      let sum = (0..<UInt64(number)).reduce(0) { $0 &+ $1 &* $1 }
      return checksumText((1 + 5 + 9 + 13 + 17) &* sum)
    }
    guard workload == "sum_of_squares", let start = work["start"]?.integer, let count = work["count"]?.integer else {
      return tasksWithoutAResult.contains(workload) ? "0000000000000000" : nil
    }
    let sum = (0..<count).reduce(UInt64(0)) { sum, index in
      sum &+ UInt64(index + 1) &* (0..<UInt64(start + index)).reduce(0) { $0 &+ $1 &* $1 }
    }
    return checksumText(sum)
  }

  /// The folder's, gone through three times.
  private static let files: String? = {
    guard let names = try? Files.list(folder) else { return nil }
    let values = names.compactMap { name -> UInt64? in
      guard let bytes = try? TextFile.bytes("\(folder)/\(name)", limit: 1 << 20) else { return nil }
      return UInt64(crc32(0, bytes, UInt32(bytes.count)))
    }
    return checksumText(
      (values + values + values).enumerated().reduce(UInt64(0)) { $0 &+ UInt64($1.offset + 1) &* $1.element })
  }()

  private func trial(_ pair: Pair, _ work: [String: Value]) throws -> HostedTrial {
    let cell = Cell(
      id: "w/s", workload: "w", strategy: "s", levels: [],
      workloadPlugin: ResolvedPlugin(pair.workload, completing: work),
      strategyPlugin: ResolvedPlugin(pair.strategy, completing: pair.parameters))
    let plan = Plan(experiment: "contract", axes: [], cells: [cell])
    let executors = LocalExecutorFactory(
      executable: builtExecutable, environment: TestEnvironment.shared.variables, interrupts: .none)
    var executor = executors.executor(for: BoundPlan(plan), keepsRows: true, origin: nil)
    return try executor.execute(ScheduledTrial(cell: 0, block: 1, position: 1, trial: 1), attempt: 1)
  }
}
