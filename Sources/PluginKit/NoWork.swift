package import Model

/// Stands in for a workload where a strategy brings its own: one task, the whole of it.
package struct NoWork: Workload {
  package static let description = PluginDescription(.workload, "program", summary: "The strategy's own work.")

  package init(_ values: ParameterValues) {}
  package init() {}

  package var taskCount: Int { 1 }

  package func perform(_ task: Int, in session: inout Void, by worker: Worker) -> TaskResult { TaskResult() }
}
