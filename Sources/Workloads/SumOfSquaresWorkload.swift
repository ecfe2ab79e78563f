internal import CLinux
package import Model
package import PluginKit

/// The tutorial's CPU-bound work: for each of `count` neighbouring numbers n, the sum of i² for i in 0..<n.
package struct SumOfSquaresWorkload: Workload {
  package static let description = PluginDescription(
    .workload, "sum_of_squares", summary: "CPU-bound: for each number n, the sum of i² for i in 0..<n.",
    parameters: [
      ParameterSchema(
        "start", .integer, default: .integer(5_000_000), minimum: 0, maximum: 1e12, help: "The first number."),
      ParameterSchema(
        "count", .integer, default: .integer(20), minimum: 1, maximum: 10_000_000,
        help: "How many numbers, each one more than the one before; a task each."),
    ])

  private let start: Int
  package let taskCount: Int

  package init(_ values: ParameterValues) throws {
    start = try values.integer("start")
    taskCount = try values.integer("count")
  }

  package func perform(_ task: Int, in session: inout Void, by worker: Worker) -> TaskResult {
    let sum = Self.sum(below: UInt64(start + task))
    return TaskResult(value: UInt64(truncatingIfNeeded: sum))
  }

  /// Adds up one by one. The sum doesn't fit 64 bits from n = 3,810,779 on.
  static func sum(below n: UInt64) -> UInt128 {
    var sum: UInt128 = 0
    var i: UInt64 = 0
    while i < n {
      // Opaque, or the optimiser replaces the loop by the formula below.
      let square = clinux_opaque(i).multipliedFullWidth(by: i)
      sum &+= UInt128(square.high) << 64 | UInt128(square.low)
      i += 1
    }
    return sum
  }

  /// (n − 1) n (2n − 1) / 6
  static func formula(below n: UInt64) -> UInt128 {
    n == 0 ? 0 : (UInt128(n) - 1) * UInt128(n) * (2 * UInt128(n) - 1) / 6
  }

  package var expectedChecksum: UInt64? {
    (0..<taskCount).reduce(into: UInt64(0)) { checksum, task in
      let value = UInt64(truncatingIfNeeded: Self.formula(below: UInt64(start + task)))
      checksum &+= UInt64(task + 1) &* value
    }
  }
}
