/// What else the machine did while something was measured on it. What the kernel doesn't tell is `nil`.
package struct MachineLoad: Hashable, Sendable {
  /// CPUs' worth of time that other processes used.
  package var otherCPUs: Double?
  /// The share of all CPUs' time that the host of this virtual machine gave to others.
  package var stolenShare: Double?
  /// Processes that ran or wanted to, the average of the minute before.
  package var loadAverage: Double?
  /// The share of the ten seconds before in which some process waited for a CPU.
  package var pressure: Double?

  /// Names the figures that a test or a caller knows.
  package init(
    otherCPUs: Double? = nil, stolenShare: Double? = nil, loadAverage: Double? = nil, pressure: Double? = nil
  ) {
    self.otherCPUs = otherCPUs
    self.stolenShare = stolenShare
    self.loadAverage = loadAverage
    self.pressure = pressure
  }

  /// What is known before anything is measured.
  package init(before kernel: KernelFiles) {
    self.init()
    loadAverage = KernelFiles.word("\(kernel.proc)/loadavg").flatMap { Double($0) }
    // `some avg10=1.53 avg60=…`
    let fields = TextFile.text("\(kernel.proc)/pressure/cpu")?.split(separator: "\n").first?.split(separator: " ") ?? []
    if fields.count > 1, fields[0] == "some", fields[1].hasPrefix("avg10=") {
      pressure = Double(fields[1].dropFirst(6)).map { $0 / 100 }
    }
  }

  /// - Parameters:
  ///   - times: what all CPUs did meanwhile.
  ///   - own: CPU time of this process and its children, in seconds.
  ///   - elapsed: seconds.
  package mutating func add(_ times: CPUTimes, own: Double, elapsed: Double) {
    guard times.total > 0, elapsed > 0 else { return }
    otherCPUs = max(0, times.busy - own) / elapsed
    stolenShare = max(0, times.stolen) / times.total
  }
}
