internal import FoundationEssentials
package import Model
internal import Time

/// The conversion between timelines and the lines of timeline.json.
package enum TimelineEvents {
  /// One event of the trace, of any kind.
  fileprivate struct Event: Codable {
    var ph: String
    var pid: Int
    var tid: Int?
    var name: String
    var cat: String?
    /// The start of a span, in microseconds.
    var ts: Double?
    var dur: Double?
    var args: Arguments?
  }

  fileprivate struct Arguments: Codable {
    var name: String?
    var cell_id: String?
    var block: Int?
    var trial: Int?
    var status: String?
    var workers: Int?
    var bytes: Int?
    var cut: Bool?
  }

  static func bytes(_ timeline: Timeline, of trial: Trial, number: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    func add(_ text: String) { bytes += Array(text.utf8) }
    let title = trial.isWarmup ? "warm-up" : "block \(trial.block)"
    let identity = Event(
      ph: "M", pid: number, name: "process_name",
      args: Arguments(
        name: "\(trial.cellID), \(title)", cell_id: trial.cellID, block: trial.block, trial: trial.trial,
        status: trial.status.rawValue, workers: trial.workers, cut: timeline.isCut ? true : nil))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    bytes += ((try? encoder.encode(identity)).map(Array.init) ?? []) + Array(",\n".utf8)
    add(nameLine("pool", pid: number, tid: 0))
    func addPool(_ name: String, from start: Nanoseconds, to end: Nanoseconds) {
      add(Period(name: name, category: "pool", start: start, end: end, pid: number, tid: 0).line)
    }
    addPool("trial", from: .zero, to: timeline.wall)
    let starts = timeline.tracks.compactMap(\.tasks.first?.start)
    let ends = timeline.tracks.flatMap(\.tasks).map(\.end)
    if let first = starts.min(), first > .zero { addPool("setup", from: .zero, to: first) }
    if let last = ends.max(), last < timeline.wall { addPool("teardown", from: last, to: timeline.wall) }
    for track in timeline.tracks {
      let tid = track.worker + 1
      add(nameLine("worker \(track.worker)", pid: number, tid: tid))
      for task in track.tasks {
        var period = Period(
          name: "task \(task.index)", category: "task", start: task.start, end: task.end, pid: number, tid: tid)
        period.more = ",\"args\":{\"status\":\"\(task.status.rawValue)\",\"bytes\":\(task.bytes)}"
        add(period.line)
        for part in task.spans {
          add(
            Period(
              name: part.activity.rawValue, category: "activity", start: part.start, end: part.end, pid: number,
              tid: tid
            ).line)
        }
      }
    }
    return bytes
  }

  private static func nameLine(_ name: String, pid: Int, tid: Int) -> String {
    "{\"ph\":\"M\",\"pid\":\(pid),\"tid\":\(tid),\"name\":\"thread_name\",\"args\":{\"name\":\"\(name)\"}},\n"
  }

  /// A span of the trace, ready to be written.
  private struct Period {
    var name: String
    var category: String
    var start: Nanoseconds
    var end: Nanoseconds
    /// The number of the trial.
    var pid: Int
    /// The number of the worker from 1; 0 for the pool.
    var tid: Int
    /// Further members of the JSON object, with a comma before them.
    var more = ""

    /// The event's line with its line feed.
    var line: String {
      "{\"ph\":\"X\",\"pid\":\(pid),\"tid\":\(tid),\"name\":\"\(name)\",\"cat\":\"\(category)\","
        + "\"ts\":\(microseconds(start)),\"dur\":\(microseconds(end - start))\(more)},\n"
    }
  }

  /// Returns a time in microseconds without rounding: with at most three digits after the point.
  private static func microseconds(_ time: Nanoseconds) -> String {
    let (whole, rest) = time.count.quotientAndRemainder(dividingBy: 1000)
    if rest == 0 { return String(whole) }
    let digits = String(rest)
    return "\(whole)." + String(repeating: "0", count: 3 - digits.count) + digits
  }

  // MARK: - Reading

  /// Returns the lines of these trials, and the number of the last one, in a file that may have others or be damaged.
  static func lines(of trials: [Trial], in bytes: [UInt8]) -> (bytes: [UInt8], last: Int?) {
    let known = Set(trials.map { Identity(cellID: $0.cellID, block: $0.block, trial: $0.trial) })
    var kept: [UInt8] = []
    var last: Int?
    var isKept = false
    for line in Lines(bytes) {
      if line.starts(with: metadataStart) {
        guard let event = event(line), let identity = Identity(event) else { continue }
        isKept = known.contains(identity.key)
        if isKept { last = event.pid }
      } else if line.starts(with: spanStart) {
        isKept = isKept && line.hasSuffix(lineEnd)
      } else {
        continue
      }
      if isKept { kept += line + [UInt8(ascii: "\n")] }
    }
    return (kept, last)
  }

  /// The trial that a timeline belongs to, with some of its properties.
  package struct Identity: Hashable, Sendable {
    /// The id of the cell.
    package var cellID: String
    /// The number of the block; 0 for a warm-up.
    package var block: Int
    /// The number of the trial among its cell's, from 1.
    package var trial: Int
    /// The way in which the trial ended; `nil` if unknown.
    package var status: TrialStatus?
    /// The number of workers; `nil` if unknown.
    package var workers: Int?

    /// Makes an identity, by default without the properties that may be unknown.
    package init(cellID: String, block: Int, trial: Int, status: TrialStatus? = nil, workers: Int? = nil) {
      self.cellID = cellID
      self.block = block
      self.trial = trial
      self.status = status
      self.workers = workers
    }

    fileprivate var key: Identity { Identity(cellID: cellID, block: block, trial: trial) }

    fileprivate init?(_ event: Event) {
      guard event.ph == "M", event.name == "process_name", let cellID = event.args?.cell_id,
        let block = event.args?.block,
        let trial = event.args?.trial
      else { return nil }
      self.init(
        cellID: cellID, block: block, trial: trial, status: event.args?.status.flatMap(TrialStatus.init),
        workers: event.args?.workers)
    }
  }

  /// Returns the timelines of the wanted trials, of each its last attempt. Damaged lines are skipped.
  ///
  /// Lines of other trials aren't decoded, which saves time in large files.
  package static func read(
    _ bytes: [UInt8], where isWanted: (Identity) -> Bool
  ) -> [(identity: Identity, timeline: Timeline)] {
    var found: [(identity: Identity, timeline: Timeline)] = []
    var pid: Int?
    for line in Lines(bytes) {
      // Most lines of a large file belong to trials that the caller doesn't want.
      if pid == nil, !line.starts(with: metadataStart) { continue }
      guard let event = event(line) else { continue }
      if let identity = Identity(event) {
        pid = isWanted(identity) ? event.pid : nil
        found.removeAll { $0.identity.key == identity.key }
        if pid != nil { found.append((identity, Timeline(tracks: [], wall: .zero, isCut: event.args?.cut ?? false))) }
      } else if event.pid == pid, !found.isEmpty {
        found[found.count - 1].timeline.add(event)
      }
    }
    return found
  }

  private static let metadataStart = Array("{\"args\"".utf8)
  /// The first bytes of every line except metadata and the last line.
  private static let spanStart = Array("{\"ph\":\"".utf8)
  private static let lineEnd = Array("},".utf8)

  private static func event(_ line: some Collection<UInt8>) -> Event? {
    let end = line.reversed().drop { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\r") }.count
    return try? JSONDecoder().decode(Event.self, from: Data(line.prefix(end)))
  }
}

extension Timeline {
  fileprivate mutating func add(_ event: TimelineEvents.Event) {
    // The file may be damaged: no run takes a year.
    let year = 3.2e13
    guard event.ph == "X", let tid = event.tid, (0...1_000_000_000).contains(tid), let ts = event.ts,
      let duration = event.dur, (0...year).contains(ts), (0...year).contains(duration)
    else { return }
    let start = Nanoseconds(rounding: ts * 1000)
    let end = start + Nanoseconds(rounding: duration * 1000)
    if tid == 0 {
      if event.name == "trial" { wall = end }
    } else if event.cat == "task" {
      if tracks.last?.worker != tid - 1 { tracks.append(Track(worker: tid - 1, tasks: [])) }
      tracks[tracks.count - 1].tasks.append(
        Task(
          index: Int(event.name.dropFirst("task ".count)) ?? 0, start: start, end: end,
          status: event.args?.status.flatMap(TaskOutcome.init) ?? .ok, bytes: event.args?.bytes ?? 0))
    } else if let activity = Activity(rawValue: event.name), let track = tracks.indices.last,
      let task = tracks[track].tasks.indices.last
    {
      tracks[track].tasks[task].spans.append(Span(activity, from: start, to: end))
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ end: [UInt8]) -> Bool { suffix(end.count).elementsEqual(end) }
}

/// The lines of a file, without their line feeds.
private struct Lines: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func next() -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
    defer { rest = rest[Swift.min(end + 1, rest.endIndex)...] }
    return rest[..<end]
  }
}
