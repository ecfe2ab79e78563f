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
  /// The strategy's name.
  package var strategy: String
  /// The strategy's parameters.
  package var parameters: [String: Value]
  /// Absent for a strategy that brings its own work.
  package var workload: String?
  /// The workload's parameters.
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

  /// Makes a preparation without any of the options.
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
  /// A sentence for the user.
  package var message: String
  /// Whether a process crashed; of no meaning where an external plugin says so of itself.
  package var crashed: Bool?

  /// Makes a complaint.
  package init(_ message: String, crashed: Bool? = nil) {
    self.message = message
    self.crashed = crashed
  }
}

/// How one task went in an external plugin: `[index, worker, start, end, status, bytes]`, and perhaps a message.
///
/// Moments are times since the run began.
package struct TaskReport: Hashable, Sendable {
  /// The task's number, from 0.
  package var index: Int
  /// The worker's number, from 0.
  package var worker: Int
  /// When it began.
  package var start: Nanoseconds
  /// When it ended.
  package var end: Nanoseconds
  /// How it ended.
  package var status: TaskOutcome
  /// The bytes that it transferred.
  package var bytes: Int
  /// Why it failed.
  package var message: String?

  /// Makes the report of one task.
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
  /// Reads a list.
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

  /// Writes a list.
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
  /// From just before the pool was made until it was closed.
  package var wall: Nanoseconds
  /// The first task's start.
  package var setup: Nanoseconds?
  /// The time from the last task's end to the end of the run.
  package var teardown: Nanoseconds?
  /// 16 hexadecimal digits.
  package var checksum: String?
  /// The checksum that the work must have, where that is known.
  package var expectedChecksum: String?
  /// Numbers of the plugin, by name.
  package var metrics: [String: Double]?
  /// The longest that a ready task had to wait for its event loop.
  package var loopStallMax: Nanoseconds?
  /// The resources that the run used.
  package var usage: Usage?

  /// What the clocked part used: of the trial and the processes that it started. What is `nil` isn't known.
  package struct Usage: Hashable, Sendable, Codable {
    /// CPU time in the programs themselves.
    package var cpuUser: Nanoseconds?
    /// CPU time in the kernel on their behalf.
    package var cpuSystem: Nanoseconds?
    /// Context switches because a thread waited.
    package var voluntarySwitches: Int?
    /// Context switches because another thread wanted to run.
    package var involuntarySwitches: Int?
    /// Of the largest single process.
    package var maxRSSBytes: Int?

    /// Makes an account.
    package init(
      cpuUser: Nanoseconds?, cpuSystem: Nanoseconds?, voluntarySwitches: Int?, involuntarySwitches: Int?,
      maxRSSBytes: Int?
    ) {
      self.cpuUser = cpuUser
      self.cpuSystem = cpuSystem
      self.voluntarySwitches = voluntarySwitches
      self.involuntarySwitches = involuntarySwitches
      self.maxRSSBytes = maxRSSBytes
    }

    /// Returns this account with the figures of another one where this has none.
    package func completed(by other: Usage) -> Usage {
      Usage(
        cpuUser: cpuUser ?? other.cpuUser, cpuSystem: cpuSystem ?? other.cpuSystem,
        voluntarySwitches: voluntarySwitches ?? other.voluntarySwitches,
        involuntarySwitches: involuntarySwitches ?? other.involuntarySwitches,
        maxRSSBytes: maxRSSBytes ?? other.maxRSSBytes)
    }

    private enum CodingKeys: String, CodingKey {
      case cpuUser = "cpu_user_ns"
      case cpuSystem = "cpu_system_ns"
      case voluntarySwitches = "voluntary_switches"
      case involuntarySwitches = "involuntary_switches"
      case maxRSSBytes = "max_rss_bytes"
    }
  }

  /// Makes the end of a run.
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
