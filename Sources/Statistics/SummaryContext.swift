package import Model

/// The facts that statistics need beside the trials.
package struct SummaryContext: Sendable {
  /// The things that some cells have in common: labels, and the levels of some axes.
  ///
  /// Levels are compared by their text.
  package struct Identity: Hashable, Sendable {
    private var labels: [String]
    private var levels: [String?]

    /// Takes labels, and the levels of the axes that count.
    ///
    /// - Parameters:
    ///   - levels: those of a cell, one place for each axis.
    ///   - axes: indices of the axes that count.
    package init(labels: [String], levels: [Value?] = [], of axes: [Int] = []) {
      self.labels = labels
      self.levels = axes.map { levels[$0]?.description }
    }
  }

  /// The facts about one cell.
  package struct Cell: Hashable, Sendable {
    /// The cell's id.
    package var id: String
    /// The id of the cell that this one is compared with; `nil` if there is none.
    package var baseline: String?
    /// The id of the cell that has one worker, and is the same in everything else; `nil` if there is none.
    package var oneWorker: String?
    /// The key of all cells that do the same work.
    package var work: Identity
    /// The key of all cells that differ only in their number of workers.
    package var curve: Identity
    /// The number of workers that the cell asks for, which orders the levels of a strategy; `nil` if it asks for none.
    package var maxWorkers: Int?
    /// True if each worker can have a CPU of its own. Only then efficiency has a meaning.
    package var workersUseCPUs: Bool
    /// The number of threads or processes that compute if all workers do; `nil` if it isn't known.
    package var computingThreads: Int?
    /// The allowed rate, in tasks a second; `nil` without a limit.
    package var rateLimit: Double?
    /// The schedule of arrivals; `nil` for a closed loop.
    package var arrivals: Arrivals?

    /// Takes the facts. Without a `curve`, the cell is a curve of its own.
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

  /// The cells, in the order of the plan.
  package var cells: [Cell]
  /// True if recommendations and verdicts may be made.
  package var makesClaims: Bool
  /// True if each cell had all its trials before the next one began.
  package var isSequential = false
  /// True if each task's CPU time and a timeline were kept.
  package var recordsTasks = false
  /// The CPUs of the machine that trials could use; `nil` if they aren't known.
  package var effectiveCores: Double?
  /// The smallest difference of two readings of the machine's clock, in seconds; `nil` if it isn't known.
  package var clockStep: Double?

  /// Takes the cells. Facts about the machine are added later.
  package init(cells: [Cell], makesClaims: Bool) {
    self.cells = cells
    self.makesClaims = makesClaims
  }
}

extension SummaryContext.Identity: ExpressibleByStringLiteral {
  /// Makes an identity of a single label.
  package init(stringLiteral label: String) {
    self.init(labels: [label])
  }
}
