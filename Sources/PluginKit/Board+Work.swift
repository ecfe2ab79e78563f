package import Board
internal import EventLoop
internal import Model
internal import OS
internal import Time

extension Board {
  /// What every blocking worker does: a session of its own, then task after task until none is left.
  ///
  /// Start and end are two readings of the clock; the end of one task is not the start of the next.
  package func work<W: Workload>(on workload: W, as worker: Worker) throws {
    let worker = worker.recording(on: self)
    var session = try workload.openSession(for: worker)
    let (origin, isPaced, measuresCPU) = (origin, isPaced, measuresCPU)
    while let tasks = claim() {
      for task in tasks {
        if isPaced { worker.blocking { MonotonicClock.sleep(until: admission(of: task)) } }
        let cpu = measuresCPU ? MonotonicClock.threadCPU() : .zero
        begin(task, worker: worker.index, at: MonotonicClock.now() - origin)
        do {
          let result = try workload.perform(task, in: &session, by: worker)
          succeed(task, at: MonotonicClock.now() - origin, bytes: result.bytes, value: result.value)
        } catch {
          fail(task, at: MonotonicClock.now() - origin, error)
        }
        if measuresCPU { recordCPU(task, MonotonicClock.threadCPU() - cpu) }
      }
    }
  }

  /// The same on an event loop, where a worker is a Swift task that gives control back while its task waits.
  package func workAsync<W: Workload>(on workload: W, as worker: Worker) async throws {
    var session = try workload.openSession(for: worker)
    let (origin, isPaced, measuresCPU) = (origin, isPaced, measuresCPU)
    while let tasks = claim() {
      for task in tasks {
        if isPaced { await worker.wait(until: admission(of: task)) }
        begin(task, worker: worker.index, at: MonotonicClock.now() - origin)
        // The thread works for other tasks meanwhile.
        if measuresCPU { recordCPU(task, nil) }
        do {
          let result = try await workload.performAsync(task, in: &session, by: worker)
          succeed(task, at: MonotonicClock.now() - origin, bytes: result.bytes, value: result.value)
        } catch {
          fail(task, at: MonotonicClock.now() - origin, error)
        }
      }
    }
  }

  /// Does one task, where what it came to is to be told to whoever has the board.
  package func attempt<W: Workload>(
    _ task: Int, of workload: W, in session: inout W.Session, by worker: Worker
  ) -> (record: TaskRecord, note: String, payload: [UInt8]) {
    if isPaced { worker.blocking { MonotonicClock.sleep(until: admission(of: task)) } }
    var (record, note, payload) = (TaskRecord(), "", [UInt8]())
    let cpu = measuresCPU ? MonotonicClock.threadCPU() : .zero
    record.begin(worker: worker.index, at: MonotonicClock.now() - origin)
    do {
      let result = try workload.perform(task, in: &session, by: worker)
      record.succeed(at: MonotonicClock.now() - origin, bytes: result.bytes, value: result.value)
      payload = result.payload
    } catch {
      let failure = error as? WorkFailure
      record.fail(at: MonotonicClock.now() - origin, as: failure?.kind ?? .error, bytes: failure?.bytes ?? 0)
      note = "task \(task): \(error)"
    }
    if measuresCPU { record.cpu = MonotonicClock.threadCPU() - cpu }
    return (record, note, payload)
  }

  /// To be called by each process that did work, when it has.
  ///
  /// - Parameter before: what it had counted when the trial began.
  package func addCounts<W: Workload>(of workload: W, since before: [String: Int] = [:]) {
    workload.largestChild.map(reportPeakRSS)
    for (name, count) in workload.counts() {
      guard let index = W.description.metrics.firstIndex(where: { $0.name == name }) else { continue }
      add(count - (before[name] ?? 0), to: index)
    }
  }

  /// What the workload has to say of the trial, when all processes have added their counts.
  package func metrics<W: Workload>(of workload: W) -> [String: Double] {
    var metrics = workload.metrics(of: all)
    for name in workload.counts().keys {
      if let index = W.description.metrics.firstIndex(where: { $0.name == name }) {
        metrics[name] = Double(count(index))
      }
    }
    return metrics
  }

  private func fail(_ task: Int, at time: Nanoseconds, _ error: any Error) {
    let failure = error as? WorkFailure
    fail(
      task, at: time, as: failure?.kind ?? .error, bytes: failure?.bytes ?? 0, message: "task \(task): \(error)")
  }

  /// Not more workers than there are tasks.
  package func workerCount(atMost maximum: Int) -> Int {
    max(1, min(maximum, taskCount))
  }
}

extension Worker {
  /// Gives control back until that moment of the monotonic clock.
  fileprivate func wait(until moment: Instant) async {
    guard let loop else { return MonotonicClock.sleep(until: moment) }
    if moment > MonotonicClock.now() { await loop.sleep(until: moment) }
  }
}
