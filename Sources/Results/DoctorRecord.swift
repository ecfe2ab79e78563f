internal import FoundationEssentials
internal import OS
internal import SystemPackage

/// The record of a machine's noise that `doctor` measured: the file doctor.json.
///
/// `compare` reads it, and so does the next call of `doctor`.
package struct DoctorRecord: Codable, Sendable {
  /// The version of the format that this program reads and writes.
  package static let schemaVersion = 1
  /// The largest number of medians in the file. Older ones are dropped.
  package static let mostMedians = 50

  /// The version of the format in which the record was written.
  package var schemaVersion = DoctorRecord.schemaVersion
  /// The time of the measurement, in ISO 8601, UTC.
  package var measuredAt: String
  /// The machine that was measured.
  package var machine: Machine
  /// The noise within a run, as a share.
  ///
  /// In 95 % of runs, two identical cells of 10 trials differ by less than this.
  package var withinRunFloor: Double
  /// The noise between runs, as a share.
  ///
  /// In 95 % of pairs of runs, the same cell differs by less than this.
  package var betweenRunFloor: Double
  /// The smallest differences that can be detected, as shares, by number of trials (`10`, `30`).
  ///
  /// In 80 % of runs, a difference of this size between two cells of the run is detected.
  package var detectableDifference: [String: Double]
  /// The medians of runs of the reference work, the oldest first.
  package var medians: [Median]

  /// The properties of a machine that must be the same for medians to be comparable.
  package struct Machine: Codable, Hashable, Sendable {
    /// The name of the host.
    package var host: String
    /// The model of the CPU; `nil` if unknown.
    package var cpuModel: String?
    /// The number of cores that concrun may use. A quota can make it fractional.
    package var effectiveCores: Double
    /// The version of the kernel.
    package var kernel: String
    /// The version of concrun.
    package var version: String

    /// Makes a description of a machine.
    package init(host: String, cpuModel: String?, effectiveCores: Double, kernel: String, version: String) {
      self.host = host
      self.cpuModel = cpuModel
      self.effectiveCores = effectiveCores
      self.kernel = kernel
      self.version = version
    }

    /// Returns the machine on which this process runs.
    ///
    /// - Parameter version: the version of concrun.
    package static func here(version: String) -> Machine {
      Machine(
        host: OS.Machine.hostName(), cpuModel: OS.Machine.cpuModel(), effectiveCores: OS.Machine.effectiveCores(),
        kernel: OS.Machine.kernel(), version: version)
    }
  }

  /// The median of one run of one cell.
  package struct Median: Codable, Hashable, Sendable {
    /// The time when `doctor` began, in ISO 8601, UTC. It is the same for all runs of one call.
    package var at: String
    /// The name of the measured work. Only medians of the same work are comparable.
    package var work: String
    /// The median wall time in seconds.
    package var seconds: Double

    /// Makes a median of a run.
    package init(at: String, work: String, seconds: Double) {
      self.at = at
      self.work = work
      self.seconds = seconds
    }
  }

  /// Makes a record in the current version of the format.
  package init(
    measuredAt: String, machine: Machine, withinRunFloor: Double, betweenRunFloor: Double,
    detectableDifference: [String: Double], medians: [Median]
  ) {
    self.measuredAt = measuredAt
    self.machine = machine
    self.withinRunFloor = withinRunFloor
    self.betweenRunFloor = betweenRunFloor
    self.detectableDifference = detectableDifference
    self.medians = medians
  }

  /// Returns the medians of an earlier record with new ones after them, the newest `mostMedians`.
  ///
  /// Medians of another machine or of other work are dropped.
  package static func medians(
    of earlier: DoctorRecord?, on machine: Machine, and new: [Median], of work: String
  ) -> [Median] {
    let known = earlier?.machine == machine ? earlier?.medians.filter { $0.work == work } ?? [] : []
    return Array((known + new).suffix(mostMedians))
  }
}

// MARK: - The file

extension DoctorRecord {
  /// Returns the path of doctor.json; `nil` if the environment has neither `XDG_STATE_HOME` nor `HOME`.
  ///
  /// It is `$XDG_STATE_HOME/concrun/doctor.json`, by default below `~/.local/state`. The XDG Base Directory
  /// Specification defines both, and says that relative paths are ignored.
  package static func path(environment: [String: String]) -> String? {
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? "\($0)/.local/state" : nil }
    let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home
    return state.map { "\($0)/concrun/doctor.json" }
  }

  /// Reads the record of this user; `nil` if there is none, or none of this version that can be read.
  package static func read(environment: [String: String]) -> DoctorRecord? {
    path(environment: environment).flatMap(read)
  }

  /// Reads the record at a path; `nil` if there is none, or none of this version that can be read.
  package static func read(_ path: String) -> DoctorRecord? {
    guard let bytes = try? TextFile.bytes(path, limit: 1 << 20),
      let record = try? JSONDecoder().decode(DoctorRecord.self, from: Data(bytes)),
      record.schemaVersion == schemaVersion
    else { return nil }
    return record
  }

  /// Writes the whole record, and makes missing folders.
  ///
  /// - Throws: an error if the file or a folder can't be written.
  package func write(_ path: String) throws(OutputError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(self) else { throw OutputError(path, SystemError("encode", .invalidArgument)) }
    do {
      if let slash = path.lastIndex(of: "/") { try Files.makeFolders(String(path[..<slash])) }
      try Files.write([UInt8](json) + [UInt8(ascii: "\n")], to: path)
    } catch {
      throw OutputError(path, error)
    }
  }

  private enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case measuredAt = "measured_at"
    case machine
    case withinRunFloor = "within_run_floor"
    case betweenRunFloor = "between_run_floor"
    case detectableDifference = "detectable_difference"
    case medians
  }
}

extension DoctorRecord.Machine {
  private enum CodingKeys: String, CodingKey {
    case host
    case cpuModel = "cpu_model"
    case effectiveCores = "effective_cores"
    case kernel, version
  }
}
