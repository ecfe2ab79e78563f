import Glibc
package import SystemPackage

/// A mapping that several processes see; unmapped when the last reference goes.
package final class SharedMemory: @unchecked Sendable {
  // Sendable: the address and size never change; what lies there is synchronised by who uses it.
  /// The first byte.
  package let base: UnsafeMutableRawPointer
  /// The number of bytes.
  package let size: Int

  /// Maps the whole of `file`, which must be at least one byte long, every page present at once.
  package init(mapping file: FileDescriptor) throws(SystemError) {
    size = try file.size()
    guard
      let base = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, file.rawValue, 0),
      base != MAP_FAILED
    else { throw SystemError("mmap", .current) }
    self.base = base
  }

  deinit {
    munmap(base, size)
  }
}

extension FileDescriptor {
  /// Makes a file that large; new bytes are zero.
  package func setSize(_ bytes: Int) throws(SystemError) {
    let raw = rawValue
    try check("ftruncate") { ftruncate(raw, bytes) }
  }

  /// Returns the number of bytes of a file.
  package func size() throws(SystemError) -> Int {
    let raw = rawValue
    return try check("lseek") { Glibc.lseek(raw, 0, SEEK_END) }
  }
}
