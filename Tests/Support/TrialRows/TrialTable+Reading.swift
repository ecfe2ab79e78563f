package import Model
package import Results

/// Reading trials.csv as rows, strictly: concrun itself reads columns only (`TrialFile`).
extension TrialTable {
  /// Makes the table of a header of concrun; `nil` for a header of another program.
  ///
  /// Axes stand between `strategy` and `workers`, metrics after the measures.
  package init?(header: [String]) {
    guard let strategy = header.firstIndex(of: "strategy"), let workers = header.firstIndex(of: "workers"),
      strategy < workers, let last = ColumnNames.measures.last.flatMap({ header.lastIndex(of: $0) })
    else { return nil }
    self.init(axes: Array(header[(strategy + 1)..<workers]), metrics: Array(header[(last + 1)...]))
  }

  private static let texts: Set = ["cell_id", "workload", "strategy", "started_at", "status", "error", "checksum"]

  /// Reads all rows of a trials.csv.
  ///
  /// - Throws: an error if the header is not concrun's, or a row is not a trial's.
  package static func read(_ bytes: [UInt8], path: String) throws(InputError) -> (table: TrialTable, trials: [Trial]) {
    var reader = CSVReader(bytes)
    guard let header = reader.next(), let table = TrialTable(header: header) else {
      throw InputError(path, "isn't a trials.csv of concrun: its first line has other columns")
    }
    let places = Dictionary(zip(header, header.indices), uniquingKeysWith: { first, _ in first })
    let levels = Set(table.axes)
    var trials: [Trial] = []
    var line = 1
    while let fields = reader.next() {
      line += 1
      let value = { (name: String) in
        places[name].flatMap { Self.value(fields[$0], isText: texts.contains(name), isLevel: levels.contains(name)) }
      }
      guard fields.count == header.count, let trial = table.trial(value) else {
        throw InputError(path, "row \(line) isn't a trial's")
      }
      trials.append(trial)
    }
    return (table, trials)
  }
}
