package import Model
package import OS
package import Results
package import Runner
internal import Time

/// The whole examination of a machine, one step after the other, so that no step disturbs another.
package struct Examination {
  private let run: ReferenceRun
  private let kernel: KernelFiles
  private let version: String
  private let earlier: DoctorRecord?
  private let observe: (String) -> Void

  private static let wait = Nanoseconds.milliseconds(1)

  /// Takes the surroundings of the examination.
  ///
  /// - Parameters:
  ///   - executors: the factory that decides where trials run.
  ///   - catalog: describes the built-in plugins that reference runs use.
  ///   - kernel: the kernel's files about the machine.
  ///   - version: that of concrun.
  ///   - earlier: the record of an earlier call; `nil` if there is none.
  ///   - observe: receives the name of each step before it begins.
  package init(
    executors: any ExecutorFactory, interrupts: InterruptSource, catalog: Catalog, kernel: KernelFiles,
    version: String, earlier: DoctorRecord?, observe: @escaping (String) -> Void
  ) {
    run = ReferenceRun(executors: executors, interrupts: interrupts, plans: ReferencePlans(catalog: catalog))
    self.kernel = kernel
    self.version = version
    self.earlier = earlier
    self.observe = observe
  }

  /// Measures everything.
  ///
  /// - Throws: `Interruption` if the user interrupts it.
  package func findings() throws -> Findings {
    let startedAt = WallClock.now().iso8601
    let machine = DoctorRecord.Machine.here(version: version)
    let spawn = SpawnExamination(run: run)
    var load = MachineLoad(before: kernel)
    let before = Moment(kernel)

    observe("the clock and the timers")
    let clock = ClockProbe.measure(kernel)
    let timers = try timers()
    observe("the start of processes")
    let (trialSpawn, programSpawn) = (try spawn.trial(), try spawn.program())
    let noise = try noise(on: machine, startedAt: startedAt)
    observe("the embedded server")
    let originCeiling = try OriginExamination(run: run).requestsPerSecond()

    let after = Moment(kernel)
    if let times = after.times, let earlier = before.times {
      load.add(times - earlier, own: after.own - before.own, elapsed: (after.clock - before.clock).seconds)
    }
    return Findings(
      measuredAt: startedAt, machine: machine, cpus: Machine.allowedCPUs(), cpuQuota: ControlGroups(kernel).cpuQuota,
      frequency: CPUFrequency(kernel), load: load, limits: Limits(kernel), clock: clock, timers: timers, noise: noise,
      trialSpawn: trialSpawn, programSpawn: programSpawn, originCeiling: originCeiling)
  }

  private func noise(on machine: DoctorRecord.Machine, startedAt: String) throws -> Finding<NoiseFindings> {
    let examination = NoiseExamination(run: run, startedAt: startedAt, machine: machine, earlier: earlier)
    do {
      return .measured(
        try examination.findings { observe("identical cells, run \($0) of \(NoiseExamination.runs)") })
    } catch let problem as ReferenceProblem {
      return .unknown("\(problem)")
    }
  }

  private func timers() throws(Interruption) -> TimerFindings {
    let late = lateness(times: 100)
    try run.interrupts.check()
    let lateInTrials = TimerSlack.precisely { lateness(times: 200) }
    try run.interrupts.check()
    return TimerFindings(
      slack: TimerSlack.current?.seconds, late: late, lateInTrials: lateInTrials)
  }

  private func lateness(times: Int) -> TimerFindings.Lateness {
    let late = TimerSlack.lateness(of: Self.wait, times: times)
    return TimerFindings.Lateness(
      p50: late[times / 2].seconds, p99: late[times * 99 / 100].seconds)
  }

  /// The CPU time so far, of all CPUs and of this process with its children.
  private struct Moment {
    let clock = MonotonicClock.now()
    let times: CPUTimes?
    /// The CPU time of this process and its children, in seconds.
    let own: Double

    init(_ kernel: KernelFiles) {
      times = CPUTimes(kernel)
      own = (ResourceUsage.ofSelf() + ResourceUsage.ofChildren()).cpu.seconds
    }
  }
}
