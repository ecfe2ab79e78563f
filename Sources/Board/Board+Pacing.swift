internal import OS
internal import Synchronization

/// When tasks may begin: as soon as a worker is free, by a schedule, or so many a second.
extension Board {
  /// Gives each task a moment, in nanoseconds since t₀, before which it doesn't begin. Before the first worker starts.
  package func schedule(_ due: [Int]) {
    precondition(due.count == taskCount)
    for (task, time) in due.enumerated() {
      records[task].due = time
    }
    memory.base.storeBytes(of: 1, toByteOffset: Offset.hasSchedule, as: UInt32.self)
  }

  package var hasSchedule: Bool { memory.base.load(fromByteOffset: Offset.hasSchedule, as: UInt32.self) != 0 }

  /// The least time between the starts of two tasks, in nanoseconds; 0: none. Before the first worker starts.
  package var rateInterval: Int {
    get { memory.base.load(fromByteOffset: Offset.rateInterval, as: Int.self) }
    nonmutating set { memory.base.storeBytes(of: newValue, toByteOffset: Offset.rateInterval, as: Int.self) }
  }

  /// Whether each task's CPU time is read: two readings of 0.6 µs.
  package var measuresCPU: Bool {
    get { memory.base.load(fromByteOffset: Offset.measuresCPU, as: UInt32.self) != 0 }
    nonmutating set { memory.base.storeBytes(of: newValue ? 1 : 0, toByteOffset: Offset.measuresCPU, as: UInt32.self) }
  }

  package var isPaced: Bool { hasSchedule || rateInterval > 0 }

  /// When a claimed task may begin, in nanoseconds of the monotonic clock; it may be past. To be asked once for a task.
  package func admission(of task: Int) -> Int {
    var moment = hasSchedule ? origin + records[task].due : 0
    let interval = rateInterval
    guard interval > 0 else { return moment }
    let slot = atomic(Offset.nextSlot)
    var next = slot.pointee.load(ordering: .relaxed)
    while true {
      moment = max(moment, next, MonotonicClock.now())
      let (exchanged, original) = slot.pointee.compareExchange(
        expected: next, desired: moment + interval, ordering: .relaxed)
      if exchanged { return moment }
      next = original
    }
  }
}
