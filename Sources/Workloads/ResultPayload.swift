internal import Model
internal import PluginKit

/// What a task's result carries beside its value, to see what moving data costs.
struct ResultPayload: Sendable {
  static let parameter = ParameterSchema(
    "result_bytes", .size, default: .integer(0), minimum: 0, maximum: Double(1 << 30),
    help: "Bytes that each result carries: made by the task, and handed over in memory; with processes and transport: "
      + "pipe, sent through the pipe and copied out of it.")

  private let size: Int

  init(_ values: ParameterValues) throws {
    size = try values.integer(Self.parameter.name)
  }

  func result(value: UInt64) -> TaskResult {
    guard size > 0 else { return TaskResult(value: value) }
    return TaskResult(
      bytes: size, value: value, payload: [UInt8](repeating: UInt8(truncatingIfNeeded: value), count: size))
  }
}
