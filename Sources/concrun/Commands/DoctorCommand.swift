internal import ArgumentParser
internal import Doctor
internal import OS
internal import Reports
internal import Results
internal import Runner

enum DoctorFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json
}

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Find out what this machine can measure.",
    discussion: """
      It takes some seconds, best while nothing else runs. The noise floors are kept for `compare`, below \
      $XDG_STATE_HOME or ~/.local/state; called again at another time, it knows better how much runs differ.
      """)

  @Option(help: "How to print it.")
  var format = DoctorFormat.table

  func run() throws {
    try guarded(measure)
  }

  private func measure() throws {
    Guardian.leaveGroup()
    let others = OtherRuns(besides: "doctor", environment: ThisProcess.environment)
    Console.warn(others.warnings)
    let interrupts = try Interrupts()
    let descriptor = interrupts.descriptor.file
    let path = DoctorRecord.path(environment: ThisProcess.environment)
    let source = InterruptSource(file: descriptor) { Interrupts.next(from: descriptor) }
    let executors = LocalExecutorFactory(
      executable: ThisProcess.executable, environment: ThisProcess.environment, interrupts: source, leftovers: .killed)
    let examination = Examination(
      executors: executors, interrupts: source, catalog: BuiltIn.catalog, kernel: .standard,
      version: Concrun.version, earlier: path.flatMap { DoctorRecord.read($0) }, observe: Self.show)
    let findings: Findings
    do {
      findings = try examination.findings()
    } catch let interruption as Interruption {
      Self.show(nil)
      throw ExitCode(ExitStatus.interrupted(by: interruption.signal))
    }
    withExtendedLifetime(interrupts.descriptor.raw) {}
    Self.show(nil)
    keep(findings, at: path)
    let report = DoctorReport(findings, warnings: MachineWarning.all(findings))
    switch format {
    case .table: try Console.output(report.text)
    case .json: try Console.outputData(JSONText.pretty(report.json))
    }
  }

  /// Shows a step in a line on a terminal; `nil` removes the line.
  private static func show(_ step: String?) {
    guard Console.errorTakesEscapes else { return }
    Console.replaceLine(by: step.map { "  measuring: \($0)" } ?? "")
  }

  private func keep(_ findings: Findings, at path: String?) {
    guard let noise = findings.noise.value else { return }
    guard let path else {
      Console.error("concrun: the noise floors aren't kept: neither HOME nor XDG_STATE_HOME says where")
      return
    }
    let record = DoctorRecord(
      measuredAt: findings.measuredAt, machine: findings.machine, withinRunFloor: noise.withinRun,
      betweenRunFloor: noise.betweenRuns,
      detectableDifference: Dictionary(uniqueKeysWithValues: noise.detectable.map { (String($0), $1) }),
      medians: noise.medians)
    do {
      try record.write(path)
    } catch {
      Console.error("concrun: the noise floors aren't kept: \(error)")
    }
  }
}
