/// The names of parameters that concrun itself goes by, whichever plugin has them.
package enum ParameterName {
  /// How many workers there are at most.
  package static let maxWorkers = "max_workers"
  /// How many neighbouring tasks a worker claims at once.
  package static let chunkSize = "chunk_size"
  /// How often a workload goes through its items.
  package static let repetitions = "repeat"
  /// The key beside a label's parameters that names its plugin, so no parameter may be called like it.
  package static let plugin = "plugin"
}
