internal import CLinux
import Glibc
package import SystemPackage

/// An open file that is closed exactly once.
package struct Descriptor: ~Copyable, Sendable {
  /// The number, to call the system with; it must not outlive this.
  package let file: FileDescriptor

  /// Takes a descriptor over, and closes it at the end.
  package init(owning file: FileDescriptor) {
    self.file = file
  }

  /// The number as C has it.
  package var raw: Int32 { file.rawValue }

  /// Hands the descriptor over: it is the caller's to close.
  package consuming func release() -> FileDescriptor {
    let file = file
    discard self
    return file
  }

  deinit {
    try? file.close()
  }
}

extension Descriptor {
  /// Both ends close on exec.
  package static func pipe() throws(SystemError) -> PipeEnds {
    var ends: [Int32] = [-1, -1]
    try check("pipe") { Glibc.pipe(&ends) }
    let pair = PipeEnds(
      read: Descriptor(owning: FileDescriptor(rawValue: ends[0])),
      write: Descriptor(owning: FileDescriptor(rawValue: ends[1])))
    for end in ends {
      try check("fcntl") { fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
    return pair
  }

  /// /dev/null, to read nothing from or to write into.
  package static func null() throws(SystemError) -> Descriptor {
    Descriptor(owning: FileDescriptor(rawValue: try check("open /dev/null") { open("/dev/null", O_RDWR | O_CLOEXEC) }))
  }

  /// A file to be read. Whatever kind it is, opening it doesn't wait.
  package static func reading(_ path: String) throws(SystemError) -> Descriptor {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    return Descriptor(owning: FileDescriptor(rawValue: try check("open") { open(path, flags) }))
  }

  /// A file in memory that children can inherit.
  package static func memory(named name: String) throws(SystemError) -> Descriptor {
    Descriptor(owning: FileDescriptor(rawValue: try check("memfd_create") { clinux_memfd_create(name) }))
  }

  /// A file that everybody who has it open appends to.
  ///
  /// - Parameter isPrivate: whether only the owner may read a file that is made.
  package static func log(at path: String, isPrivate: Bool = false) throws(SystemError) -> Descriptor {
    let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC
    return Descriptor(
      owning: FileDescriptor(rawValue: try check("open") { open(path, flags, isPrivate ? 0o600 : 0o666) }))
  }

  /// Another descriptor for the same file.
  package static func duplicate(_ file: FileDescriptor) throws(SystemError) -> Descriptor {
    let raw = file.rawValue
    return Descriptor(owning: FileDescriptor(rawValue: try check("dup") { fcntl(raw, F_DUPFD_CLOEXEC, 3) }))
  }

  /// Makes reading and writing return at once where they would wait.
  package func setNonblocking() throws(SystemError) {
    let descriptor = raw
    let flags = try check("fcntl") { fcntl(descriptor, F_GETFL) }
    try check("fcntl") { fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) }
  }

  /// Writes all of it, waiting where it must.
  package func write(_ bytes: some Collection<UInt8>) throws(SystemError) {
    try file.writeFully(bytes)
  }
}

/// The two ends of a pipe.
package struct PipeEnds: ~Copyable {
  /// The end that bytes come out of.
  package var read: Descriptor
  /// The end that bytes go into.
  package var write: Descriptor

  /// Gives both ends their own owners.
  package consuming func split() -> (FileDescriptor, FileDescriptor) {
    (read.release(), write.release())
  }
}

extension FileDescriptor {
  /// What a file has there, whatever its offset.
  package func bytes(from start: Int, to end: Int) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(0, end - start))
    let raw = rawValue
    let count = try check("pread") { Glibc.pread(raw, &bytes, bytes.count, start) }
    return Array(bytes.prefix(count))
  }

  /// As much as there is at once and fits; 0 at the end.
  package func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
    let raw = rawValue
    return try check("read") { Glibc.read(raw, &buffer, buffer.count) }
  }

  /// Asks the system to forget what it keeps of a file in memory.
  package func forgetCache() throws(SystemError) {
    let error = posix_fadvise(rawValue, 0, 0, POSIX_FADV_DONTNEED)
    guard error == 0 else { throw SystemError("posix_fadvise", Errno(rawValue: error)) }
  }

  /// Writes all of it, waiting where it must.
  package func writeFully(_ bytes: some Collection<UInt8>) throws(SystemError) {
    do {
      _ = try writeAll(bytes)
    } catch let error as Errno {
      throw SystemError("write", error)
    } catch {
      throw SystemError("write", .ioError)
    }
  }

  /// At most `limit` bytes; empty at the end; `nil` where a non-blocking descriptor has nothing yet.
  package func readSome(limit: Int = 65536) throws(SystemError) -> [UInt8]? {
    do {
      return try [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
        count = try read(into: UnsafeMutableRawBufferPointer(buffer))
      }
    } catch let error as Errno {
      if error == .wouldBlock || error == .resourceTemporarilyUnavailable { return nil }
      throw SystemError("read", error)
    } catch {
      throw SystemError("read", .ioError)
    }
  }
}
