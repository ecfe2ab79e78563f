/// How trials are run, for a whole experiment.
package struct RunSettings: Hashable, Sendable {
  package enum Order: String, Sendable, CaseIterable {
    /// Every cell once in a random order, then again: METHOD's seeded randomised complete blocks.
    case blocks
    /// All trials of a cell, then the next cell: to see what that does to the numbers.
    case sequential
  }

  /// With `precision`, no look is taken before so many blocks: fewer give intervals that say little.
  package static let leastBlocksForPrecision = 10
  /// Where `precision` is given, and nothing else was said.
  package static let standardMaxTrials = 100

  /// Measured trials of each cell: exactly so many, or at least so many where `precision` is given.
  package var trials = 10
  /// Half the width of every cell's interval is to be at most this share of its median; `nil`: the number is fixed.
  package var precision: Double?
  /// The most trials of each cell, where `precision` is given.
  package var maxTrials: Int?
  /// Seconds after which no more blocks are begun.
  package var budget: Double?
  package var warmup = 1
  package var order = Order.blocks
  package var seed = 1
  /// Of one trial, in seconds.
  package var timeout = 60.0
  /// The share of a trial's tasks that may fail before the trial is `failed`.
  package var maxFailed = 0.0
  /// Tasks a second that a workload with requests may begin in each trial; `nil`: no limit.
  package var maxRate: Double?
  /// Tasks that each trial does before its clock starts, and that aren't recorded.
  package var warmupTasks = 0
  /// Whether every task becomes a row of tasks.csv.
  package var recordsTasks = false
  package var remote = RemoteLimits()
  /// Speedups and recommendations may be stated as such (not so with `--quick`).
  package var makesClaims = true

  package init() {}

  /// The least and the most blocks that are measured, if the budget allows it.
  package var blocks: ClosedRange<Int> { trials...max(trials, maxTrials ?? trials) }
}

/// Why a run had enough blocks.
package enum StopReason: String, Hashable, Sendable, Codable, CaseIterable {
  /// Their number was fixed.
  case trials
  /// Every cell is known as precisely as was asked for.
  case precision
  /// It isn't, but there are as many blocks as there may be.
  case max
  /// The next block would have taken longer than what was left of the time.
  case budget
}

/// How many requests a run may send to each host that isn't this machine.
package struct RemoteLimits: Hashable, Sendable {
  /// Where nothing else was agreed on.
  package static let standard = 1000

  /// In lower case.
  package var hosts: Set<String> = []
  /// To each of these hosts; `nil`: no limit.
  package var maxRequests: Int?

  package init() {}

  /// `nil`: none.
  package func limit(for host: String) -> Int? { hosts.contains(host) ? maxRequests : Self.standard }
}
