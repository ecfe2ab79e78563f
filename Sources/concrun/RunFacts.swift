internal import HTTP
internal import Model
internal import OS
internal import Results
internal import Runs
internal import SystemPackage
internal import Time
internal import YAML

/// The circumstances of a sitting, as manifests have them.
enum RunFacts {
  static func sitting(for plan: Plan) -> Manifest.Sitting {
    var versions = ["concrun": Concrun.version, "libyaml": YAML.libraryVersion]
    // Loading libcurl takes time.
    if plan.sendsRequests { versions["libcurl"] = try? Libcurl.version() }
    return Manifest.Sitting(
      startedAt: WallClock.now().iso8601, commandLine: plan.secrets.masked(arguments: CommandLine.arguments),
      machine: machine(), versions: versions, git: git())
  }

  private static func machine() -> Manifest.MachineRecord {
    var machine = Manifest.MachineRecord(
      host: Machine.hostName(), kernel: Machine.kernel(), cpuModel: Machine.cpuModel(),
      effectiveCores: Machine.effectiveCores(), memoryBytes: Machine.memoryBytes())
    machine.clockStepSeconds = ClockProbe.measure(.standard).smallestStep
    machine.betweenRunFloor = betweenRunFloor()
    return machine
  }

  /// Returns this machine's noise floor, as `doctor` measured it; `nil` where it never did.
  static func noiseFloor() -> RunPair.MachineFloor? {
    betweenRunFloor().map { RunPair.MachineFloor(host: Machine.hostName(), betweenRuns: $0) }
  }

  private static func betweenRunFloor() -> Double? {
    guard let record = DoctorRecord.read(environment: ThisProcess.environment),
      record.machine == .here(version: Concrun.version)
    else { return nil }
    return record.betweenRunFloor
  }

  /// Returns the commit of the current folder; `nil` if it isn't in a repository.
  private static func git() -> Manifest.GitRecord? {
    guard let commit = output(["git", "rev-parse", "HEAD"])?.split(separator: "\n").first else { return nil }
    let changes = output(["git", "status", "--porcelain", "--untracked-files=no"])
    return Manifest.GitRecord(commit: String(commit), isDirty: changes.map { !$0.isEmpty } ?? false)
  }

  private static func output(_ command: [String]) -> String? {
    let environment = ThisProcess.environmentTexts
    do {
      let null = try Descriptor.null()
      var process = try CapturedProcess(
        command, environment: environment, standardInput: null, keepsOutput: true)
      let hasEnded = try process.readToEnd(within: .seconds(5))
      if !hasEnded { process.killTree() }
      return try process.wait().reason.isSuccess ? process.output.text : nil
    } catch {
      return nil
    }
  }
}
