internal import Board
package import Model

extension ParameterSchema {
  /// Returns the parameter `max_workers`, which most strategies have.
  package static func maxWorkers(default count: Int, help: String) -> ParameterSchema {
    ParameterSchema(
      ParameterName.maxWorkers, .integer, default: .integer(count), minimum: 1, maximum: 10_000, help: help)
  }

  /// The parameter `chunk_size`.
  package static let chunkSize = ParameterSchema(
    ParameterName.chunkSize, .integer, default: .integer(1), minimum: 1, maximum: Double(Board.maximumTaskCount),
    help: "Neighbouring tasks that a worker takes at once.")
}
