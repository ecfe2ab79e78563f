/// A mounted hierarchy of control groups: a line of /proc/self/mountinfo (proc(5)).
struct ControlGroupMount: Equatable {
  /// A Boolean value that is true for cgroup v2, which has all controllers in one hierarchy.
  let isUnified: Bool
  /// The controllers of a hierarchy of v1, such as `cpu` and `cpuacct`.
  let controllers: [String]
  /// The group whose folder is at the mount point. It isn't `/` in containers that see a part of the hierarchy.
  let root: String
  /// The folder at which the hierarchy is mounted.
  let point: String

  /// Makes a mount of its parts.
  init(isUnified: Bool, controllers: [String] = [], root: String = "/", point: String) {
    self.isUnified = isUnified
    self.controllers = controllers
    self.root = root
    self.point = point
  }

  /// Reads a line; `nil` if it tells of another kind of file system, or can't be read.
  init?(line: Substring) {
    let fields = line.split(separator: " ")
    guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count >= dash + 4 else { return nil }
    let kind = fields[dash + 1]
    guard kind == "cgroup" || kind == "cgroup2" else { return nil }
    self.init(
      isUnified: kind == "cgroup2", controllers: fields[dash + 3].split(separator: ",").map(String.init),
      root: Self.unescaped(fields[3]), point: Self.unescaped(fields[4]))
  }

  /// Returns the folder of a group and of the groups around it as far as they are mounted, the innermost first.
  ///
  /// - Parameter group: the path of the group, as /proc/self/cgroup has it. If it isn't below the mounted part, its own
  ///   place is unknown, and only the mount point is returned.
  func folders(of group: Substring) -> [String] {
    let (around, names) = (root.split(separator: "/"), group.split(separator: "/"))
    guard names.starts(with: around), !names.contains("..") else { return [point] }
    let inner = names.dropFirst(around.count)
    return (0...inner.count).reversed().map { ([point] + inner.prefix($0).map(String.init)).joined(separator: "/") }
  }

  /// Returns a path in which the kernel wrote blanks and backslashes as three octal digits.
  private static func unescaped(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), rest.count >= 3, let code = UInt8(Substring(rest.prefix(3)), radix: 8) {
        bytes.append(code)
        rest.removeFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
