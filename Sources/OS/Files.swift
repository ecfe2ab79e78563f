import Glibc
internal import SystemPackage

/// What there is at a path, and making more of it.
package enum Files {
  /// A kind of file, links followed.
  package enum Kind: Sendable {
    case file, folder, other
  }

  /// Returns the kind of a file; `nil` where there is none.
  package static func kind(of path: String) -> Kind? {
    var status = stat_t()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// Whether this is a file that this process may run.
  package static func isExecutable(_ path: String) -> Bool { kind(of: path) == .file && access(path, X_OK) == 0 }

  /// Names in a folder, sorted; without `.` and `..`.
  package static func list(_ path: String) throws(SystemError) -> [String] {
    guard let directory = opendir(path) else { throw SystemError("opendir", .current) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes a folder. Returns false if there is something of that name already.
  package static func makeFolder(_ path: String) throws(SystemError) -> Bool {
    do {
      try check("mkdir") { mkdir(path, 0o777) }
      return true
    } catch {
      if error.errno == .fileExists { return false }
      throw error
    }
  }

  /// Makes a folder and those it stands in, where they are missing.
  package static func makeFolders(_ path: String) throws(SystemError) {
    if kind(of: path) == .folder { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolders(String(path[..<slash]))
    }
    if try !makeFolder(path), kind(of: path) != .folder {
      throw SystemError("mkdir", .notDirectory)
    }
  }

  /// A file that is either there whole or not at all: written beside its place, then renamed.
  ///
  /// - Parameter isPrivate: whether only its owner may read it.
  package static func write(
    _ bytes: some Collection<UInt8>, to path: String, isPrivate: Bool = false
  ) throws(SystemError) {
    let temporary = "\(path).\(getpid())"
    do throws(SystemError) {
      if isPrivate { unlink(temporary) }
      let file = try AppendFile(temporary, truncating: true, isPrivate: isPrivate)
      try file.append(bytes)
      try file.sync()
      try check("rename") { rename(temporary, path) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Overwrites parts of a file, each with as many bytes of one kind.
  package static func blank(
    _ ranges: [Range<Int>], of path: String, with byte: UInt8
  ) throws(SystemError) {
    let descriptor = Descriptor(
      owning: FileDescriptor(rawValue: try check("open") { open(path, O_WRONLY | O_CLOEXEC) }))
    let raw = descriptor.raw
    for range in ranges {
      let bytes = [UInt8](repeating: byte, count: range.count)
      try check("pwrite") { pwrite(raw, bytes, bytes.count, range.lowerBound) }
    }
  }

  /// A new file that is either there whole or not at all; one that is there already stays as it is, and is an error.
  package static func create(_ path: String, _ bytes: some Collection<UInt8>) throws(SystemError) {
    let temporary = "\(path).\(getpid())"
    defer { unlink(temporary) }
    let file = try AppendFile(temporary, truncating: true)
    try file.append(bytes)
    try file.sync()
    try check("link") { Glibc.link(temporary, path) }
  }

  /// Points a symbolic link at something else, in one step.
  package static func link(_ path: String, to target: String) throws(SystemError) {
    let temporary = "\(path).\(getpid())"
    unlink(temporary)
    try check("symlink") { symlink(target, temporary) }
    try check("rename") { rename(temporary, path) }
  }

  /// The path without links and detours; `nil` if there is nothing.
  package static func canonical(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Returns the target of a symbolic link; `nil` where it is none.
  package static func linkTarget(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = readlink(path, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }
}

private typealias stat_t = Glibc.stat

/// A file that only grows.
package struct AppendFile: ~Copyable, Sendable {
  private let descriptor: Descriptor

  /// Opens a file, and makes it where it is missing.
  ///
  /// - Parameter isPrivate: whether only the owner may read a file that is made.
  package init(_ path: String, truncating: Bool = false, isPrivate: Bool = false) throws(SystemError) {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (truncating ? O_TRUNC : 0)
    descriptor = Descriptor(
      owning: FileDescriptor(rawValue: try check("open") { open(path, flags, isPrivate ? 0o600 : 0o666) }))
  }

  /// Writes bytes at the end of the file.
  package func append(_ bytes: some Collection<UInt8>) throws(SystemError) {
    try descriptor.write(bytes)
  }

  /// Waits until what was written is on the disk.
  package func sync() throws(SystemError) {
    let raw = descriptor.raw
    try check("fdatasync") { fdatasync(raw) }
  }

  /// Cuts the file off after that many bytes.
  package func truncate(to length: Int) throws(SystemError) {
    let raw = descriptor.raw
    try check("ftruncate") { ftruncate(raw, length) }
  }

  /// Makes this process the only one that holds the file. Returns false if another does.
  package func lock() throws(SystemError) -> Bool {
    let raw = descriptor.raw
    do {
      try check("flock") { flock(raw, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      if error.errno == .wouldBlock { return false }
      throw error
    }
  }
}
