/// The settings of an experiment that decide how its trials run.
package struct RunSettings: Hashable, Sendable {
  /// The order of trials; the raw value is the word in experiment files.
  package enum Order: String, Sendable, CaseIterable {
    /// Every cell runs once in a random order, then again: the seeded randomised complete blocks of METHOD.
    case blocks
    /// All trials of a cell run before those of the next cell. This shows how the order affects the numbers.
    case sequential
  }

  /// The number of blocks before `precision` is first checked. Fewer blocks give intervals that say little.
  package static let leastBlocksForPrecision = 10
  /// The largest number of trials of each cell if `precision` is set and the file gives no other limit.
  package static let standardMaxTrials = 100

  /// The number of measured trials of each cell, or the least number if `precision` is set.
  package var trials = 10
  /// The largest half width of each cell's interval, as a share of its median; `nil` if the number of trials is fixed.
  package var precision: Double?
  /// The largest number of trials of each cell; used only if `precision` is set.
  package var maxTrials: Int?
  /// The time after which no block starts, in seconds; `nil` for no limit.
  package var budget: Double?
  /// The number of warm-up trials of each cell before its measured ones.
  package var warmup = 1
  /// The order of trials.
  package var order = Order.blocks
  /// The seed of the order of trials.
  package var seed = 1
  /// The time after which a trial is killed, in seconds.
  package var timeout = 60.0
  /// The number of further attempts that a trial gets whose status isn't ok.
  package var retries = 0
  /// The share of a trial's tasks that may fail, from 0 to 1. With more, the trial is `failed`.
  package var maxFailed = 0.0
  /// The number of requests per second that a trial may begin; `nil` for no limit.
  package var maxRate: Double?
  /// The number of tasks that each trial runs before its clock starts. They aren't recorded.
  package var warmupTasks = 0
  /// A Boolean value that is true if tasks.csv and timeline.json are written.
  package var recordsTasks = false
  /// The limits of requests to other machines.
  package var remote = RemoteLimits()
  /// A Boolean value that is true if reports may claim speedups and recommend cells. With `--quick` it is false.
  package var makesClaims = true

  package init() {}

  /// The least and the largest number of measured blocks. A budget may end the run earlier.
  package var blocks: ClosedRange<Int> { trials...max(trials, maxTrials ?? trials) }
}

/// The reason why a run needed no more blocks.
package enum StopReason: String, Hashable, Sendable, Codable, CaseIterable {
  /// The number of blocks was fixed, and is reached.
  case trials
  /// Every cell's interval is as precise as the file asks for.
  case precision
  /// The largest number of blocks is reached before every cell is precise enough.
  case max
  /// The next block would have taken longer than the rest of the budget.
  case budget
}

/// The number of requests that a run may send to each host that isn't this machine.
package struct RemoteLimits: Hashable, Sendable {
  /// The limit for hosts that the experiment file doesn't list.
  package static let standard = 1000

  /// The hosts that the experiment file lists, in ASCII and lower case.
  package var hosts: Set<String> = []
  /// The limit for each of the listed hosts; `nil` for no limit.
  package var maxRequests: Int?

  package init() {}

  /// Returns the number of requests that a run may send to a host, or `nil` if there is no limit.
  package func limit(for host: String) -> Int? { hosts.contains(host) ? maxRequests : Self.standard }
}
