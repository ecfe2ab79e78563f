package import Doctor
internal import OS
internal import Results

/// The findings of `doctor`, for people and for programs.
package struct DoctorReport {
  let findings: Findings
  let warnings: [MachineWarning]

  /// Takes the findings, and the warnings that they give reason for.
  package init(_ findings: Findings, warnings: [MachineWarning]) {
    self.findings = findings
    self.warnings = warnings
  }

  /// A table of name, value and meaning, and the warnings.
  package var text: String {
    let machine = findings.machine
    var table = TextTable([("", .left), ("", .left), ("", .left)])
    table.rows = noise + costs + conditions
    return "\(machine.host): \(machine.cpuModel ?? "unknown CPU"), \(coresText), Linux \(machine.kernel)\n\n"
      + table.plain() + warnings.map { "\nwarning: \($0.problem)\n  \($0.advice)\n" }.joined()
  }

  private var coresText: String {
    let cores = Humanize.plural(findings.cpus, "CPU")
    return findings.cpuQuota.map { "\(cores) with a quota of \(Humanize.ratio($0))" } ?? cores
  }

  private var noise: [[String]] {
    guard let noise = findings.noise.value else { return [unknown("noise", findings.noise.problem)] }
    let runs = Humanize.plural(noise.medians.count, "run") + " in " + Humanize.plural(noise.calls, "call")
    return [
      [
        "noise within a run", percent(noise.withinRun),
        "identical cells of a run, 10 trials each, differ by less in 95 % of runs",
      ],
      ["noise between runs", percent(noise.betweenRuns), "two runs of the same differ by less in 95 %; from \(runs)"],
    ]
      + noise.detectable.sorted { $0.key < $1.key }.map { trials, difference in
        [
          "detectable, n = \(trials)", percent(difference),
          "the smallest difference of two cells that 80 % of runs show",
        ]
      }
  }

  private var costs: [[String]] {
    let (clock, timers) = (findings.clock, findings.timers)
    return [
      [
        "clock resolution", clock.resolution.map(seconds) ?? "unknown",
        "smallest step seen: \(clock.smallestStep.map(seconds) ?? "none"); source: \(clock.source ?? "unknown")",
      ],
      ["clock reading", seconds(clock.reading), "twice for each task"],
      ["timer slack", timers.slack.map(seconds) ?? "unknown", "a wait of 1 ms ends \(lateness(timers.late)) late"],
      ["timer slack of trials", "1 ns", "a wait of 1 ms ends \(lateness(timers.lateInTrials)) late"],
      row(
        "start of a trial", findings.trialSpawn, as: seconds, meaning: "its process, from start to end; in no wall_s"),
      row("start of /bin/true", findings.programSpawn, as: seconds, meaning: "the least that `program` can measure"),
      row(
        "origin, loopback", findings.originCeiling, as: { "\(Humanize.count($0))/s" },
        meaning: "requests; downloads that come near it measure the server"),
    ]
  }

  private var conditions: [[String]] {
    let (load, limits, frequency) = (findings.load, findings.limits, findings.frequency)
    let governors = frequency.governors.sorted().joined(separator: ", ")
    let average = load.loadAverage.map { "load average before: \(Humanize.ratio($0))" }
    let pressure = load.pressure.map { "some process waited for a CPU in \(Humanize.percent($0)) of 10 s" }
    return [
      [
        "other load", load.otherCPUs.map { "\(Humanize.ratio($0)) CPUs" } ?? "unknown",
        [average, pressure].compactMap(\.self).joined(separator: "; "),
      ],
      [
        "stolen time", load.stolenShare.map(percent) ?? "unknown",
        "what the host of this virtual machine gave to others",
      ],
      ["governor", governors.isEmpty ? "unknown" : governors, "what sets the frequency of the CPUs"],
      ["turbo", frequency.hasTurbo.map { $0 ? "on" : "off" } ?? "unknown", "whether it depends on how many are busy"],
      ["open files", limits.openFiles.map(Humanize.grouped) ?? "unlimited", "of a process; each connection is one"],
      [
        "processes", limits.processes.map { Humanize.grouped($0.count) } ?? "unknown",
        "and threads, more at most" + (limits.processes.map { " (\($0.name))" } ?? ""),
      ],
      [
        "local ports", limits.localPorts.map { Humanize.grouped($0.count) } ?? "unknown",
        "connections to one server, those of the last minute included",
      ],
    ]
  }

  private func row(
    _ name: String, _ finding: Finding<Double>, as text: (Double) -> String, meaning: String
  ) -> [String] {
    finding.value.map { [name, text($0), meaning] } ?? unknown(name, finding.problem)
  }

  private func unknown(_ name: String, _ problem: String?) -> [String] { [name, "unknown", problem ?? ""] }

  private func lateness(_ late: TimerFindings.Lateness) -> String {
    "\(seconds(late.p50)) (p99: \(seconds(late.p99)))"
  }

  private func seconds(_ value: Double) -> String { Humanize.seconds(value) }

  private func percent(_ share: Double) -> String { Humanize.percent(share) }
}
