package import Time

/// The activities of each worker in one trial. Moments are measured from t₀.
package struct Timeline: Hashable, Sendable {
  /// The activity of a worker; the raw value is the word in timeline.json.
  package enum Activity: String, Hashable, Sendable, CaseIterable {
    case computing, waiting
    /// The worker waits and keeps the event loop, so that no other task on it can run.
    case blocking
  }

  /// A period in which a worker did one thing.
  package struct Span: Hashable, Sendable {
    /// The worker's activity.
    package var activity: Activity
    /// The moment when the activity began.
    package var start: Nanoseconds
    /// The moment when the activity ended.
    package var end: Nanoseconds

    /// Makes a span that lasts from one moment to another.
    package init(_ activity: Activity, from start: Nanoseconds, to end: Nanoseconds) {
      self.activity = activity
      self.start = start
      self.end = end
    }
  }

  /// One task on the track of a worker.
  package struct Task: Hashable, Sendable {
    /// The task's index in its trial, from 0.
    package var index: Int
    /// The moment when a worker began the task.
    package var start: Nanoseconds
    /// The moment when the task ended.
    package var end: Nanoseconds
    /// The outcome of the task.
    package var status: TaskOutcome
    /// The number of bytes that the task's workload counts, such as the size of a download.
    package var bytes: Int
    /// The worker's activities during the task, in order and without gaps; empty if they are unknown.
    package var spans: [Span]

    /// Makes a task, by default one with unknown activities.
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

  /// The tasks of one worker.
  package struct Track: Hashable, Sendable {
    /// The index of the worker, from 0.
    package var worker: Int
    /// The worker's tasks, sorted by their starts. They don't overlap.
    package var tasks: [Task]

    /// Makes a track of a worker's sorted tasks.
    package init(worker: Int, tasks: [Task]) {
      self.worker = worker
      self.tasks = tasks
    }
  }

  /// The tracks, sorted by worker.
  package var tracks: [Track]
  /// The time from t₀ until the pool was closed.
  ///
  /// If a trial ended before that, it lasts until the last known moment.
  package var wall: Nanoseconds
  /// A Boolean value that is true if the workers' activities didn't all fit into memory.
  package var isCut: Bool

  /// Makes a timeline, by default one that is complete.
  package init(tracks: [Track], wall: Nanoseconds, isCut: Bool = false) {
    self.tracks = tracks
    self.wall = wall
    self.isCut = isCut
  }
}

extension Timeline {
  /// One observation of a worker's activity.
  package struct Mark: Hashable, Sendable {
    /// The kind of observation; the raw value is its code in a board's memory.
    package enum Kind: UInt32, Hashable, Sendable {
      /// A thread waited during the mark. It computed for the rest of a task.
      case waited
      /// The event loop ran the worker's task during the mark. The task waited for the rest of its time.
      case ran
    }

    /// The kind of observation.
    package var kind: Kind
    /// The index of the worker, from 0.
    package var worker: Int
    /// The moment when the observation began.
    package var start: Nanoseconds
    /// The moment when the observation ended.
    package var end: Nanoseconds

    /// Makes a mark.
    package init(_ kind: Kind, worker: Int, start: Nanoseconds, end: Nanoseconds) {
      self.kind = kind
      self.worker = worker
      self.start = start
      self.end = end
    }
  }

  /// Makes a timeline of a trial's tasks and of the marks of its workers.
  ///
  /// - Parameters:
  ///   - marks: in any order; `nil` if the tasks' activities weren't observed.
  ///   - wall: `nil` if the trial didn't end by itself.
  package init(_ tasks: [TaskRow], marks: [Mark]?, wall: Nanoseconds?, isCut: Bool = false) {
    let known = tasks.reduce(.zero) { max($0, $1.end ?? $1.start) }
    let end = wall ?? max(known, marks?.map(\.end).max() ?? .zero)
    let marks = marks.map { Dictionary(grouping: $0, by: \.worker) }
    let tracks = Dictionary(grouping: tasks, by: \.worker).sorted { $0.key < $1.key }.map { worker, tasks in
      let own = marks.map { $0[worker] ?? [] }
      let details = own.map(ActivityReader.init)
      // If the memory for marks ran out, activities after the last mark are unknown.
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

/// A converter of one worker's marks into spans.
private struct ActivityReader {
  private let turns: [Timeline.Mark]
  private let waits: [Timeline.Mark]

  init(_ marks: [Timeline.Mark]) {
    let sorted = marks.sorted { $0.start < $1.start }
    turns = sorted.filter { $0.kind == .ran }
    waits = sorted.filter { $0.kind == .waited }
  }

  /// Returns the worker's activities between two moments, in order and without gaps.
  ///
  /// On an event loop, a worker waits except when it has its turn. If it waits during its turn, it blocks. A thread
  /// computes except when it waits.
  func spans(from start: Nanoseconds, to end: Nanoseconds) -> [Timeline.Span] {
    guard end > start else { return [] }
    if turns.isEmpty { return Self.split(from: start, to: end, by: waits, inside: .waiting, outside: .computing) }
    return Self.split(from: start, to: end, by: turns, inside: .computing, outside: .waiting).flatMap { span in
      span.activity == .computing
        ? Self.split(from: span.start, to: span.end, by: waits, inside: .blocking, outside: .computing) : [span]
    }
  }

  private static func split(
    from start: Nanoseconds, to end: Nanoseconds, by marks: [Timeline.Mark], inside: Timeline.Activity,
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
      if mark.start > position { spans.append(Timeline.Span(outside, from: position, to: mark.start)) }
      let from = max(position, mark.start)
      position = min(end, mark.end)
      if position > from { spans.append(Timeline.Span(inside, from: from, to: position)) }
    }
    if position < end { spans.append(Timeline.Span(outside, from: position, to: end)) }
    return spans
  }
}
