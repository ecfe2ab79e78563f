internal import CLinux
import Glibc
internal import SystemPackage
package import Time

/// Where one thread waits for many descriptors and a moment, to the nanosecond; other threads can wake it.
package struct Poller: ~Copyable {
  /// What a descriptor is waited for, or is ready for.
  package struct Readiness: OptionSet, Hashable, Sendable {
    /// The bits, as epoll has them.
    package let rawValue: Int32
    /// Takes bits over.
    package init(rawValue: Int32) { self.rawValue = rawValue }

    /// There is something to read, or the end.
    package static let readable = Readiness(rawValue: CLINUX_READABLE)
    /// There is room to write.
    package static let writable = Readiness(rawValue: CLINUX_WRITABLE)
    /// It failed, or the other side has gone. Always waited for.
    package static let broken = Readiness(rawValue: CLINUX_BROKEN)
  }

  private let epoll: Descriptor
  private let event: Descriptor
  private static let capacity = 256
  private let ready = UnsafeMutableBufferPointer<clinux_ready>.allocate(capacity: capacity)

  /// Opens the kernel's queue.
  package init() throws(SystemError) {
    let epoll = Descriptor(
      owning: FileDescriptor(rawValue: try check("epoll_create1") { clinux_epoll_create() }))
    let event = Descriptor(owning: FileDescriptor(rawValue: try check("eventfd") { clinux_eventfd() }))
    let (epollNumber, eventNumber) = (epoll.raw, event.raw)
    try check("epoll_ctl") { clinux_epoll_add(epollNumber, eventNumber, CLINUX_READABLE) }
    self.epoll = epoll
    self.event = event
  }

  deinit {
    ready.deallocate()
  }

  /// Wakes the thread that waits, or lets the next wait return at once. From any thread.
  package func signal() {
    var one: UInt64 = 1
    // It fails only when the counter is full, and then the thread is going to wake anyway.
    _ = write(event.raw, &one, 8)
  }

  /// Adds a descriptor to those that are waited for.
  package func add(_ descriptor: Int32, for interest: Readiness) throws(SystemError) {
    try check("epoll_ctl") { clinux_epoll_add(epoll.raw, descriptor, interest.rawValue) }
  }

  /// Changes the reason for which a descriptor is waited for.
  package func change(_ descriptor: Int32, to interest: Readiness) throws(SystemError) {
    try check("epoll_ctl") { clinux_epoll_change(epoll.raw, descriptor, interest.rawValue) }
  }

  /// One that isn't there, or is closed, is none of our business any more.
  package func remove(_ descriptor: Int32) {
    _ = clinux_epoll_remove(epoll.raw, descriptor)
  }

  /// Waits until somebody signals, a descriptor is ready, or the time is up.
  ///
  /// - Parameters:
  ///   - limit: the longest wait; `nil`: as long as it takes.
  ///   - body: is given the descriptors that are ready, one by one.
  package func wait(atMost limit: Nanoseconds?, _ body: (Int32, Readiness) -> Void) {
    guard let base = ready.baseAddress else { return }
    // An interrupted wait is a short one: the caller looks at the time anyway.
    let count = clinux_epoll_wait(epoll.raw, base, Int32(Self.capacity), Int64(limit?.count ?? -1))
    for index in 0..<max(0, Int(count)) {
      let (descriptor, readiness) = (ready[index].descriptor, Readiness(rawValue: ready[index].readiness))
      if descriptor == event.raw {
        var signals: UInt64 = 0
        _ = read(event.raw, &signals, 8)
      } else {
        body(descriptor, readiness)
      }
    }
  }
}
