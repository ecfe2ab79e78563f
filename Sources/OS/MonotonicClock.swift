import Glibc

/// CLOCK_MONOTONIC, the same in every process of the machine.
package enum MonotonicClock {
  /// Nanoseconds since some fixed moment.
  package static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec &* 1_000_000_000 &+ time.tv_nsec
  }

  /// CPU time of the calling thread, in nanoseconds.
  package static func threadCPU() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec &* 1_000_000_000 &+ time.tv_nsec
  }

  /// Blocks the thread until that moment.
  package static func sleep(until deadline: Int) {
    var time = timespec(tv_sec: deadline / 1_000_000_000, tv_nsec: deadline % 1_000_000_000)
    while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
  }
}
