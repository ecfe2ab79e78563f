internal import Model

extension TrialFile {
  /// A converter of rows into columns.
  struct Rows {
    private(set) var result: TrialFile
    private let path: String
    private let width: Int
    private let places: Places
    private let axisPlaces: [Int]
    private let maxWorkers: Int?
    /// The places of each column of numbers. CPU time is the sum of two.
    private let numbers: [[Int?]]
    private var values: [Double]
    private var trialsOfCell: [Int32: Int] = [:]
    private var runPlaces: [String: Int] = [:]
    private var hosts: Set<String> = []

    /// The places of the other columns; `nil` for a missing one.
    private struct Places {
      var cell, workload, strategy, workers, block, warmup, status, wall, experiment, run, host, attempt: Int?
    }

    init(_ header: [String], _ path: String) throws(InputError) {
      self.path = path
      width = header.count
      let places = Dictionary(zip(header, header.indices), uniquingKeysWith: { first, _ in first })
      // In a table of another program, a block may have several trials of a cell.
      let isOwn = ["run_id", "cell_id", "block", "trial"].allSatisfy { places[$0] != nil }
      self.places = Places(
        cell: places["cell_id"], workload: places["workload"], strategy: places["strategy"], workers: places["workers"],
        block: places["block"], warmup: places["warmup"], status: places["status"], wall: places["wall_s"],
        experiment: places["experiment"], run: places["run_id"], host: places["host"],
        attempt: isOwn ? places["attempt"] : nil)
      let missing = ["wall_s"].filter { places[$0] == nil }
      guard missing.isEmpty, places["cell_id"] != nil || places["strategy"] != nil else {
        throw InputError(
          path,
          "isn't a table of trials: it has no column '\(missing.first ?? "cell_id")'"
            + (missing.isEmpty ? ", nor 'strategy'" : ""))
      }
      var table = TrialTable(otherHeader: header)
      // Other programs may name this column `workers`.
      let levels = places[ParameterName.maxWorkers] ?? (places["cell_id"] == nil ? places["workers"] : nil)
      if places[ParameterName.maxWorkers] == nil, levels != nil { table.axes.append(ParameterName.maxWorkers) }
      result = TrialFile(axes: table.axes, metrics: table.metrics)
      axisPlaces = table.axes.compactMap { $0 == ParameterName.maxWorkers ? levels : places[$0] }
      maxWorkers = levels
      numbers = TrialColumns.kinds(result.metrics).map { kind in
        switch kind {
        case .measure(let measure): [places[measure.rawValue]]
        case .tasksOK: [places["tasks_ok"]]
        case .bytes: [places["bytes"]]
        case .cpu: [places[Measure.cpuUser.rawValue], places[Measure.cpuSystem.rawValue]]
        case .metric(let index): [places[table.metrics[index]]]
        }
      }
      values = Array(repeating: .nan, count: numbers.count)
    }

    /// Adds a row, unless it is a warm-up, empty or cut short.
    ///
    /// - Parameter isLast: whether the row may have been cut short.
    mutating func add(
      _ fields: [CSVField], in bytes: UnsafeBufferPointer<UInt8>, line: Int, isLast: Bool
    ) throws(InputError) {
      // concrun ends every line, so a last line without a line feed was cut short, perhaps within its last field.
      if isLast, fields.count != width || places.run != nil {
        result.isCut = true
        return
      }
      guard fields.count == width else {
        if fields.count == 1, fields[0].isEmpty { return }
        throw InputError(path, "row \(line) has \(fields.count) fields, and the header \(width)")
      }
      func field(_ place: Int?) -> CSVField? { place.map { fields[$0] } }
      if let warmup = field(places.warmup), !warmup.isEmpty, !warmup.equals("false", in: bytes) {
        // Other programs write it with a capital letter.
        let text = warmup.text(in: bytes).lowercased()
        guard ["true", "false"].contains(text) else {
          throw InputError(path, "row \(line): its warmup is '\(text)', and neither true nor false")
        }
        if text == "true" {
          result.warmups += 1
          return
        }
      }
      let status = try status(field(places.status), in: bytes, line: line)
      for index in numbers.indices {
        values[index] = numbers[index].reduce(0) { $0 + ($1.map { fields[$0].number(in: bytes) } ?? .nan) }
      }
      if status == .ok, let wall = field(places.wall), values[0].isNaN || values[0] < 0 {
        throw InputError(path, "row \(line): wall_s is '\(wall.text(in: bytes))', and no time")
      }
      let cell = try place(ofCellIn: fields, in: bytes, line: line)
      trialsOfCell[cell, default: 0] += 1
      let block = field(places.block).map { $0.number(in: bytes) }
      if let block, !(block >= 0 && block < 1e9) { throw InputError(path, "row \(line): its block is no number") }
      let workers = field(places.workers)?.number(in: bytes) ?? .nan
      let attempt = field(places.attempt)?.number(in: bytes) ?? .nan
      result.columns.append(
        cell: cell,
        block: result.columns.place(
          ofBlock: block.map { Int($0) } ?? trialsOfCell[cell, default: 0], run: run(field(places.run), in: bytes)),
        status: status, workers: workers >= 1 && workers < 1e9 ? Int32(workers) : 0,
        attempt: attempt >= 1 && attempt < 1e9 ? Int32(attempt) : 1, values: values)
      if result.columns.count == 1 { result.experiment = field(places.experiment)?.text(in: bytes) }
      if let host = field(places.host), result.hosts.last.map({ host.equals($0, in: bytes) }) != true {
        let name = host.text(in: bytes)
        if hosts.insert(name).inserted { result.hosts.append(name) }
      }
    }

    private func status(
      _ field: CSVField?, in bytes: UnsafeBufferPointer<UInt8>, line: Int
    ) throws(InputError) -> TrialStatus {
      guard let field, !field.equals("ok", in: bytes) else { return .ok }
      let text = field.text(in: bytes)
      guard let status = TrialStatus(rawValue: text) else {
        let known = TrialStatus.allCases.map(\.rawValue).joined(separator: ", ")
        throw InputError(path, "row \(line): its status is '\(text)', and none of \(known)")
      }
      return status
    }

    private mutating func run(_ field: CSVField?, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
      guard let field else { return 0 }
      // Rows of the same run mostly follow each other.
      if let last = result.runs.last, field.equals(last, in: bytes) { return result.runs.count - 1 }
      let id = field.text(in: bytes)
      if let place = runPlaces[id] { return place }
      runPlaces[id] = result.runs.count
      result.runs.append(id)
      return result.runs.count - 1
    }

    /// Returns the index of a row's cell. Labels and levels identify the cell of a row without an id.
    private mutating func place(
      ofCellIn fields: [CSVField], in bytes: UnsafeBufferPointer<UInt8>, line: Int
    ) throws(InputError) -> Int32 {
      // A terminal would obey control characters in a name.
      func text(_ place: Int?) -> String? {
        place.map { place in
          let text = fields[place].text(in: bytes)
          return text.utf8.contains { $0 < 32 || $0 == 127 } ? text.filter { !($0.asciiValue ?? 32 < 32) } : text
        }
      }
      if let field = maxWorkers.map({ fields[$0] }), !field.isEmpty {
        let workers = field.number(in: bytes)
        guard workers >= 1, workers < 1e9, workers == workers.rounded() else {
          throw InputError(
            path, "row \(line): '\(field.text(in: bytes))' is no number of workers")
        }
      }
      // Other programs may write 2.0.
      let levels = { [axisPlaces, maxWorkers] in
        axisPlaces.map { place -> String in
          guard place == maxWorkers, !fields[place].isEmpty else { return text(place) ?? "" }
          return String(Int(fields[place].number(in: bytes)))
        }
      }
      let id =
        text(places.cell)
        ?? CellID(
          workload: text(places.workload) ?? CellID.unnamedWorkload, strategy: text(places.strategy) ?? "",
          levels: zip(result.axes, levels()).filter { !$1.isEmpty }.map { CellID.AxisLevel(axis: $0, text: $1) }
        ).text
      return result.columns.place(ofCell: id) {
        let parts = CellID(id)
        return TrialColumns.CellIdentity(
          id: id, workload: text(places.workload) ?? parts.workload,
          strategy: text(places.strategy) ?? parts.strategy,
          levels: levels().map { TrialTable.value($0, isText: false, isLevel: true) })
      }
    }
  }
}
