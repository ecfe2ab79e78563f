internal import FoundationEssentials
package import Model
internal import OS
internal import SystemPackage
internal import Time

/// The journal of a run, one line for each trial. `--resume` continues from it.
///
/// Every trial is on the disk before the next one starts. A last line that was cut short is ignored.
package struct Journal: ~Copyable {
  private let file: AppendFile
  private let path: String
  private let table: TrialTable
  private let run: RunIdentity
  /// The contents of the journal when it was resumed; `nil` for a new one.
  package let earlier: Contents?

  private init(
    file: consuming AppendFile, path: String, table: TrialTable, run: RunIdentity, earlier: Contents? = nil
  ) {
    self.earlier = earlier
    self.file = file
    self.path = path
    self.table = table
    self.run = run
  }

  private struct Entry: Codable {
    var type: String
    var digest: String?
    var run_id: String?
    var host: String?
    var axes: [String]?
    var metrics: [String]?
    var row: [String: Value]?
    var origin: OriginReport?
    /// True for an attempt that a disturbance made worthless.
    var void: Bool?
  }

  /// Starts the journal of a new run.
  ///
  /// - Parameter digest: the digest of the run's plan.
  /// - Throws: an error if the file can't be written, or if another process is writing to it.
  package static func create(
    _ path: String, table: TrialTable, run: RunIdentity, digest: String
  ) throws(OutputError) -> Journal {
    let journal = Journal(file: try openAndLock(path), path: path, table: table, run: run)
    try journal.append(
      Entry(
        type: "run", digest: digest, run_id: run.runID, host: run.host, axes: table.axes, metrics: table.metrics))
    return journal
  }

  /// Continues a journal after its last whole line.
  ///
  /// It is locked first, then read, so that no other process writes to it at the same time. A line that was cut short
  /// is removed.
  ///
  /// - Throws: an error if the file can't be read or written, or if another process is writing to it.
  package static func resume(
    _ path: String, experiment: String
  ) throws(OutputError) -> Journal {
    let file = try openAndLock(path)
    guard let contents = read(path, experiment: experiment) else {
      throw OutputError(path, SystemError("read", .ioError))
    }
    do {
      try file.truncate(to: contents.length)
    } catch {
      throw OutputError(path, error)
    }
    return Journal(file: file, path: path, table: contents.table, run: contents.run, earlier: contents)
  }

  private static func openAndLock(_ path: String) throws(OutputError) -> AppendFile {
    do throws(SystemError) {
      let file = try AppendFile(path)
      // A process that was killed just now lets go as soon as it gets a CPU to die on: on a busy machine not at once.
      var tries = 0
      while try !file.lock() {
        tries += 1
        guard tries < 200 else { throw SystemError("flock", .wouldBlock) }
        MonotonicClock.sleep(until: MonotonicClock.now() + .milliseconds(10))
      }
      return file
    } catch {
      throw OutputError(path, error)
    }
  }

  /// Appends a trial, and waits until it is on the disk.
  ///
  /// - Parameter origin: the embedded server's counts for the trial; `nil` if it isn't used.
  /// - Throws: an error if the file can't be written.
  package func append(_ trial: Trial, origin: OriginReport? = nil) throws(OutputError) {
    let values = zip(table.header, table.row(trial, of: run)).filter { !$1.isNull }
    try append(
      Entry(
        type: "trial", row: Dictionary(values, uniquingKeysWith: { first, _ in first }), origin: origin,
        void: trial.isVoid ? true : nil))
  }

  private func append(_ entry: Entry) throws(OutputError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let line = try? encoder.encode(entry) else {
      throw OutputError(path, SystemError("encode", .invalidArgument))
    }
    do {
      try file.append(line + [UInt8(ascii: "\n")])
      try file.sync()
    } catch {
      throw OutputError(path, error)
    }
  }

  /// The contents of a journal.
  package struct Contents: Sendable {
    /// The digest of the plan. A run can only continue with a plan of the same digest.
    package var digest: String
    /// The run that the trials belong to.
    package var run: RunIdentity
    /// The axes and metrics of the trials.
    package var table: TrialTable
    /// The trials in the order in which they ran, each attempt once.
    package var trials: [Trial]
    /// The number of bytes up to the end of the last whole line.
    package var length: Int
    /// The embedded server's counts, one place for each trial; `nil` if it wasn't used.
    package var origins: [OriginReport?]
    /// The number of whole lines that can't be read as trials.
    package var damagedLines: Int
  }

  private struct Attempt: Hashable {
    var place: TrialPlace
    var number: Int
  }

  /// Reads a journal; `nil` if it can't be read or its first line isn't whole.
  package static func read(_ path: String, experiment: String) -> Contents? {
    guard let bytes = try? TextFile.bytes(path, limit: 1 << 32), let end = bytes.lastIndex(of: UInt8(ascii: "\n"))
    else {
      return nil
    }
    let decoder = JSONDecoder()
    let lines = bytes[..<end].split(separator: UInt8(ascii: "\n"))
    let entries = lines.compactMap { try? decoder.decode(Entry.self, from: Data($0)) }
    guard let first = entries.first, first.type == "run", let digest = first.digest, let runID = first.run_id,
      let axes = first.axes, let metrics = first.metrics
    else { return nil }
    let table = TrialTable(axes: axes, metrics: metrics)
    var seen: Set<Attempt> = []
    let trials = entries.compactMap { entry in
      entry.row.flatMap { row in table.trial { row[$0] } }.map { trial in
        var trial = trial
        trial.isVoid = entry.void ?? false
        return (trial: trial, origin: entry.origin)
      }
    }
    let unique = trials.filter { seen.insert(Attempt(place: $0.trial.place, number: $0.trial.attempt)).inserted }
    return Contents(
      digest: digest, run: RunIdentity(runID: runID, experiment: experiment, host: first.host ?? ""), table: table,
      trials: unique.map(\.trial), length: end + 1, origins: unique.map(\.origin),
      damagedLines: lines.count - 1 - trials.count)
  }
}
