internal import FoundationEssentials
package import Model

/// What the runner says to a trial.
package enum HostMessage: Hashable, Sendable {
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
  /// When tasks become due; absent: as soon as a worker is free.
  package var arrivals: Arrivals?
  /// Tasks a second that may begin; absent: no limit.
  package var maxRate: Double?
  /// Tasks to do before `ready`, that aren't recorded; absent: none.
  package var warmupTasks: Int?
  /// Whether what each task cost is wanted too; absent: no.
  package var recordTasks: Bool?

  package init(strategy: String, parameters: [String: Value], workload: String?, work: [String: Value]?) {
    self.strategy = strategy
    self.parameters = parameters
    self.workload = workload
    self.work = work
  }

  private enum CodingKeys: String, CodingKey {
    case strategy, parameters, workload, work, arrivals
    case maxRate = "max_rate"
    case warmupTasks = "warmup_tasks"
    case recordTasks = "record_tasks"
  }
}

/// What a trial says to the runner.
package enum PluginMessage: Hashable, Sendable {
  case ready
  case done(Done)
  case error(String)
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
