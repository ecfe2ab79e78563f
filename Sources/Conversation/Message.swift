internal import FoundationEssentials
package import Model
package import Time

/// What the runner says to a trial, and a trial to an external plugin.
package enum HostMessage: Hashable, Sendable {
  /// Say what you are.
  case describe
  /// Get everything ready that is not to be measured.
  case prepare(Preparation)
  /// The clock starts.
  case run
}

/// A trial's work, every parameter resolved: durations in seconds, sizes in bytes.
package struct Preparation: Hashable, Sendable, Codable {
  package var strategy: String
  package var parameters: [String: Value]
  /// Absent for a strategy that brings its own work.
  package var workload: String?
  package var work: [String: Value]?
  /// The embedded server's answers to the URLs of the work, as `OriginAnswer.value` writes them; absent: it isn't asked.
  package var answers: [Value]?
  /// When tasks become due; absent: as soon as a worker is free.
  package var arrivals: Arrivals?
  /// Tasks a second that may begin; absent: no limit.
  package var maxRate: Double?
  /// Tasks to do before `ready`, that aren't recorded; absent: none.
  package var warmupTasks: Int?
  /// Whether what each task cost is wanted too; absent: no.
  package var recordTasks: Bool?
  /// The program that the strategy is in; absent: it is built in.
  package var program: String?

  package init(strategy: String, parameters: [String: Value], workload: String?, work: [String: Value]?) {
    self.strategy = strategy
    self.parameters = parameters
    self.workload = workload
    self.work = work
  }

  private enum CodingKeys: String, CodingKey {
    case strategy, parameters, workload, work, arrivals, program
    case answers = "origin_answers"
    case maxRate = "max_rate"
    case warmupTasks = "warmup_tasks"
    case recordTasks = "record_tasks"
  }
}

/// What a trial says to the runner, and an external plugin to a trial.
package enum PluginMessage: Hashable, Sendable {
  case description(PluginOffer)
  case ready
  /// How tasks went, after the clock stopped; zero or more of these.
  case tasks([TaskReport])
  case done(Done)
  case error(Complaint)
}

/// Why a trial can't go on.
package struct Complaint: Hashable, Sendable, Codable {
  package var message: String
  /// Whether a process crashed; of no meaning where an external plugin says so of itself.
  package var crashed: Bool?

  package init(_ message: String, crashed: Bool? = nil) {
    self.message = message
    self.crashed = crashed
  }
}

/// How one task went in an external plugin: `[index, worker, start, end, status, bytes]`, and perhaps a message.
///
/// Moments are times since the run began.
package struct TaskReport: Hashable, Sendable {
  package var index: Int
  package var worker: Int
  package var start: Nanoseconds
  package var end: Nanoseconds
  package var status: TaskOutcome
  package var bytes: Int
  package var message: String?

  package init(
    index: Int, worker: Int, start: Nanoseconds, end: Nanoseconds, status: TaskOutcome, bytes: Int,
    message: String? = nil
  ) {
    self.index = index
    self.worker = worker
    self.start = start
    self.end = end
    self.status = status
    self.bytes = bytes
    self.message = message
  }
}

extension TaskReport: Codable {
  package init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    index = try list.decode(Int.self)
    worker = try list.decode(Int.self)
    start = Nanoseconds(try list.decode(Int.self))
    end = Nanoseconds(try list.decode(Int.self))
    status = try list.decode(TaskOutcome.self)
    bytes = try list.decode(Int.self)
    message = list.isAtEnd ? nil : try? list.decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    try list.encode(index)
    try list.encode(worker)
    try list.encode(start.count)
    try list.encode(end.count)
    try list.encode(status)
    try list.encode(bytes)
    if let message { try list.encode(message) }
  }
}

/// The end of a run, as the trial saw it.
package struct Done: Hashable, Sendable, Codable {
  package var wall: Nanoseconds
  package var setup: Nanoseconds?
  package var teardown: Nanoseconds?
  /// 16 hexadecimal digits.
  package var checksum: String?
  package var expectedChecksum: String?
  package var metrics: [String: Double]?
  /// The longest that a ready task had to wait for its event loop.
  package var loopStallMax: Nanoseconds?
  package var usage: Usage?

  /// What the clocked part used: of the trial and the processes that it started.
  package struct Usage: Hashable, Sendable, Codable {
    package var cpuUser: Nanoseconds
    package var cpuSystem: Nanoseconds
    package var voluntarySwitches: Int
    package var involuntarySwitches: Int
    /// Of the largest single process.
    package var maxRSSBytes: Int?

    package init(
      cpuUser: Nanoseconds, cpuSystem: Nanoseconds, voluntarySwitches: Int, involuntarySwitches: Int,
      maxRSSBytes: Int?
    ) {
      self.cpuUser = cpuUser
      self.cpuSystem = cpuSystem
      self.voluntarySwitches = voluntarySwitches
      self.involuntarySwitches = involuntarySwitches
      self.maxRSSBytes = maxRSSBytes
    }

    private enum CodingKeys: String, CodingKey {
      case cpuUser = "cpu_user_ns"
      case cpuSystem = "cpu_system_ns"
      case voluntarySwitches = "voluntary_switches"
      case involuntarySwitches = "involuntary_switches"
      case maxRSSBytes = "max_rss_bytes"
    }
  }

  package init(
    wall: Nanoseconds, setup: Nanoseconds? = nil, teardown: Nanoseconds? = nil, checksum: String? = nil,
    expectedChecksum: String? = nil, metrics: [String: Double]? = nil, loopStallMax: Nanoseconds? = nil,
    usage: Usage? = nil
  ) {
    self.wall = wall
    self.setup = setup
    self.teardown = teardown
    self.checksum = checksum
    self.expectedChecksum = expectedChecksum
    self.metrics = metrics
    self.loopStallMax = loopStallMax
    self.usage = usage
  }

  private enum CodingKeys: String, CodingKey {
    case wall = "wall_ns"
    case setup = "setup_ns"
    case teardown = "teardown_ns"
    case checksum
    case expectedChecksum = "expected_checksum"
    case metrics
    case loopStallMax = "loop_stall_max_ns"
    case usage
  }
}
