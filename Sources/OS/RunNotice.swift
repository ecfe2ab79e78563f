internal import CLinux
import Glibc
internal import SystemPackage
internal import Time

/// A notice for all users of this machine that a run is under way. It ends with the process, however that ends.
///
/// The notice is the name of a socket that nobody listens to, in the kernel's own table of names (abstract sockets).
/// There is no file, so nothing is left behind, nobody has to be allowed to write anywhere, and no link leads astray.
/// Anybody can bind such a name, so a notice is a hint, and its text may be anything.
package struct RunNotice: ~Copyable {
  /// The notice of another run.
  package struct Other: Hashable, Sendable {
    /// The id of its process, as that process sees it.
    package let pid: Int32
    /// The name of its experiment. It may be cut, and may hold any character.
    package let name: String
  }

  /// The variable of the environment that names a group of runs. Runs notice only those of their own group.
  package static let variable = "CONCRUN_NOTICES"

  /// Linux takes at most so many bytes, without the zero byte that abstract names begin with.
  private static let longestName = 107
  private static let table = "/proc/net/unix"

  private let prefix: String
  private let own: String
  private let socket: Descriptor?

  /// Gives the notice, if the kernel takes it.
  ///
  /// - Parameters:
  ///   - name: the name of the experiment.
  ///   - group: the group of runs that shall notice it; empty for all of the machine.
  package init(_ name: String, group: String) {
    prefix = "concrun-run:\(Self.digest(group)):"
    let moment = String(MonotonicClock.now().sinceStart.count, radix: 36)
    own = Self.fitting("\(prefix)\(getpid()):\(moment):", name)
    socket = Self.bind(own)
  }

  /// Returns the notices of other runs that are under way. There are none where the kernel doesn't tell them.
  package func others() -> Set<Other> {
    guard let bytes = try? TextFile.bytes(Self.table, limit: 64 << 20) else { return [] }
    return Self.notices(in: String(decoding: bytes, as: UTF8.self), prefix: prefix, without: own)
  }

  /// Reads the kernel's table of sockets. A name stands at the end of its line, with `@` for the zero byte.
  static func notices(in table: String, prefix: String, without own: String) -> Set<Other> {
    var others: Set<Other> = []
    for line in table.split(separator: "\n") {
      guard let start = line.lastIndex(of: "@"), line[start...].dropFirst().hasPrefix(prefix) else { continue }
      let text = line[start...].dropFirst()
      let parts = text.dropFirst(prefix.count).split(separator: ":", omittingEmptySubsequences: false)
      guard text != own, parts.count == 3, let pid = Int32(parts[0]), pid > 0 else { continue }
      others.insert(Other(pid: pid, name: decoded(parts[2])))
    }
    return others
  }

  private static func bind(_ name: String) -> Descriptor? {
    let raw = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard raw >= 0 else { return nil }
    let socket = Descriptor(owning: FileDescriptor(rawValue: raw))
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.dropFirst().copyBytes(from: Array(name.utf8)) }
    let length = MemoryLayout<sa_family_t>.size + 1 + name.utf8.count
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(raw, $0, socklen_t(length)) }
    }
    guard result == 0 else { return nil }
    return consume socket
  }

  // MARK: Texts

  /// Returns a text that two groups have in common only by chance (FNV-1a).
  private static func digest(_ group: String) -> String {
    String(group.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 36)
  }

  /// Returns as much of a name, in percent encoding, as fits after some other text.
  static func fitting(_ start: String, _ name: String) -> String {
    var text = start
    for character in name {
      let encoded = character.utf8.map(encoded).joined()
      if text.utf8.count + encoded.utf8.count > longestName { break }
      text += encoded
    }
    return text
  }

  private static func encoded(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
      return String(UnicodeScalar(byte))
    default:
      let digits = String(byte, radix: 16)
      return "%" + (byte < 16 ? "0" : "") + digits
    }
  }

  static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
