import Glibc
package import Time

/// A lock with conditions to wait for, each with a time limit where one is wanted.
///
/// Sendable: the addresses never change, and what lies there is the system's to synchronise.
package final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  /// Makes a lock that is free.
  package init() {
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Runs a body while this thread holds the lock.
  package func withLock<Result>(_ body: () throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }

  /// Something that threads with the lock wait for.
  package final class Condition: @unchecked Sendable {
    // Sendable: as the monitor.
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let monitor: Monitor

    /// Makes a condition of a lock.
    package init(of monitor: Monitor) {
      self.monitor = monitor
      var attributes = pthread_condattr_t()
      pthread_condattr_init(&attributes)
      pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
      condition.initialize(to: pthread_cond_t())
      pthread_cond_init(condition, &attributes)
      pthread_condattr_destroy(&attributes)
    }

    deinit {
      pthread_cond_destroy(condition)
      condition.deallocate()
    }

    /// Wakes one that waits. With the lock.
    package func signal() {
      pthread_cond_signal(condition)
    }

    /// Gives the lock up while it waits; may return although nobody signalled. With the lock.
    package func wait() {
      pthread_cond_wait(condition, monitor.mutex)
    }

    /// - Parameter deadline: a moment of the monotonic clock.
    /// - Returns: false when it has come.
    package func wait(until deadline: Instant) -> Bool {
      var time = timespec(deadline)
      return pthread_cond_timedwait(condition, monitor.mutex, &time) != ETIMEDOUT
    }
  }
}
