package import Model
package import PluginKit

/// The tutorial's CPU-bound work: for each of `count` neighbouring numbers n, the sum of i² for i in 0..<n.
package struct SumOfSquaresWorkload: Workload {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .workload, "sum_of_squares", summary: "CPU-bound: for each number n, the sum of i² for i in 0..<n.",
    parameters: [
      ParameterSchema(
        "start", .integer, default: .integer(5_000_000), minimum: 0, maximum: 1e12, help: "The first number."),
      ParameterSchema(
        "count", .integer, default: .integer(20), minimum: 1, maximum: 10_000_000,
        help: "How many numbers, each one more than the one before; a task each."),
      ResultPayload.parameter,
    ])

  private let start: Int
  /// The number of tasks.
  package let taskCount: Int
  private let payload: ResultPayload

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    start = try values.integer("start")
    taskCount = try values.integer("count")
    payload = try ResultPayload(values)
  }

  /// Computes one sum.
  package func perform(_ task: Int, in session: inout Void, by worker: Worker) -> TaskResult {
    let sum = SumOfSquares.sum(below: UInt64(start + task), by: worker)
    return payload.result(value: UInt64(truncatingIfNeeded: sum))
  }

  /// The checksum that the formula gives.
  package var expectedChecksum: UInt64? {
    (0..<taskCount).reduce(into: UInt64(0)) { checksum, task in
      let value = UInt64(truncatingIfNeeded: SumOfSquares.formula(below: UInt64(start + task)))
      checksum &+= UInt64(task + 1) &* value
    }
  }
}
