/// The most memory that a process had resident until now, in bytes; this one's by default.
///
/// Its own, where `ru_maxrss` of a child is at least what its parent had when it was started.
package func peakResidentBytes(of pid: Int32? = nil) -> Int? {
  guard let status = TextFile.text("/proc/\(pid.map { String($0) } ?? "self")/status") else { return nil }
  for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
    let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    return kibibytes.flatMap { Int($0) }.map { $0 * 1024 }
  }
  return nil
}
