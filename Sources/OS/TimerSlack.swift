internal import CLinux
package import Time

/// Lets this thread, and threads and programs that it starts, wake up when asked to and not 50 µs later.
package func setPreciseTimers() {
  _ = clinux_set_timer_slack(1)
}

/// How late the kernel may let this thread wake up, so that wake-ups can be merged.
package enum TimerSlack {
  /// The slack of this thread; `nil`: unknown.
  package static var current: Nanoseconds? {
    let slack = clinux_timer_slack()
    return slack >= 0 ? Nanoseconds(slack) : nil
  }

  /// As late as this thread may wake up while `body` runs is 1 ns: what trials have.
  package static func precisely<Result>(_ body: () -> Result) -> Result {
    let before = current
    setPreciseTimers()
    defer { if let before { _ = clinux_set_timer_slack(UInt(before.count)) } }
    return body()
  }

  /// Waits several times, and returns how much later than asked for this thread woke up, sorted.
  package static func lateness(of wait: Nanoseconds, times: Int) -> [Nanoseconds] {
    (0..<times).map { _ in
      let due = MonotonicClock.now() + wait
      MonotonicClock.sleep(until: due)
      return MonotonicClock.now() - due
    }.sorted()
  }
}
