/// The most memory that this process ever had resident, in bytes: its own, where `ru_maxrss` includes its parent's.
package func peakResidentBytes() -> Int? {
  guard let status = TextFile.text("/proc/self/status") else { return nil }
  for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
    let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    return kibibytes.flatMap { Int($0) }.map { $0 * 1024 }
  }
  return nil
}
