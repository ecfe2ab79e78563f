internal import OS
internal import Synchronization
package import Time

/// When tasks may begin: as soon as a worker is free, by a schedule, or so many a second.
extension Board {
  /// Gives each task a moment, as the time since t₀, before which it doesn't begin.
  ///
  /// To be called before the first worker starts.
  package func schedule(_ due: [Nanoseconds]) {
    precondition(due.count == taskCount)
    for (task, time) in due.enumerated() {
      records[task].due = time
    }
    memory.base.storeBytes(of: 1, toByteOffset: Offset.hasSchedule, as: UInt32.self)
  }

  /// Whether tasks have moments at which they are due.
  package var hasSchedule: Bool { memory.base.load(fromByteOffset: Offset.hasSchedule, as: UInt32.self) != 0 }

  /// The least time between the starts of two tasks; zero: there is no limit. Set before the first worker starts.
  package var rateInterval: Nanoseconds {
    get { memory.base.load(fromByteOffset: Offset.rateInterval, as: Nanoseconds.self) }
    nonmutating set { memory.base.storeBytes(of: newValue, toByteOffset: Offset.rateInterval, as: Nanoseconds.self) }
  }

  /// Whether each task's CPU time is read: two readings of 0.6 µs.
  package var measuresCPU: Bool {
    get { memory.base.load(fromByteOffset: Offset.measuresCPU, as: UInt32.self) != 0 }
    nonmutating set { memory.base.storeBytes(of: newValue ? 1 : 0, toByteOffset: Offset.measuresCPU, as: UInt32.self) }
  }

  /// Whether a worker may have to wait before it begins a task.
  package var isPaced: Bool { hasSchedule || rateInterval > .zero }

  /// Returns when a claimed task may begin; it may be past. To be called once for a task.
  package func admission(of task: Int) -> Instant {
    var moment = hasSchedule ? origin + records[task].due : .distantPast
    let interval = rateInterval
    guard interval > .zero else { return moment }
    let slot = atomic(Offset.nextSlot)
    var next = slot.pointee.load(ordering: .relaxed)
    while true {
      moment = max(moment, Instant(sinceStart: Nanoseconds(next)), MonotonicClock.now())
      let (exchanged, original) = slot.pointee.compareExchange(
        expected: next, desired: (moment + interval).sinceStart.count, ordering: .relaxed)
      if exchanged { return moment }
      next = original
    }
  }
}
