package import OS
package import Results

/// All that `doctor` found out. Times are in seconds, floors and differences are shares.
package struct Findings: Sendable {
  /// The time at which `doctor` began, in ISO 8601.
  package var measuredAt: String
  /// The machine, and the version of concrun.
  package var machine: DoctorRecord.Machine
  /// The number of CPUs that this process may run on, whatever its quota.
  package var cpus: Int
  /// The quota of CPU time, in CPUs; `nil` without a quota.
  package var cpuQuota: Double?
  /// The governors, and whether turbo is on.
  package var frequency: CPUFrequency
  /// The load by other processes meanwhile.
  package var load: MachineLoad
  /// The limits of open files, processes and local ports.
  package var limits: Limits
  /// The clock's source, step and cost.
  package var clock: ClockProbe
  /// The lateness of waits.
  package var timers: TimerFindings
  /// The noise floors of identical cells.
  package var noise: Finding<NoiseFindings>
  /// The median time from start to end of a trial's process that does nothing.
  package var trialSpawn: Finding<Double>
  /// The median time from start to end of /bin/true.
  package var programSpawn: Finding<Double>
  /// The requests a second that the embedded server answered to concrun's client.
  package var originCeiling: Finding<Double>

  /// Takes every finding.
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

/// The lateness of waits, in seconds.
package struct TimerFindings: Sendable {
  /// The timer slack of this process; trials have 1 ns. `nil` if it isn't known.
  package var slack: Double?
  /// The lateness of waits of 1 ms with that slack.
  package var late: Lateness
  /// The lateness of the same waits in a trial.
  package var lateInTrials: Lateness

  /// Quantiles of lateness, in seconds.
  package struct Lateness: Sendable {
    /// The median.
    package var p50: Double
    /// The 99 % quantile.
    package var p99: Double

    /// Takes both quantiles.
    package init(p50: Double, p99: Double) {
      self.p50 = p50
      self.p99 = p99
    }
  }

  /// Takes the slack, and the lateness outside and inside of trials.
  package init(slack: Double?, late: Lateness, lateInTrials: Lateness) {
    self.slack = slack
    self.late = late
    self.lateInTrials = lateInTrials
  }
}

/// The noise that identical cells showed. `NoiseFloor` defines the floors.
package struct NoiseFindings: Sendable {
  /// The floor within a run, as a share, for cells with 10 trials each.
  package var withinRun: Double
  /// The floor between runs, as a share.
  package var betweenRuns: Double
  /// The smallest difference that 80 of 100 runs show, as a share, by the number of trials.
  package var detectable: [Int: Double]
  /// The medians of runs, those of earlier calls first.
  package var medians: [DoctorRecord.Median]
  /// The number of runs of this call.
  package var newRuns: Int

  /// The number of calls of `doctor` that the medians are from, this one included.
  package var calls: Int { Set(medians.map(\.at)).count }

  /// Takes every value.
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
