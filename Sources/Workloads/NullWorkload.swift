package import Model
package import PluginKit

/// Tasks that do nothing: what remains is the harness's own cost.
package struct NullWorkload: Workload {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .workload, "null", summary: "Tasks that do nothing: shows the cost of the harness itself.",
    parameters: [
      ParameterSchema(
        "tasks", .integer, default: .integer(1000), minimum: 1, maximum: 10_000_000, help: "How many tasks."),
      ResultPayload.parameter,
    ])

  /// The number of tasks.
  package let taskCount: Int
  private let payload: ResultPayload
  /// The checksum of a trial without failures.
  package var expectedChecksum: UInt64? { 0 }

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    taskCount = try values.integer("tasks")
    payload = try ResultPayload(values)
  }

  /// Returns at once.
  package func perform(_ task: Int, in session: inout Void, by worker: Worker) -> TaskResult {
    payload.result(value: 0)
  }
}
