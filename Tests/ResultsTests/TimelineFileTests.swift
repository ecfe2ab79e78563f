import Foundation
import Model
import TestFiles
import Testing
import Time
import TimeLiterals

@testable import Results

struct TimelineFileTests {
  private let timeline = Timeline(
    tracks: [
      Timeline.Track(
        worker: 0,
        tasks: [
          Timeline.Task(
            index: 0, start: 1_234_567, end: 2_000_000, status: .ok, bytes: 5,
            spans: [
              Timeline.Span(.computing, from: 1_234_567, to: 1_300_001),
              Timeline.Span(.waiting, from: 1_300_001, to: 2_000_000),
            ]),
          Timeline.Task(index: 2, start: 2_000_001, end: 2_000_009, status: .timeout, bytes: 0),
        ]),
      Timeline.Track(
        worker: 12,
        tasks: [
          Timeline.Task(
            index: 1, start: 5, end: 10, status: .failed, bytes: 0, spans: [Timeline.Span(.blocking, from: 5, to: 10)])
        ]),
    ], wall: 3_000_007, isCut: true)

  private func trial(_ cell: String, block: Int) -> Trial {
    Trial(
      cellID: cell, workload: "w", strategy: "s", levels: [], block: block, position: 1, trial: block,
      isWarmup: block == 0, startedAt: "")
  }

  private func folder() throws -> TemporaryFolder { try TemporaryFolder() }

  @Test func whatIsWrittenIsReadBack() throws {
    let folder = try folder()
    let path = "\(folder.path)/timeline.json"
    let file = try TimelineFile(path, keeping: [])
    let empty = Timeline(tracks: [], wall: 1)
    try file.append(empty, of: trial("w/a", block: 0))
    try file.append(timeline, of: trial("w/\\ü", block: 1))
    try file.append(empty, of: trial("w/a", block: 1))
    try file.close()
    let bytes = try Data(contentsOf: URL(filePath: path))
    var seen: [TimelineEvents.Identity] = []
    let found = TimelineEvents.read([UInt8](bytes)) { identity in
      seen.append(identity)
      return identity.cellID == "w/\\ü"
    }
    #expect(seen.map(\.block) == [0, 1, 1])
    #expect(found.map(\.identity) == [TimelineEvents.Identity(cellID: "w/\\ü", block: 1, trial: 1, status: .ok)])
    #expect(found.map(\.timeline) == [timeline])
    withExtendedLifetime(folder) {}
  }

  @Test func impossibleNumbersOfADamagedFileAreLeftOut() throws {
    let head = #"{"args":{"block":1,"cell_id":"w/a","trial":1},"name":"process_name","ph":"M","pid":1},"#
    let bad = [
      #"{"ph":"X","pid":1,"tid":1,"name":"task 0","cat":"task","ts":1e300,"dur":1},"#,
      #"{"ph":"X","pid":1,"tid":-9223372036854775808,"name":"task 0","cat":"task","ts":1,"dur":1},"#,
      #"{"ph":"X","pid":1,"tid":1,"name":"task 0","cat":"task","ts":1,"dur":-5},"#,
      #"{"ph":"X","pid":1,"tid":1,"name":"comput"#,
    ]
    let text = "[\n" + ([head] + bad).joined(separator: "\n")
    let found = TimelineEvents.read(Array(text.utf8)) { _ in true }
    #expect(found.map(\.timeline) == [Timeline(tracks: [], wall: 0)])
  }

  @Test func itIsJSONOfTraceEventsThatLieWithinEachOther() throws {
    let folder = try folder()
    let path = "\(folder.path)/timeline.json"
    let file = try TimelineFile(path, keeping: [])
    try file.append(timeline, of: trial("w/a", block: 1))
    try file.close()
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
    let events = try #require(json as? [[String: Any]])
    let spans = events.filter { $0["ph"] as? String == "X" }
    #expect(spans.count == 9, "the trial, its teardown and setup, three tasks, three parts")
    #expect(spans.first { $0["name"] as? String == "task 0" }?["ts"] as? Double == 1234.567)
    #expect(spans.first { $0["name"] as? String == "task 0" }?["tid"] as? Int == 1)
    let names = events.filter { $0["name"] as? String == "thread_name" }.compactMap { $0["tid"] as? Int }
    #expect(names == [0, 1, 13])
    withExtendedLifetime(folder) {}
  }

  @Test func aSecondSittingKeepsWhatBelongsToItsTrials() throws {
    let folder = try folder()
    let path = "\(folder.path)/timeline.json"
    let first = try TimelineFile(path, keeping: [])
    let trials = [trial("w/a", block: 1), trial("w/b", block: 1), trial("w/a", block: 2)]
    for trial in trials { try first.append(timeline, of: trial) }
    // Killed: the list isn't closed, the last line is cut, and the journal lacks the second trial.
    let bytes = try Data(contentsOf: URL(filePath: path))
    try bytes.dropLast(30).write(to: URL(filePath: path))
    let second = try TimelineFile(path, keeping: [trials[0], trials[2]])
    try second.append(timeline, of: trials[1])
    try second.close()
    let all = try [UInt8](Data(contentsOf: URL(filePath: path)))
    #expect(try JSONSerialization.jsonObject(with: Data(all)) is [Any])
    let found = TimelineEvents.read(all) { _ in true }
    #expect(found.map(\.identity.cellID) == ["w/a", "w/a", "w/b"])
    #expect(found.first?.timeline == timeline && found.last?.timeline == timeline)
    withExtendedLifetime(folder) {}
  }
}
