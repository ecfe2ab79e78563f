internal import CLinux
import Glibc
internal import SystemPackage

/// Where one thread waits, to the nanosecond, and other threads can wake it.
package struct Wakeup: ~Copyable, Sendable {
  private let epoll: Descriptor
  private let event: Descriptor

  package init() throws(SystemError) {
    let epoll = Descriptor(
      owning: FileDescriptor(rawValue: try check("epoll_create1") { clinux_epoll_create() }))
    let event = Descriptor(owning: FileDescriptor(rawValue: try check("eventfd") { clinux_eventfd() }))
    let (epollNumber, eventNumber) = (epoll.raw, event.raw)
    try check("epoll_ctl") { clinux_epoll_add(epollNumber, eventNumber) }
    self.epoll = epoll
    self.event = event
  }

  /// Wakes the thread that waits, or lets the next wait return at once. From any thread.
  package func signal() {
    var one: UInt64 = 1
    // It fails only when the counter is full, and then the thread is going to wake anyway.
    _ = write(event.raw, &one, 8)
  }

  /// Waits until somebody signals, or at most so many nanoseconds; `nil`: as long as it takes.
  package func wait(nanoseconds: Int?) {
    var ready: Int32 = 0
    // An interrupted wait is a short one: the caller looks at the time anyway.
    if clinux_epoll_wait(epoll.raw, &ready, 1, Int64(nanoseconds ?? -1)) > 0 {
      var count: UInt64 = 0
      _ = read(event.raw, &count, 8)
    }
  }
}
