import Glibc
internal import SystemPackage

extension Errno {
  /// What the last failed call of this thread left behind.
  static var current: Errno { Errno(rawValue: errno) }
}
