package import Model

/// The facts that statistics need beside the trials.
package struct SummaryContext: Sendable {
  /// What some cells have in common: labels, and the levels of some axes. Levels count as they are written.
  package struct Identity: Hashable, Sendable {
    private var labels: [String]
    private var levels: [String?]

    /// - Parameters:
    ///   - levels: of a cell, one place for each axis.
    ///   - axes: indices of the axes that count.
    package init(labels: [String], levels: [Value?] = [], of axes: [Int] = []) {
      self.labels = labels
      self.levels = axes.map { levels[$0]?.description }
    }
  }

  package struct Cell: Hashable, Sendable {
    package var id: String
    /// The id of the cell that it is compared with.
    package var baseline: String?
    /// The id of the cell that has one worker, and is the same in everything else.
    package var oneWorker: String?
    /// The same for all cells that do the same work.
    package var work: Identity
    /// The same for cells that differ only in how many workers they have.
    package var curve: Identity
    /// What tells the levels of a strategy apart, the cheapest first.
    package var maxWorkers: Int?
    /// Whether each worker can have a CPU of its own: efficiency means something then.
    package var workersUseCPUs: Bool
    /// How many threads or processes compute, if all workers do; `nil`: nobody knows.
    package var computingThreads: Int?
    /// Tasks a second that are allowed.
    package var rateLimit: Double?
    /// Tasks a second that come in, with `arrivals`.
    package var arrivalRate: Double?

    package init(
      id: String, baseline: String?, oneWorker: String? = nil, work: Identity, curve: Identity? = nil, maxWorkers: Int?,
      workersUseCPUs: Bool = true
    ) {
      self.id = id
      self.baseline = baseline
      self.oneWorker = oneWorker
      self.work = work
      self.curve = curve ?? Identity(labels: [id])
      self.maxWorkers = maxWorkers
      self.workersUseCPUs = workersUseCPUs
    }
  }

  /// In the order of the plan.
  package var cells: [Cell]
  /// Whether recommendations may be made.
  package var makesClaims: Bool
  /// Whether each cell had all its trials before the next one.
  package var isSequential = false
  /// Whether each task's CPU time and a timeline were kept.
  package var recordsTasks = false
  /// Of the machine that the trials ran on.
  package var effectiveCores: Double?
  /// The smallest difference of two readings of its clock, in seconds.
  package var clockStep: Double?

  package init(cells: [Cell], makesClaims: Bool) {
    self.cells = cells
    self.makesClaims = makesClaims
  }
}

extension SummaryContext.Identity: ExpressibleByStringLiteral {
  /// A single label.
  package init(stringLiteral label: String) {
    self.init(labels: [label])
  }
}
