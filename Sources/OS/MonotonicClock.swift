import Glibc
package import Time

/// The clock that never goes back, and is the same for every process of the machine.
package enum MonotonicClock {
  /// Reads the clock.
  package static func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(sinceStart: Nanoseconds(time))
  }

  /// Returns the time for which the machine was suspended since its start. This clock doesn't count that time.
  static func suspended() -> Nanoseconds {
    var whole = timespec()
    clock_gettime(CLOCK_BOOTTIME, &whole)
    return Nanoseconds(whole) - now().sinceStart
  }

  /// Returns the CPU time of the calling thread.
  package static func threadCPU() -> Nanoseconds {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Nanoseconds(time)
  }

  /// Blocks the thread until that moment.
  package static func sleep(until deadline: Instant) {
    var time = timespec(deadline)
    while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
  }
}

extension Nanoseconds {
  @inline(__always)
  init(_ time: timespec) {
    self.init(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
  }
}

extension timespec {
  init(_ moment: Instant) {
    let (seconds, nanoseconds) = moment.sinceStart.parts
    self.init(tv_sec: seconds, tv_nsec: nanoseconds)
  }
}
