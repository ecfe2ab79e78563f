package import Time

/// What each worker of a trial did, and when: the picture of a strategy. Moments are times since t₀.
package struct Timeline: Hashable, Sendable {
  package enum Activity: String, Hashable, Sendable, CaseIterable {
    case computing, waiting
    /// Waiting without giving the event loop back: nothing else on it could run.
    case blocking
  }

  package struct Span: Hashable, Sendable {
    package var activity: Activity
    package var start: Nanoseconds
    package var end: Nanoseconds

    package init(_ activity: Activity, _ start: Nanoseconds, _ end: Nanoseconds) {
      self.activity = activity
      self.start = start
      self.end = end
    }
  }

  package struct Task: Hashable, Sendable {
    package var index: Int
    package var start: Nanoseconds
    package var end: Nanoseconds
    package var status: TaskOutcome
    package var bytes: Int
    /// What the worker did in it, one after the other, without gaps; empty where nobody knows.
    package var spans: [Span]

    package init(
      index: Int, start: Nanoseconds, end: Nanoseconds, status: TaskOutcome, bytes: Int, spans: [Span] = []
    ) {
      self.index = index
      self.start = start
      self.end = end
      self.status = status
      self.bytes = bytes
      self.spans = spans
    }
  }

  package struct Track: Hashable, Sendable {
    package var worker: Int
    /// By their starts; they don't overlap.
    package var tasks: [Task]

    package init(worker: Int, tasks: [Task]) {
      self.worker = worker
      self.tasks = tasks
    }
  }

  /// By worker.
  package var tracks: [Track]
  /// From t₀ until the pool was closed; of a trial that didn't get so far, until the last that is known of it.
  package var wall: Nanoseconds
  /// Whether there was no room for all that workers did.
  package var isCut: Bool

  package init(tracks: [Track], wall: Nanoseconds, isCut: Bool = false) {
    self.tracks = tracks
    self.wall = wall
    self.isCut = isCut
  }
}

extension Timeline {
  /// When a worker was seen to do what.
  package struct Mark: Hashable, Sendable {
    /// The raw value is the one in a board's memory.
    package enum Kind: UInt32, Hashable, Sendable {
      /// A blocking worker's thread waited. For the rest of a task it computed.
      case waited
      /// A worker of an event loop had its turn. For the rest of a task it waited.
      case ran
    }

    package var kind: Kind
    package var worker: Int
    package var start: Nanoseconds
    package var end: Nanoseconds

    package init(_ kind: Kind, worker: Int, start: Nanoseconds, end: Nanoseconds) {
      self.kind = kind
      self.worker = worker
      self.start = start
      self.end = end
    }
  }

  /// - Parameters:
  ///   - marks: in any order; `nil` where nobody looked into the tasks.
  ///   - wall: `nil` where the trial came to no end.
  package init(_ tasks: [TaskRow], marks: [Mark]?, wall: Nanoseconds?, isCut: Bool = false) {
    let known = tasks.reduce(.zero) { max($0, $1.end ?? $1.start) }
    let end = wall ?? max(known, marks?.map(\.end).max() ?? .zero)
    let marks = marks.map { Dictionary(grouping: $0, by: \.worker) }
    let tracks = Dictionary(grouping: tasks, by: \.worker).sorted { $0.key < $1.key }.map { worker, tasks in
      let own = marks.map { $0[worker] ?? [] }
      let details = own.map(ActivityReader.init)
      // Where marks ran out, nothing is known of what came after the last.
      let known = isCut ? own?.map(\.end).max() ?? .zero : .max
      return Track(
        worker: worker,
        tasks: tasks.sorted { $0.start < $1.start }.map { task in
          let until = task.end ?? end
          return Task(
            index: task.task, start: task.start, end: until, status: task.status, bytes: task.bytes,
            spans: until <= known ? details?.spans(from: task.start, to: until) ?? [] : [])
        })
    }
    self.init(tracks: tracks, wall: end, isCut: isCut)
  }
}

/// Makes a worker's marks into what it did.
private struct ActivityReader {
  private let turns: [Timeline.Mark]
  private let waits: [Timeline.Mark]

  init(_ marks: [Timeline.Mark]) {
    let sorted = marks.sorted { $0.start < $1.start }
    turns = sorted.filter { $0.kind == .ran }
    waits = sorted.filter { $0.kind == .waited }
  }

  /// On an event loop a worker waits unless it has its turn, and blocks if it waits then; a thread computes unless it waits.
  func spans(from start: Nanoseconds, to end: Nanoseconds) -> [Timeline.Span] {
    guard end > start else { return [] }
    if turns.isEmpty { return Self.split(start, end, by: waits, inside: .waiting, outside: .computing) }
    return Self.split(start, end, by: turns, inside: .computing, outside: .waiting).flatMap { span in
      span.activity == .computing
        ? Self.split(span.start, span.end, by: waits, inside: .blocking, outside: .computing) : [span]
    }
  }

  private static func split(
    _ start: Nanoseconds, _ end: Nanoseconds, by marks: [Timeline.Mark], inside: Timeline.Activity,
    outside: Timeline.Activity
  ) -> [Timeline.Span] {
    var spans: [Timeline.Span] = []
    var position = start
    // The first that ends after the start: marks don't overlap, so their ends are sorted, too.
    var (low, high) = (0, marks.count)
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].end <= start { low = middle + 1 } else { high = middle }
    }
    for mark in marks[low...] {
      if mark.start >= end { break }
      if mark.start > position { spans.append(Timeline.Span(outside, position, mark.start)) }
      let from = max(position, mark.start)
      position = min(end, mark.end)
      if position > from { spans.append(Timeline.Span(inside, from, position)) }
    }
    if position < end { spans.append(Timeline.Span(outside, position, end)) }
    return spans
  }
}
