/// What decides how fast the CPUs run at the moment.
package struct CPUFrequency: Hashable, Sendable {
  /// Of all CPUs, without repetition; empty where it isn't known, as in most virtual machines.
  package var governors: Set<String>
  /// Whether CPUs may run faster than their nominal frequency for a while; `nil`: unknown.
  package var hasTurbo: Bool?

  /// What Linux has; whatever else a file holds is no governor.
  private static let knownGovernors: Set<String> = [
    "performance", "powersave", "ondemand", "conservative", "schedutil", "userspace",
  ]

  /// Names governors and turbo as a test or a caller knows them.
  package init(governors: Set<String> = [], hasTurbo: Bool? = nil) {
    self.governors = governors
    self.hasTurbo = hasTurbo
  }

  /// Reads the governors and the turbo switch; what the kernel does not tell is empty or `nil`.
  package init(_ kernel: KernelFiles) {
    let folder = "\(kernel.sys)/devices/system/cpu"
    let names = (try? Files.list(folder)) ?? []
    let cpus = names.filter { $0.hasPrefix("cpu") && Int($0.dropFirst(3)) != nil }.map { "\(folder)/\($0)/cpufreq" }
    governors = Set(cpus.compactMap { KernelFiles.word("\($0)/scaling_governor") }).intersection(Self.knownGovernors)
    let disabled = Self.flag("\(folder)/intel_pstate/no_turbo")
    let boosts = [Self.flag("\(folder)/cpufreq/boost")] + cpus.map { Self.flag("\($0)/boost") }
    hasTurbo = disabled.map { !$0 } ?? boosts.compactMap(\.self).reduce(nil) { $0 ?? false || $1 }
  }

  private static func flag(_ path: String) -> Bool? {
    switch KernelFiles.word(path) {
    case "0": false
    case "1": true
    default: nil
    }
  }
}
