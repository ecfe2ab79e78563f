/// Where the kernel tells of itself; tests have folders of their own.
package struct KernelFiles: Sendable {
  /// The folders of this machine.
  package static let standard = KernelFiles()

  /// The folder that stands for /proc.
  package var proc: String
  /// The folder that stands for /sys.
  package var sys: String

  /// Names the two folders.
  package init(proc: String = "/proc", sys: String = "/sys") {
    self.proc = proc
    self.sys = sys
  }

  /// The first word of a file; `nil` where there is none.
  static func word(_ path: String) -> String? {
    TextFile.text(path)?.split(whereSeparator: \.isWhitespace).first.map(String.init)
  }

  /// The first word of a file, if it is a number that isn't negative.
  static func count(_ path: String) -> Int? {
    word(path).flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
  }
}
