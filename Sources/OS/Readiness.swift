import Glibc
package import SystemPackage
package import Time

/// Waits until one of some descriptors can be read (or is closed at its other end), or until a moment has come.
///
/// Returns the indices of those that can; none when the time is up.
package func waitUntilReadable(_ descriptors: [FileDescriptor?], deadline: Instant?) throws(SystemError) -> [Int] {
  var requests = descriptors.map { pollfd(fd: $0?.rawValue ?? -1, events: Int16(POLLIN), revents: 0) }
  while true {
    var milliseconds: Int32 = -1
    if let deadline {
      milliseconds = Int32(clamping: (deadline - MonotonicClock.now()).millisecondsRoundedUp)
    }
    let count = poll(&requests, nfds_t(requests.count), milliseconds)
    if count < 0 {
      let error = Errno.current
      if error == .interrupted { continue }
      throw SystemError("poll", error)
    }
    return requests.indices.filter { requests[$0].revents != 0 }
  }
}
