import Model
import Results
import Testing
import TrialRows

@Suite struct RoundTripTests {
  private let run = RunIdentity(runID: "20261122T081500Z-2", experiment: "a, \"b\"", host: "höst")

  private func file(_ trials: [Trial], _ table: TrialTable) -> [UInt8] {
    CSV.line(table.header) + trials.flatMap { CSV.line(table.row($0, of: run).map(\.description)) }
  }

  private func randomTrials(seed: Int) -> (table: TrialTable, trials: [Trial]) {
    var random = Random(seed: seed)
    let (axes, metrics) = (random.below(4), random.below(3))
    let table = TrialTable(axes: (0..<axes).map { "axis, \($0)" }, metrics: (0..<metrics).map { "metric\($0)" })
    return (table, (0..<random.below(6)).map { _ in random.trial(of: (axes, metrics)) })
  }

  @Test(arguments: 0..<300) func trialsToCSVAndBack(seed: Int) throws {
    let (table, trials) = randomTrials(seed: seed)
    let (readTable, read) = try TrialTable.read(file(trials, table), path: "trials.csv")
    #expect(readTable == table)
    #expect(read == trials.map(\.asRead))
  }

  /// As a spreadsheet saves it: a byte order mark, CRLF, and no line feed at the end.
  @Test(arguments: 0..<20) func asASpreadsheetSavesIt(seed: Int) throws {
    let (table, trials) = randomTrials(seed: seed)
    let lines = file(trials, table).dropLast().split(separator: UInt8(ascii: "\n"))
    let bytes = [0xef, 0xbb, 0xbf] + lines.joined(separator: Array("\r\n".utf8))
    #expect(try TrialTable.read(Array(bytes), path: "trials.csv").trials == trials.map(\.asRead))
  }

  private func levelAsRead(_ text: String) throws -> [String?] {
    let trial = Trial(
      cellID: "c", workload: "w", strategy: "s", levels: [.string(text)], block: 1, position: 1, trial: 1,
      isWarmup: false, startedAt: "")
    let table = TrialTable(axes: ["variable"], metrics: [])
    return try TrialTable.read(file([trial], table), path: "trials.csv").trials.map { $0.levels[0]?.description }
  }

  @Test(arguments: [
    "nan", "inf", "true", "5ms", "1_000", "-", "a,b", "007", "0x10", "1e3", "+5", "5.", "Infinity", "1.50",
  ])
  func aTextThatIsALevelIsReadBack(text: String) throws {
    #expect(try levelAsRead(text) == [text])
  }

  @Test(arguments: [
    "", "a,b\n", "run_id,strategy\n", "strategy,workers,overhead_rati\n", "workers,strategy,overhead_ratio\n",
  ])
  func anotherFile(text: String) {
    #expect(throws: InputError("x.csv", "isn't a trials.csv of concrun: its first line has other columns")) {
      try TrialTable.read(Array(text.utf8), path: "x.csv")
    }
  }

  /// A row that was cut short is told by its number, not taken for a trial.
  @Test func aRowThatIsNoTrial() {
    let table = TrialTable(axes: [], metrics: [])
    var random = Random(seed: 1)
    let bytes = file([random.trial(of: (0, 0))], table) + Array("a,b\n".utf8)
    #expect(throws: InputError("x.csv", "row 3 isn't a trial's")) { try TrialTable.read(bytes, path: "x.csv") }
  }

  @Test func anUnknownStatusIsNoTrial() {
    let table = TrialTable(axes: [], metrics: [])
    var random = Random(seed: 1)
    var trial = random.trial(of: (0, 0))
    trial.status = .timeout
    let text = String(decoding: file([trial], table), as: UTF8.self)
    let changed = text.split(separator: ",timeout,").joined(separator: ",late,")
    #expect(changed != text)
    #expect(throws: InputError("x.csv", "row 2 isn't a trial's")) {
      try TrialTable.read(Array(changed.utf8), path: "x.csv")
    }
  }
}
