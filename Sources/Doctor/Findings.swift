package import OS
package import Results

/// All that `doctor` found out. Times are in seconds, floors and differences are shares.
package struct Findings: Sendable {
  package var measuredAt: String
  package var machine: DoctorRecord.Machine
  /// CPUs that this process may run on, whatever its share of them.
  package var cpus: Int
  package var cpuQuota: Double?
  package var frequency: CPUFrequency
  package var load: MachineLoad
  package var limits: Limits
  package var clock: ClockProbe
  package var timers: TimerFindings
  package var noise: Finding<NoiseFindings>
  /// Start and end of a trial's process that does nothing, the median.
  package var trialSpawn: Finding<Double>
  /// The same of /bin/true.
  package var programSpawn: Finding<Double>
  /// Requests a second that the embedded server answered to the client.
  package var originCeiling: Finding<Double>

  package init(
    measuredAt: String, machine: DoctorRecord.Machine, cpus: Int, cpuQuota: Double? = nil, frequency: CPUFrequency,
    load: MachineLoad, limits: Limits, clock: ClockProbe, timers: TimerFindings, noise: Finding<NoiseFindings>,
    trialSpawn: Finding<Double>, programSpawn: Finding<Double>, originCeiling: Finding<Double>
  ) {
    self.measuredAt = measuredAt
    self.machine = machine
    self.cpus = cpus
    self.cpuQuota = cpuQuota
    self.frequency = frequency
    self.load = load
    self.limits = limits
    self.clock = clock
    self.timers = timers
    self.noise = noise
    self.trialSpawn = trialSpawn
    self.programSpawn = programSpawn
    self.originCeiling = originCeiling
  }
}

/// How late waits end, in seconds.
package struct TimerFindings: Sendable {
  /// Of this process; trials have 1 ns.
  package var slack: Double?
  /// Of waits of 1 ms with that slack.
  package var late: Lateness
  /// Of the same in a trial.
  package var lateInTrials: Lateness

  package struct Lateness: Sendable {
    package var p50: Double
    package var p99: Double

    package init(p50: Double, p99: Double) {
      self.p50 = p50
      self.p99 = p99
    }
  }

  package init(slack: Double?, late: Lateness, lateInTrials: Lateness) {
    self.slack = slack
    self.late = late
    self.lateInTrials = lateInTrials
  }
}

/// The noise that identical cells showed.
package struct NoiseFindings: Sendable {
  /// With 10 trials each.
  package var withinRun: Double
  package var betweenRuns: Double
  /// By number of trials.
  package var detectable: [Int: Double]
  /// Those of this call are the last ones.
  package var medians: [DoctorRecord.Median]
  package var newRuns: Int

  /// Calls of `doctor` that the medians are from, this one included.
  package var calls: Int { Set(medians.map(\.at)).count }

  package init(
    withinRun: Double, betweenRuns: Double, detectable: [Int: Double], medians: [DoctorRecord.Median], newRuns: Int
  ) {
    self.withinRun = withinRun
    self.betweenRuns = betweenRuns
    self.detectable = detectable
    self.medians = medians
    self.newRuns = newRuns
  }
}
