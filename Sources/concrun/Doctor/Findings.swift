internal import OS
internal import Results

/// All that `doctor` found out. Times are in seconds, floors and differences are shares.
struct Findings {
  var measuredAt: String
  var machine: DoctorRecord.Machine
  /// CPUs that this process may run on, whatever its share of them.
  var cpus: Int
  var cpuQuota: Double?
  var frequency: CPUFrequency
  var load: MachineLoad
  var limits: Limits
  var clock: ClockProbe
  var timers: TimerFindings
  var noise: Finding<NoiseFindings>
  /// Start and end of a trial's process that does nothing, the median.
  var trialSpawn: Finding<Double>
  /// The same of /bin/true.
  var programSpawn: Finding<Double>
  /// Requests a second that the embedded server answered to the client.
  var originCeiling: Finding<Double>
}

/// How late waits end.
struct TimerFindings {
  /// Of this process; trials have 1 ns.
  var slack: Double?
  /// Of waits of 1 ms with that slack.
  var late: Lateness
  /// Of the same in a trial.
  var lateInTrials: Lateness

  struct Lateness {
    var p50: Double
    var p99: Double
  }
}

/// What identical cells showed.
struct NoiseFindings {
  /// With 10 trials each.
  var withinRun: Double
  var betweenRuns: Double
  /// By number of trials.
  var detectable: [Int: Double]
  /// Those of this call are the last ones.
  var medians: [DoctorRecord.Median]
  var newRuns: Int

  /// Calls of `doctor` that the medians are from, this one included.
  var calls: Int { Set(medians.map(\.at)).count }
}
