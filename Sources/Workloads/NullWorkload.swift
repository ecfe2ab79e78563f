package import Model
package import PluginKit

/// Tasks that do nothing: what remains is the harness's own cost.
package struct NullWorkload: Workload {
  package static let description = PluginDescription(
    .workload, "null", summary: "Tasks that do nothing: shows the cost of the harness itself.",
    parameters: [
      ParameterSchema(
        "tasks", .integer, default: .integer(1000), minimum: 1, maximum: 10_000_000, help: "How many tasks."),
      ResultPayload.parameter,
    ])

  package let taskCount: Int
  private let payload: ResultPayload
  package var expectedChecksum: UInt64? { 0 }

  package init(_ values: ParameterValues) throws {
    taskCount = try values.integer("tasks")
    payload = try ResultPayload(values)
  }

  package func perform(_ task: Int, in session: inout Void, by worker: Worker) -> TaskResult {
    payload.result(value: 0)
  }
}
