package import Board
internal import OS

extension Board {
  /// What every blocking worker does: a session of its own, then task after task until none is left.
  ///
  /// Start and end are two readings of the clock; the end of one task is not the start of the next.
  package func work<W: Workload>(on workload: W, as worker: Worker) throws {
    var session = try workload.openSession(for: worker)
    let origin = origin
    while let tasks = claim() {
      for task in tasks {
        begin(task, worker: worker.index, at: MonotonicClock.now() - origin)
        do {
          let result = try workload.perform(task, in: &session, by: worker)
          succeed(task, at: MonotonicClock.now() - origin, bytes: result.bytes, value: result.value)
        } catch {
          fail(task, at: MonotonicClock.now() - origin, message: "task \(task): \(error)")
        }
      }
    }
  }

  /// The same on an event loop, where a worker is a Swift task that gives control back while its task waits.
  package func workAsync<W: Workload>(on workload: W, as worker: Worker) async throws {
    var session = try workload.openSession(for: worker)
    let origin = origin
    while let tasks = claim() {
      for task in tasks {
        begin(task, worker: worker.index, at: MonotonicClock.now() - origin)
        do {
          let result = try await workload.performAsync(task, in: &session, by: worker)
          succeed(task, at: MonotonicClock.now() - origin, bytes: result.bytes, value: result.value)
        } catch {
          fail(task, at: MonotonicClock.now() - origin, message: "task \(task): \(error)")
        }
      }
    }
  }

  /// Not more workers than there are tasks.
  package func workerCount(atMost maximum: Int) -> Int {
    max(1, min(maximum, taskCount))
  }
}
