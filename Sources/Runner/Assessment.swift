internal import Board
internal import Conversation
package import Model
internal import Time

/// The rule that turns a trial's evidence into its row: status, error, measures, rates and bounds.
package struct Assessment: Sendable {
  private let plan: Plan
  /// The CPUs that trials can use.
  private let effectiveCores: Double
  /// The most characters of an error. A program's last words can be long.
  private static let longestError = 400

  /// Takes the plan, and the number of CPUs that its trials can use.
  package init(plan: Plan, effectiveCores: Double) {
    self.plan = plan
    self.effectiveCores = effectiveCores
  }

  /// Returns the row of a trial.
  ///
  /// - Parameters:
  ///   - attempt: from 1; more if the trial had to be repeated.
  ///   - startedAt: the wall-clock time in ISO 8601.
  ///   - hosted: the evidence.
  ///   - expected: the checksum of the first ok trial of the same work; `nil` if there is none yet.
  package func trial(
    _ scheduled: ScheduledTrial, attempt: Int, startedAt: String, hosted: HostedTrial, expected: String?
  ) -> Trial {
    let cell = plan.cells[scheduled.cell]
    var trial = Trial(
      cellID: cell.id, workload: cell.workload, strategy: cell.strategy, levels: cell.levels.map { $0?.value },
      block: scheduled.block, position: scheduled.position, trial: scheduled.trial, isWarmup: scheduled.isWarmup,
      startedAt: startedAt, metrics: plan.metrics.map { _ in nil })
    trial.attempt = attempt
    let totals = hosted.tasks?.totals
    let hasTasks = cell.workloadPlugin != nil
    if let totals {
      trial.tasks = totals.tasks
      trial.tasksOK = totals.ok
      trial.tasksFailed = totals.failed
      if hasTasks {
        trial.bytes = totals.bytes
        trial.workers = cell.maxWorkers.map { min($0, totals.tasks) } ?? 1
      }
    }
    if !hasTasks { trial.workers = cell.maxWorkers }
    trial.measures[.observed] = hosted.observed?.seconds
    // Tasks in an external plugin are unknown until it is done.
    let isExternal = cell.strategyPlugin.description.external != nil
    let (status, error) = verdict(hosted, totals, tellsProgress: !isExternal, expected: expected)
    trial.status = status
    // A secret that was cut through would not be found later.
    trial.error = error.map { plan.secrets.masked($0) }.map {
      $0.count > Self.longestError ? $0.prefix(Self.longestError) + "…" : $0
    }
    if let disturbance = hosted.disturbance {
      trial.status = .failed
      trial.error = plan.secrets.masked("\(disturbance)")
    }

    trial.measures[.originCPU] = hosted.origin?.cpuSeconds
    if hasTasks, let tasks = hosted.tasks { measure(tasks, into: &trial) }
    guard case .done(let done) = hosted.end else { return trial }
    if hasTasks { trial.checksum = done.checksum }
    trial.metrics = plan.metrics.map { done.metrics?[$0] }
    measure(done, into: &trial)
    if let totals, hasTasks {
      measureRates(totals, into: &trial)
      bound(totals, cell, into: &trial)
    }
    return trial
  }

  // MARK: - Status

  private func verdict(
    _ hosted: HostedTrial, _ tasks: BoardTotals?, tellsProgress: Bool, expected: String?
  ) -> (TrialStatus, String?) {
    let progress = (tellsProgress ? tasks : nil).map { "\($0.ok + $0.failed) of \($0.tasks) tasks were done" }
    let evidence = tasks?.unfinished.first.map { ", in task \($0.task) of worker \($0.worker)" } ?? ""
    switch hosted.end {
    case .notStarted(let reason), .unavailable(let reason): return (.failed, reason)
    case .timedOut(let isReady):
      let limit = "not \(isReady ? "done" : "ready") after \(String(shortest: plan.settings.timeout)) s"
      return (.timeout, isReady ? progress.map { "\(limit): \($0)" } ?? limit : limit)
    case .crashed(let reason): return (.crashed, reason + evidence)
    case .gaveUp(let reason): return (evidence.isEmpty ? .failed : .crashed, reason + evidence)
    case .done(let done): return verdict(done, tasks, note: hosted.tasks?.note, expected: expected)
    }
  }

  private func verdict(
    _ done: Done, _ tasks: BoardTotals?, note: String?, expected: String?
  ) -> (TrialStatus, String?) {
    guard let tasks else { return (.failed, "it said that it is done, and there are no tasks") }
    if let first = tasks.unfinished.first {
      return (.crashed, note ?? "task \(first.task) of worker \(first.worker) came to no end: its worker is gone")
    }
    if tasks.neverBegun > 0 { return (.failed, note ?? "\(tasks.neverBegun) of \(tasks.tasks) tasks were never begun") }
    if Double(tasks.failed) > plan.settings.maxFailed * Double(tasks.tasks) {
      let what = note ?? "no message"
      return (.failed, tasks.tasks == 1 ? what : "\(tasks.failed) of \(tasks.tasks) tasks failed: \(what)")
    }
    guard tasks.failed == 0, let checksum = done.checksum else { return (.ok, note) }
    if let known = done.expectedChecksum, known != checksum {
      return (.wrong, "checksum \(checksum) instead of \(known)")
    }
    if let expected, expected != checksum {
      return (.wrong, "checksum \(checksum), where an earlier trial of the same work has \(expected)")
    }
    return (.ok, nil)
  }

  // MARK: - Measures

  private func measure(_ done: Done, into trial: inout Trial) {
    let wall = done.wall.seconds
    trial.measures[.wall] = wall
    trial.measures[.setup] = done.setup?.seconds
    trial.measures[.teardown] = done.teardown?.seconds
    trial.measures[.loopStallMax] = done.loopStallMax?.seconds
    guard let usage = done.usage else { return }
    trial.measures[.cpuUser] = usage.cpuUser?.seconds
    trial.measures[.cpuSystem] = usage.cpuSystem?.seconds
    trial.measures[.maxProcessRSS] = usage.maxRSSBytes.map(Double.init)
    trial.measures[.voluntarySwitches] = usage.voluntarySwitches.map(Double.init)
    trial.measures[.involuntarySwitches] = usage.involuntarySwitches.map(Double.init)
    if wall > 0, let user = usage.cpuUser, let system = usage.cpuSystem {
      trial.measures[.cpuUtilization] = (user + system).seconds / (wall * effectiveCores)
    }
  }

  /// Writes the quantiles of task times, which are known of a trial that failed, too.
  private func measure(_ tasks: TaskEvidence, into trial: inout Trial) {
    trial.measures[.taskP50] = tasks.service?.p50
    trial.measures[.taskP90] = tasks.service?.p90
    trial.measures[.taskP99] = tasks.service?.p99
    trial.measures[.taskMax] = tasks.service?.max
    trial.measures[.responseP50] = tasks.response?.p50
    trial.measures[.responseP99] = tasks.response?.p99
    trial.measures[.responseMax] = tasks.response?.max
  }

  private func measureRates(_ tasks: BoardTotals, into trial: inout Trial) {
    guard let wall = trial.measures[.wall], wall > 0 else { return }
    trial.measures[.tasksPerSecond] = Double(tasks.ok) / wall
    trial.measures[.bytesPerSecond] = Double(tasks.bytes) / wall
    if let workers = trial.workers {
      trial.measures[.occupancy] = tasks.time.seconds / (Double(workers) * wall)
    }
  }

  /// Writes `lower_bound_s`, `ideal_s` and `overhead_ratio`. `docs/method.md` defines them.
  private func bound(_ tasks: BoardTotals, _ cell: Cell, into trial: inout Trial) {
    guard let workers = trial.workers else { return }
    let parallelism = cell.strategyPlugin.description.parallelism
    let atOnce: Double =
      switch parallelism {
      case .oneThread: 1
      case .threads(let parameter):
        min(effectiveCores, cell.strategyPlugin.parameters[parameter]?.number ?? effectiveCores)
      case .threadPerWorker: min(effectiveCores, Double(workers))
      case .unknown: effectiveCores
      }
    let cpu = (trial.measures[.cpuUser] ?? 0) + (trial.measures[.cpuSystem] ?? 0)
    let bound = max(tasks.longest?.seconds ?? 0, tasks.time.seconds / Double(workers), cpu / atOnce)
    // The kernel counts CPU time in coarse steps: in a few microseconds, it may count more than there were.
    trial.measures[.lowerBound] = min(bound, trial.measures[.wall] ?? bound)

    // If tasks wait until they are due, the schedule bounds the whole, not the waiting in the tasks.
    let isPaced =
      cell.arrivals != nil || (plan.settings.maxRate != nil && cell.sendsRequests)
    guard let wait = cell.injectedWait, wait > 0, !isPaced, tasks.failed == 0 else { return }
    let ideal = Double(Self.longestShare(of: tasks.tasks, chunk: cell.chunkSize, workers: workers)) * wait
    trial.measures[.ideal] = ideal
    if let wall = trial.measures[.wall], let setup = trial.measures[.setup], let teardown = trial.measures[.teardown] {
      trial.measures[.overheadRatio] = (wall - setup - teardown) / ideal
    }
  }

  /// Returns the least number of tasks that the busiest worker has, where workers take them in chunks.
  ///
  /// It is ⌈⌈tasks/chunk⌉ / workers⌉ chunks. The last chunk may be a short one that is alone in its round.
  static func longestShare(of tasks: Int, chunk: Int, workers: Int) -> Int {
    let chunks = max(0, tasks - 1) / chunk + 1
    let rounds = (chunks + workers - 1) / workers
    let rest = tasks % chunk
    let isAlone = rest > 0 && (chunks - 1) % workers == 0
    return isAlone ? (rounds - 1) * chunk + rest : rounds * chunk
  }
}
