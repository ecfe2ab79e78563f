/// Trials by columns: what statistics need of them, however many there are. Warm-ups are left out.
///
/// What is missing is NaN here, and never leaves as a number.
package struct TrialColumns: Sendable {
  /// What the trials of a cell have in common.
  package struct CellIdentity: Hashable, Sendable {
    package var id: String
    package var workload: String
    package var strategy: String
    /// One place for each axis.
    package var levels: [Value?]

    package init(id: String, workload: String, strategy: String, levels: [Value?]) {
      self.id = id
      self.workload = workload
      self.strategy = strategy
      self.levels = levels
    }
  }

  /// A block of one of the runs that the trials are of.
  package struct Block: Hashable, Sendable {
    package var run: Int
    package var number: Int
  }

  /// A column of numbers.
  package enum Number: Hashable, Sendable {
    case measure(Measure)
    case tasksOK, bytes
    /// CPU time of both kinds, in seconds.
    case cpu
    /// Index into the metrics.
    case metric(Int)
  }

  /// Those measures that statistics are made of.
  package static let measures: [Measure] = [
    .wall, .observed, .maxProcessRSS, .taskP50, .taskP99, .responseP50, .responseP99, .occupancy,
  ]

  package let metrics: [String]
  /// In the order of their first trials.
  package private(set) var cells: [CellIdentity] = []
  package private(set) var blocks: [Block] = []
  /// Of each trial: index into `cells`.
  package private(set) var cellOfTrial: [Int32] = []
  /// Of each trial: index into `blocks`.
  package private(set) var blockOfTrial: [Int32] = []
  package private(set) var statuses: [TrialStatus] = []
  /// Of each trial; 0: unknown.
  package private(set) var workers: [Int32] = []
  private var numbers: [[Double]]
  private var cellPlaces: [String: Int32] = [:]
  private var blockPlaces: [Block: Int32] = [:]

  package init(metrics: [String] = []) {
    self.metrics = metrics
    numbers = Array(repeating: [], count: Self.kinds(metrics).count)
  }

  /// The columns of numbers, in the order in which `append` takes their values.
  package static func kinds(_ metrics: [String]) -> [Number] {
    measures.map(Number.measure) + [.tasksOK, .bytes, .cpu] + metrics.indices.map(Number.metric)
  }

  package var count: Int { statuses.count }

  /// One value for each trial.
  package func values(_ number: Number) -> [Double] {
    switch number {
    case .measure(let measure): Self.measures.firstIndex(of: measure).map { numbers[$0] } ?? []
    case .tasksOK: numbers[Self.measures.count]
    case .bytes: numbers[Self.measures.count + 1]
    case .cpu: numbers[Self.measures.count + 2]
    case .metric(let index): numbers[Self.measures.count + 3 + index]
    }
  }

  /// The place of a cell; makes one for a new id.
  package mutating func place(ofCell id: String, orElse make: () -> CellIdentity) -> Int32 {
    if let place = cellPlaces[id] { return place }
    cells.append(make())
    cellPlaces[id] = Int32(cells.count - 1)
    return Int32(cells.count - 1)
  }

  package mutating func place(ofBlock number: Int, run: Int) -> Int32 {
    let block = Block(run: run, number: number)
    if let place = blockPlaces[block] { return place }
    blocks.append(block)
    blockPlaces[block] = Int32(blocks.count - 1)
    return Int32(blocks.count - 1)
  }

  /// Adds a trial.
  ///
  /// - Parameter values: one for each of `kinds`; NaN where unknown.
  package mutating func append(cell: Int32, block: Int32, status: TrialStatus, workers: Int32, values: [Double]) {
    cellOfTrial.append(cell)
    blockOfTrial.append(block)
    statuses.append(status)
    self.workers.append(workers)
    for index in numbers.indices { numbers[index].append(values[index]) }
  }
}

extension TrialColumns {
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
      workers: Int32(clamping: trial.workers ?? 0), values: values)
  }

  /// Trials of several runs of one experiment, together: cells are the same by their ids.
  ///
  /// - Parameter levels: places the levels of a part's cell where the whole has its axes.
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
    for index in numbers.indices { numbers[index] += columns[index] }
  }
}
