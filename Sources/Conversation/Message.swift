internal import FoundationEssentials
package import Model

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

/// How one task went in an external plugin: `[index, worker, start, end, status, bytes]`, and perhaps a message. Times
/// are nanoseconds since the run began.
package struct TaskReport: Hashable, Sendable {
  package enum Status: String, Hashable, Sendable, Codable {
    case ok, failed, timeout
  }

  package var index: Int
  package var worker: Int
  package var start: Int
  package var end: Int
  package var status: Status
  package var bytes: Int
  package var message: String?

  package init(
    index: Int, worker: Int, start: Int, end: Int, status: Status, bytes: Int, message: String? = nil
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
    start = try list.decode(Int.self)
    end = try list.decode(Int.self)
    status = try list.decode(Status.self)
    bytes = try list.decode(Int.self)
    message = list.isAtEnd ? nil : try? list.decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    try list.encode(index)
    try list.encode(worker)
    try list.encode(start)
    try list.encode(end)
    try list.encode(status)
    try list.encode(bytes)
    if let message { try list.encode(message) }
  }
}

/// The end of a run, as the trial saw it. Times are nanoseconds.
package struct Done: Hashable, Sendable, Codable {
  package var wallNs: Int
  package var setupNs: Int?
  package var teardownNs: Int?
  /// 16 hexadecimal digits.
  package var checksum: String?
  package var expectedChecksum: String?
  package var metrics: [String: Double]?
  /// The longest that a ready task had to wait for its event loop.
  package var loopStallMaxNs: Int?
  package var usage: Usage?

  /// What the clocked part used: of the trial and the processes that it started.
  package struct Usage: Hashable, Sendable, Codable {
    package var cpuUserNs: Int
    package var cpuSystemNs: Int
    package var voluntarySwitches: Int
    package var involuntarySwitches: Int
    /// Of the largest single process.
    package var maxRSSBytes: Int?

    package init(
      cpuUserNs: Int, cpuSystemNs: Int, voluntarySwitches: Int, involuntarySwitches: Int, maxRSSBytes: Int?
    ) {
      self.cpuUserNs = cpuUserNs
      self.cpuSystemNs = cpuSystemNs
      self.voluntarySwitches = voluntarySwitches
      self.involuntarySwitches = involuntarySwitches
      self.maxRSSBytes = maxRSSBytes
    }

    private enum CodingKeys: String, CodingKey {
      case cpuUserNs = "cpu_user_ns"
      case cpuSystemNs = "cpu_system_ns"
      case voluntarySwitches = "voluntary_switches"
      case involuntarySwitches = "involuntary_switches"
      case maxRSSBytes = "max_rss_bytes"
    }
  }

  package init(
    wallNs: Int, setupNs: Int? = nil, teardownNs: Int? = nil, checksum: String? = nil,
    expectedChecksum: String? = nil, metrics: [String: Double]? = nil, loopStallMaxNs: Int? = nil, usage: Usage? = nil
  ) {
    self.wallNs = wallNs
    self.setupNs = setupNs
    self.teardownNs = teardownNs
    self.checksum = checksum
    self.expectedChecksum = expectedChecksum
    self.metrics = metrics
    self.loopStallMaxNs = loopStallMaxNs
    self.usage = usage
  }

  private enum CodingKeys: String, CodingKey {
    case wallNs = "wall_ns"
    case setupNs = "setup_ns"
    case teardownNs = "teardown_ns"
    case checksum
    case expectedChecksum = "expected_checksum"
    case metrics
    case loopStallMaxNs = "loop_stall_max_ns"
    case usage
  }
}
