internal import FoundationEssentials
package import Model

/// The description of a run that is needed to judge or repeat it: the file manifest.json.
package struct Manifest: Codable, Sendable {
  /// The version of the format that this program writes.
  package static let schemaVersion = 1

  /// The version of the format in which the manifest was written.
  package var schemaVersion = Manifest.schemaVersion
  /// The id of the run, the name of its folder.
  package var runID: String
  /// The name of the experiment.
  package var experiment: String
  /// The experiment file's `description`; absent if it has none.
  package var description: String?
  /// The time when the run started, in ISO 8601, UTC.
  package var startedAt: String
  /// The time when the run ended, in ISO 8601, UTC; absent while it is running.
  package var endedAt: String?
  /// The state of the run: `running`, `completed`, or `interrupted by SIGINT`.
  package var state: String
  /// The reason why a completed run needed no more blocks; absent if it isn't completed.
  package var stopReason: StopReason?
  /// The plan of the run.
  package var plan: PlanRecord
  /// The circumstances of each sitting: of the start, then of each time that the run was resumed.
  package var sittings: [Sitting]
  /// The warnings about the experiment file and about the results.
  package var warnings: [String]
  /// The comparison of the embedded server's counts with those of its clients, by cell; absent if it isn't used.
  package var reconciliation: [Reconciliation]?

  /// The circumstances in which one process measured trials.
  package struct Sitting: Codable, Sendable {
    /// The time when the sitting started, in ISO 8601, UTC.
    package var startedAt: String
    /// The arguments of the process, its name first.
    package var commandLine: [String]
    /// The machine that the trials ran on.
    package var machine: MachineRecord
    /// The versions of concrun and of the libraries that it uses, by name.
    package var versions: [String: String]
    /// The commit of the folder that concrun was started in; absent outside of repositories.
    package var git: GitRecord?

    /// Makes the record of a sitting.
    package init(
      startedAt: String, commandLine: [String], machine: MachineRecord, versions: [String: String], git: GitRecord?
    ) {
      self.startedAt = startedAt
      self.commandLine = commandLine
      self.machine = machine
      self.versions = versions
      self.git = git
    }

    private enum CodingKeys: String, CodingKey {
      case startedAt = "started_at"
      case commandLine = "command_line"
      case machine, versions, git
    }
  }

  private enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case runID = "run_id"
    case experiment, description
    case startedAt = "started_at"
    case endedAt = "ended_at"
    case state
    case stopReason = "stop_reason"
    case plan, sittings, warnings, reconciliation
  }
}

extension Manifest {
  /// Makes the manifest of a run that starts in this sitting.
  package init(plan: Plan, run: RunIdentity, sitting: Sitting, warnings: [String]) {
    self.init(
      runID: run.runID, experiment: plan.experiment, description: plan.description, startedAt: sitting.startedAt,
      state: "running", plan: PlanRecord(plan), sittings: [sitting], warnings: warnings)
  }

  /// Returns the manifest as JSON with sorted keys, ending with a line feed.
  package func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try [UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// Reads a manifest.
  ///
  /// - Parameter path: the path that errors name.
  /// - Throws: an error if the bytes aren't a manifest.
  package static func read(_ bytes: [UInt8], path: String) throws(InputError) -> Manifest {
    do {
      return try JSONDecoder().decode(Manifest.self, from: Data(bytes)).withoutSecrets
    } catch {
      throw InputError(path, "isn't a manifest of concrun")
    }
  }
}
