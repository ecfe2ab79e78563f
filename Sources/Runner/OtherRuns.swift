internal import Model
internal import OS
internal import Time

/// The other runs that use this machine while a run is under way. Each disturbs the times of the other.
package struct OtherRuns: ~Copyable {
  /// The time between two looks at the kernel's table, which may be long.
  private static let interval = Nanoseconds.seconds(5)
  /// The beginning of each sentence.
  private static let start = "another run uses this machine"

  private let notice: RunNotice
  private var known: Set<RunNotice.Other> = []
  private var nextLook = Instant.distantPast
  /// A sentence for each other run that was noticed.
  package private(set) var warnings: [String] = []

  /// Gives notice of this run, and looks for others.
  ///
  /// - Parameters:
  ///   - name: the name of the experiment.
  ///   - environment: may name the group of runs that notice each other (`CONCRUN_NOTICES`).
  package init(besides name: String, environment: [String: String]) {
    notice = RunNotice(name, group: environment[RunNotice.variable] ?? "")
    _ = look()
  }

  /// Looks for other runs.
  ///
  /// - Parameter now: whether it looks although it did a short time ago.
  /// - Returns: a sentence for each run that is new.
  package mutating func look(now: Bool = true) -> [String] {
    guard now || MonotonicClock.now() >= nextLook else { return [] }
    let new = notice.others().subtracting(known).sorted { ($0.pid, $0.name) < ($1.pid, $1.name) }
    known.formUnion(new)
    nextLook = MonotonicClock.now() + Self.interval
    let sentences = new.map {
      "\(Self.start): the process \($0.pid) runs '\($0.name.visibleLine)', and each disturbs the times of the other"
    }
    warnings += sentences
    return sentences
  }

  /// Returns the warnings about other runs among all warnings of an earlier sitting.
  package static func warnings(among all: [String]) -> [String] { all.filter { $0.hasPrefix(start) } }
}
