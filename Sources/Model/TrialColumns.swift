/// Trials in columns, for statistics of any number of trials. Warm-ups are left out.
///
/// In the columns of numbers, NaN stands for a missing value.
package struct TrialColumns: Sendable {
  /// The properties that all trials of a cell share.
  package struct CellIdentity: Hashable, Sendable {
    /// The id of the cell.
    package var id: String
    /// The label of the workload.
    package var workload: String
    /// The label of the strategy.
    package var strategy: String
    /// The cell's levels, one place for each axis; `nil` where the cell doesn't have that axis.
    package var levels: [Value?]

    /// Makes the identity of a cell.
    package init(id: String, workload: String, strategy: String, levels: [Value?]) {
      self.id = id
      self.workload = workload
      self.strategy = strategy
      self.levels = levels
    }
  }

  /// A block of one of the runs that the trials belong to.
  package struct Block: Hashable, Sendable {
    /// The index of the run, from 0.
    package var run: Int
    /// The number of the block in its run.
    package var number: Int
  }

  /// A column of numbers.
  package enum Number: Hashable, Sendable {
    case measure(Measure)
    case tasksOK, bytes
    /// The sum of user and system CPU time, in seconds.
    case cpu
    /// A metric, given by its index.
    case metric(Int)
  }

  /// The measures that statistics use.
  package static let measures: [Measure] = [
    .wall, .observed, .maxProcessRSS, .taskP50, .taskP99, .responseP50, .responseP99, .occupancy,
  ]

  /// The names of the metrics.
  package let metrics: [String]
  /// The cells, in the order of their first trials.
  package private(set) var cells: [CellIdentity] = []
  /// The blocks, in the order of their first trials.
  package private(set) var blocks: [Block] = []
  /// The cell of each trial, as an index into `cells`.
  package private(set) var cellOfTrial: [Int32] = []
  /// The block of each trial, as an index into `blocks`.
  package private(set) var blockOfTrial: [Int32] = []
  /// The status of each trial.
  package private(set) var statuses: [TrialStatus] = []
  /// The number of workers of each trial; 0 if unknown.
  package private(set) var workers: [Int32] = []
  /// The number of each trial's last attempt, from 1. Earlier attempts are left out.
  package private(set) var attempts: [Int32] = []
  private var numbers: [[Double]]
  private var cellPlaces: [String: Int32] = [:]
  private var blockPlaces: [Block: Int32] = [:]
  /// The rows by their places; `nil` as long as no trial has a second attempt.
  private var rowPlaces: [RowPlace: Int]?

  /// The place that all attempts of a trial share.
  private struct RowPlace: Hashable {
    var cell: Int32
    var block: Block
  }

  /// Makes columns without any trials.
  package init(metrics: [String] = []) {
    self.metrics = metrics
    numbers = Array(repeating: [], count: Self.kinds(metrics).count)
  }

  /// Returns the columns of numbers, in the order in which `append` takes their values.
  package static func kinds(_ metrics: [String]) -> [Number] {
    measures.map(Number.measure) + [.tasksOK, .bytes, .cpu] + metrics.indices.map(Number.metric)
  }

  /// The number of trials.
  package var count: Int { statuses.count }

  /// Returns a column: one value for each trial, NaN where unknown.
  package func values(_ number: Number) -> [Double] {
    switch number {
    case .measure(let measure): Self.measures.firstIndex(of: measure).map { numbers[$0] } ?? []
    case .tasksOK: numbers[Self.measures.count]
    case .bytes: numbers[Self.measures.count + 1]
    case .cpu: numbers[Self.measures.count + 2]
    case .metric(let index): numbers[Self.measures.count + 3 + index]
    }
  }

  /// Returns the index of a cell, and adds the cell if its id is new.
  package mutating func place(ofCell id: String, orElse make: () -> CellIdentity) -> Int32 {
    if let place = cellPlaces[id] { return place }
    cells.append(make())
    cellPlaces[id] = Int32(cells.count - 1)
    return Int32(cells.count - 1)
  }

  /// Returns the index of a block of a run, and adds the block if it is new.
  package mutating func place(ofBlock number: Int, run: Int) -> Int32 {
    let block = Block(run: run, number: number)
    if let place = blockPlaces[block] { return place }
    blocks.append(block)
    blockPlaces[block] = Int32(blocks.count - 1)
    return Int32(blocks.count - 1)
  }

  /// Adds a trial, or replaces an earlier attempt of it.
  ///
  /// - Parameters:
  ///   - attempt: from 1. Of the attempts in the same cell and block, the last one counts.
  ///   - values: one value for each of `kinds`; NaN where unknown.
  package mutating func append(
    cell: Int32, block: Int32, status: TrialStatus, workers: Int32, attempt: Int32 = 1, values: [Double]
  ) {
    if attempt > 1 || rowPlaces != nil, let row = row(cell: cell, block: block, attempt: attempt) {
      guard attempts[row] < attempt else { return }
      blockOfTrial[row] = block
      statuses[row] = status
      self.workers[row] = workers
      attempts[row] = attempt
      for index in numbers.indices { numbers[index][row] = values[index] }
      return
    }
    cellOfTrial.append(cell)
    blockOfTrial.append(block)
    statuses.append(status)
    self.workers.append(workers)
    attempts.append(attempt)
    for index in numbers.indices { numbers[index].append(values[index]) }
  }

  /// Returns the row of another attempt of a trial; if there is none, the next row will be the trial's.
  private mutating func row(cell: Int32, block: Int32, attempt: Int32) -> Int? {
    func place(_ cell: Int32, _ block: Int32) -> RowPlace { RowPlace(cell: cell, block: blocks[Int(block)]) }
    var rows =
      rowPlaces
      ?? Dictionary(
        statuses.indices.map { (place(cellOfTrial[$0], blockOfTrial[$0]), $0) }, uniquingKeysWith: { $1 })
    rowPlaces = nil
    let known = rows[place(cell, block)]
    if known == nil { rows[place(cell, block)] = count }
    rowPlaces = rows
    return known
  }
}

extension TrialColumns {
  /// Makes columns of all trials except warm-ups.
  package init(_ trials: some Sequence<Trial>, metrics: [String] = []) {
    self.init(metrics: metrics)
    for trial in trials where !trial.isWarmup { append(trial) }
  }

  private mutating func append(_ trial: Trial) {
    let cell = place(ofCell: trial.cellID) {
      CellIdentity(id: trial.cellID, workload: trial.workload, strategy: trial.strategy, levels: trial.levels)
    }
    let values = Self.kinds(metrics).map { kind -> Double in
      switch kind {
      case .measure(let measure): trial.measures[measure] ?? .nan
      case .tasksOK: trial.tasksOK.map(Double.init) ?? .nan
      case .bytes: trial.bytes.map(Double.init) ?? .nan
      case .cpu: (trial.measures[.cpuUser] ?? .nan) + (trial.measures[.cpuSystem] ?? .nan)
      case .metric(let index): trial.metrics[index] ?? .nan
      }
    }
    append(
      cell: cell, block: place(ofBlock: trial.block, run: 0), status: trial.status,
      workers: Int32(clamping: trial.workers ?? 0), attempt: Int32(clamping: trial.attempt), values: values)
  }

  /// Adds the trials of further runs of the same experiment. Cells with equal ids are the same cell.
  ///
  /// - Parameter levels: puts the levels of an added cell in the order of the axes of the whole.
  package mutating func append(_ other: TrialColumns, levels: ([Value?]) -> [Value?]) {
    let firstRun = (blocks.map(\.run).max() ?? -1) + 1
    let cells = other.cells.map { cell in
      place(ofCell: cell.id) {
        CellIdentity(id: cell.id, workload: cell.workload, strategy: cell.strategy, levels: levels(cell.levels))
      }
    }
    let blocks = other.blocks.map { place(ofBlock: $0.number, run: $0.run + firstRun) }
    let places = metrics.map { other.metrics.firstIndex(of: $0) }
    let columns = Self.kinds(metrics).map { kind -> [Double] in
      guard case .metric(let index) = kind else { return other.values(kind) }
      return places[index].map { other.values(.metric($0)) } ?? Array(repeating: .nan, count: other.count)
    }
    cellOfTrial += other.cellOfTrial.map { cells[Int($0)] }
    blockOfTrial += other.blockOfTrial.map { blocks[Int($0)] }
    statuses += other.statuses
    workers += other.workers
    attempts += other.attempts
    for index in numbers.indices { numbers[index] += columns[index] }
  }
}
