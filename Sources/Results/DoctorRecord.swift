internal import FoundationEssentials
internal import OS
internal import SystemPackage

/// doctor.json: what `doctor` found out about the noise of a machine, kept for `compare` and for its own next time.
package struct DoctorRecord: Codable, Sendable {
  package static let schemaVersion = 1
  /// So many medians are kept, the newest.
  package static let mostMedians = 50

  package var schemaVersion = DoctorRecord.schemaVersion
  /// ISO 8601, UTC.
  package var measuredAt: String
  package var machine: Machine
  /// As a share: two identical cells of one run with 10 trials differ by less in 95 of 100 runs.
  package var withinRunFloor: Double
  /// As a share: two runs of the same cell differ by less in 95 of 100 cases.
  package var betweenRunFloor: Double
  /// By number of trials (`10`, `30`), as a share: the smallest difference between two cells of one run that is seen in
  /// 80 of 100 runs.
  package var detectableDifference: [String: Double]
  /// Of runs of the reference work, the oldest first.
  package var medians: [Median]

  /// What has to be the same for medians to be comparable.
  package struct Machine: Codable, Hashable, Sendable {
    package var host: String
    package var cpuModel: String?
    package var effectiveCores: Double
    package var kernel: String
    /// Of concrun.
    package var version: String

    package init(host: String, cpuModel: String?, effectiveCores: Double, kernel: String, version: String) {
      self.host = host
      self.cpuModel = cpuModel
      self.effectiveCores = effectiveCores
      self.kernel = kernel
      self.version = version
    }

    /// The one that this process runs on.
    package static func here(version: String) -> Machine {
      Machine(
        host: OS.Machine.hostName(), cpuModel: OS.Machine.cpuModel(), effectiveCores: OS.Machine.effectiveCores(),
        kernel: OS.Machine.kernel(), version: version)
    }
  }

  /// Of one run of one cell.
  package struct Median: Codable, Hashable, Sendable {
    /// ISO 8601, UTC: when `doctor` began. The same for all runs of one call.
    package var at: String
    package var work: String
    package var seconds: Double

    package init(at: String, work: String, seconds: Double) {
      self.at = at
      self.work = work
      self.seconds = seconds
    }
  }

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

  /// The medians of an earlier record with new ones after them; the oldest go where there are too many. Those of another
  /// machine or of other work don't count.
  package static func medians(
    of earlier: DoctorRecord?, on machine: Machine, and new: [Median], of work: String
  ) -> [Median] {
    let known = earlier?.machine == machine ? earlier?.medians.filter { $0.work == work } ?? [] : []
    return Array((known + new).suffix(mostMedians))
  }
}

// MARK: - The file

extension DoctorRecord {
  /// `$XDG_STATE_HOME/concrun/doctor.json`, below `~/.local/state` by default (XDG Base Directory Specification, which
  /// has relative paths ignored). `nil` where the environment has neither.
  package static func path(environment: [String: String]) -> String? {
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? "\($0)/.local/state" : nil }
    let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home
    return state.map { "\($0)/concrun/doctor.json" }
  }

  /// `nil` where there is none, or none of this version that can be read.
  package static func read(environment: [String: String]) -> DoctorRecord? {
    path(environment: environment).flatMap(read)
  }

  package static func read(_ path: String) -> DoctorRecord? {
    guard let bytes = try? TextFile.bytes(path, limit: 1 << 20),
      let record = try? JSONDecoder().decode(DoctorRecord.self, from: Data(bytes)),
      record.schemaVersion == schemaVersion
    else { return nil }
    return record
  }

  /// Writes it whole, and makes the folders that are missing.
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
