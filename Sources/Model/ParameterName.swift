/// The names of parameters that concrun itself interprets, whichever plugin declares them.
package enum ParameterName {
  /// The largest number of workers.
  package static let maxWorkers = "max_workers"
  /// The number of neighbouring tasks that a worker claims at once.
  package static let chunkSize = "chunk_size"
  /// The number of times that a workload goes through its items.
  package static let repetitions = "repeat"
  /// The key that names a label's plugin among its parameters. No parameter may have this name.
  package static let plugin = "plugin"
}
