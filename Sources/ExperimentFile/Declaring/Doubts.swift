internal import Model

/// What may be in a file beside what could be read, so that one mistake isn't reported twice.
struct Doubts {
  private var labels: [PluginDescription.Kind: Set<String>] = [:]
  private var isComplete: [PluginDescription.Kind: Bool] = [:]
  private var isWhole = true
  private let brokenVariables: Set<String>
  /// The parameters that the file has, known or not.
  var keys: Set<String>

  init() {
    brokenVariables = []
    keys = []
  }

  init(workloads: PluginDecoder.Result, strategies: PluginDecoder.Result, brokenVariables: Set<String>) {
    for (kind, result) in [(PluginDescription.Kind.workload, workloads), (.strategy, strategies)] {
      labels[kind] = result.labels
      isComplete[kind] = result.isComplete
    }
    isWhole = workloads.isWhole && strategies.isWhole
    areStrategiesKnown = strategies.isComplete && strategies.uses.count == strategies.labels.count
    arePluginsKnown = areStrategiesKnown && workloads.isComplete && workloads.uses.count == workloads.labels.count
    keys = workloads.keys.union(strategies.keys)
    self.brokenVariables = brokenVariables
  }

  /// True if the plugin of every strategy is known.
  private(set) var areStrategiesKnown = true
  /// True if the plugin of every workload and every strategy is known.
  private(set) var arePluginsKnown = true

  /// True if every plugin and all its settings could be read.
  var isNothingUnread: Bool { isWhole && arePluginsKnown && brokenVariables.isEmpty }

  /// Returns whether a name may be a label of the file that could not be read.
  func mayBeLabel(_ name: String, of kind: PluginDescription.Kind) -> Bool {
    labels[kind]?.contains(name) ?? false || !(isComplete[kind] ?? true)
  }

  /// Returns whether a name may be an axis that could not be read.
  func mayBeAxis(_ name: String) -> Bool {
    if brokenVariables.contains(name) { return true }
    guard !isWhole else { return false }
    if isComplete.values.contains(false) { return true }
    return keys.contains { key in name == key || name.hasSuffix("_\(key)") }
  }
}
