/// The body of requests: bytes that all handles of a process share, at an address that stays.
///
/// libcurl reads the bytes where they are, so that a large body isn't copied for each worker.
package final class RequestBody: Sendable {
  /// Nobody writes to these bytes after `init`, and `deinit` alone frees them.
  nonisolated(unsafe) private let memory: UnsafeMutableRawBufferPointer

  /// The number of bytes.
  package var count: Int { memory.count }

  var address: UnsafeMutableRawPointer? { memory.baseAddress }

  /// Copies these bytes.
  package init(_ bytes: some Collection<UInt8>) {
    memory = .allocate(byteCount: bytes.count, alignment: 1)
    memory.copyBytes(from: bytes)
  }

  deinit {
    memory.deallocate()
  }
}
