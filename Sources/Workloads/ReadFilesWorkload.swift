internal import Board
internal import CZlib
package import Model
internal import OS
package import PluginKit

/// Reads files to their end.
package struct ReadFilesWorkload: Workload {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .workload, "read_files", summary: "Reads files to their end. An event loop is blocked by it.",
    parameters: [
      ParameterSchema(
        "paths", .list(.file), required: true, minimum: 1,
        help:
          "Files, relative to the experiment file; a folder means every file directly in it. Linux can't tell when a "
          + "file is ready, so no task of an event loop gives control back while it reads."),
      ParameterSchema(
        ParameterName.repetitions, .integer, default: .integer(1), minimum: 1, maximum: 1_000_000,
        help: "How often the files are gone through; each reading is a task."),
      ParameterSchema(
        "buffer_size", .size, default: .integer(65_536), minimum: 1, maximum: Double(1 << 30),
        help: "How much is asked for at once."),
      ParameterSchema(
        "drop_cache", .boolean, default: .boolean(false),
        help:
          "Whether the system is asked to forget a file before it is read, so that it comes from the disk; what isn't "
          + "written yet, or is mapped, it keeps."),
    ])

  private let files: [String]
  /// The number of tasks.
  package let taskCount: Int
  private let bufferSize: Int
  private let dropsCache: Bool

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    files = try values.strings("paths").enumerated().flatMap { index, path in
      try Self.files(at: path, item: index)
    }
    let (count, overflow) = files.count.multipliedReportingOverflow(by: try values.integer(ParameterName.repetitions))
    guard !overflow, count <= Board.maximumTaskCount else {
      throw ParameterError(name: ParameterName.repetitions, problem: "more than \(Board.maximumTaskCount) tasks")
    }
    taskCount = count
    bufferSize = try values.integer("buffer_size")
    dropsCache = try values.boolean("drop_cache")
  }

  private static func files(at path: String, item: Int) throws -> [String] {
    func problem(_ text: String) -> ParameterError { ParameterError(name: "paths", problem: text, item: item) }
    switch Files.kind(of: path) {
    case .file: return [path]
    case .other: throw problem("\(path) is neither a file nor a folder")
    case nil: throw problem("there is no file or folder \(path)")
    case .folder:
      let folder = path.hasSuffix("/") ? path : path + "/"
      let names: [String]
      do throws(SystemError) {
        names = try Files.list(path)
      } catch {
        throw problem("\(path): \(error.errno)")
      }
      let found = names.map { folder + $0 }.filter { Files.kind(of: $0) == .file }
      if found.isEmpty { throw problem("there is no file in the folder \(path)") }
      return found
    }
  }

  /// A worker's own buffer.
  package func openSession(for worker: Worker) -> [UInt8] { [UInt8](repeating: 0, count: bufferSize) }

  /// Reads a file to its end.
  package func perform(_ task: Int, in session: inout [UInt8], by worker: Worker) throws -> TaskResult {
    let path = files[task % files.count]
    var bytes = 0
    var checksum: UInt = 0
    do throws(SystemError) {
      let descriptor = try Descriptor.reading(path)
      if dropsCache { try descriptor.file.forgetCache() }
      while true {
        let count = try worker.blocking { () throws(SystemError) in try descriptor.file.read(into: &session) }
        if count == 0 { break }
        bytes += count
        checksum = session.withUnsafeBufferPointer { crc32_z(checksum, $0.baseAddress, count) }
      }
    } catch {
      throw WorkFailure(.error, "\(path): \(error)", bytes: bytes)
    }
    return TaskResult(bytes: bytes, value: UInt64(checksum))
  }
}
