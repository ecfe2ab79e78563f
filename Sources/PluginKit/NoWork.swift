package import Model

/// Stands in for a workload where a strategy brings its own: one task, the whole of it.
package struct NoWork: Workload {
  /// Its description, which no file can name.
  package static let description = PluginDescription(.workload, "program", summary: "The strategy's own work.")

  /// Takes no parameters.
  package init(_ values: ParameterValues) {}
  /// Makes the one value.
  package init() {}

  /// One task, which is the whole program.
  package var taskCount: Int { 1 }

  /// Does nothing.
  package func perform(_ task: Int, in session: inout Void, by worker: Worker) -> TaskResult { TaskResult() }
}
