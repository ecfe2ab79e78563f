import Model
import OS
import Results
import SystemPackage
import TestFiles
import Testing

@Suite struct JournalTests {
  private let folder: TemporaryFolder
  private let run = RunIdentity(runID: "20261122T081500Z", experiment: "scaling", host: "höst \"1\"")
  private let table = TrialTable(axes: ["max_workers", "size"], metrics: ["hits"])
  private var path: String { "\(folder.path)/journal.jsonl" }

  init() throws {
    folder = try TemporaryFolder()
  }

  private func trials(_ count: Int, seed: Int) -> [Trial] {
    var random = Random(seed: seed)
    return (0..<count).map { _ in random.trial(of: (2, 1)) }
  }

  private func open(resuming: Bool = false) throws -> Journal {
    if resuming { return try Journal.resume(path, experiment: "scaling") }
    return try Journal.create(path, table: table, run: run, digest: "00ff")
  }

  private func write(_ trials: [Trial], resuming: Bool = false) throws {
    let journal = try open(resuming: resuming)
    for trial in trials {
      try journal.append(trial)
    }
  }

  @Test(arguments: 0..<30) func whatIsWrittenIsRead(seed: Int) throws {
    var trials = trials(4, seed: seed)
    trials[0].error = "two\nlines,\t\"quoted\" \u{0}"
    try write(trials)
    let contents = try #require(Journal.read(path, experiment: "scaling"))
    #expect(contents.trials == trials.map(\.asRead))
    #expect(contents.digest == "00ff")
    #expect(contents.run == run)
    #expect(contents.table == table)
    #expect(contents.length == (try folder.read("journal.jsonl").count))
  }

  @Test func everyAttemptIsKept() throws {
    var attempts = trials(1, seed: 1) + trials(1, seed: 1) + trials(1, seed: 1)
    for index in attempts.indices { attempts[index].attempt = index + 1 }
    attempts[0].isVoid = true
    try write(attempts + [attempts[1]])
    let contents = try #require(Journal.read(path, experiment: "scaling"))
    #expect(contents.trials.map(\.attempt) == [1, 2, 3], "a line that is there twice counts once")
    #expect(contents.trials.map(\.isVoid) == [true, false, false])
    #expect(contents.trials.lastAttempts().map(\.attempt) == [3])
  }

  @Test func aTrialIsOneLine() throws {
    try write(trials(3, seed: 1))
    #expect(try folder.read("journal.jsonl").count { $0 == UInt8(ascii: "\n") } == 4)
  }

  /// A power cut or a kill may leave any part of the last line: the run goes on as if it had never been begun.
  @Test func aLastLineCutAtEveryByte() throws {
    let trials = trials(3, seed: 2)
    try write(trials)
    let whole = try folder.read("journal.jsonl")
    let start = try #require(whole.dropLast().lastIndex(of: UInt8(ascii: "\n"))) + 1
    // Collected, for a failure at each of hundreds of bytes would be a flood.
    var (readWrongly, goneOnWrongly): ([Int], [Int]) = ([], [])
    for cut in start..<whole.count {
      _ = try folder.write(whole[..<cut], to: "journal.jsonl")
      let contents = try #require(Journal.read(path, experiment: "scaling"))
      if contents.trials != trials[..<2].map(\.asRead) || contents.length != start { readWrongly.append(cut) }
      try write([trials[2]], resuming: true)
      if try folder.read("journal.jsonl") != whole { goneOnWrongly.append(cut) }
    }
    #expect(whole.count - start > 100)
    #expect(readWrongly.isEmpty)
    #expect(goneOnWrongly.isEmpty)
  }

  @Test func aFirstLineCutAtEveryByteIsNoJournal() throws {
    try write([])
    let whole = try folder.read("journal.jsonl")
    for cut in whole.indices {
      _ = try folder.write(whole[..<cut], to: "journal.jsonl")
      try #require(Journal.read(path, experiment: "scaling") == nil, "cut at \(cut)")
    }
  }

  @Test func noJournal() throws {
    #expect(Journal.read(path, experiment: "scaling") == nil)
    _ = try folder.write(Array("a\n{}\n".utf8), to: "journal.jsonl")
    #expect(Journal.read(path, experiment: "scaling") == nil)
  }

  /// Two runs in one folder would mix their trials.
  @Test func aSecondOpenerIsRefused() throws {
    let first = try open()
    try first.append(trials(1, seed: 3)[0])
    let length = try folder.read("journal.jsonl").count
    #expect(throws: OutputError(path, SystemError("flock", .wouldBlock))) { _ = try open(resuming: true) }
    #expect(throws: OutputError.self) { _ = try open() }
    // And it did no harm.
    #expect(try folder.read("journal.jsonl").count == length)
    try first.append(trials(1, seed: 4)[0])
  }

  @Test func aClosedJournalCanBeOpenedAgain() throws {
    try write(trials(1, seed: 5))
    try write(trials(1, seed: 6), resuming: true)
    #expect(
      Journal.read(path, experiment: "scaling")?.trials == (trials(1, seed: 5) + trials(1, seed: 6)).map(\.asRead))
  }
}
