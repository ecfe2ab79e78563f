package import Model
internal import OS
package import PluginKit
internal import Synchronization

/// A function of a shared library, in whatever language: see concrun_workload.h.
package struct NativeWorkload: Workload {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .workload, "native", summary: "Tasks of a shared library in C or the like, made with concrun_workload.h.",
    parameters: [
      ParameterSchema(
        "library", .file, required: true, help: "The shared library; its path is relative to the experiment file."),
      ParameterSchema(
        "parameters", .any, default: .map([:]),
        help: "Names and values for the library, which is given them as JSON: numbers, texts, lists, mappings."),
    ])

  private let path: String
  private let parameters: String
  private let loaded = Loaded()

  /// The library, once it is there; sessions have it without asking here.
  private final class Loaded: Sendable {
    let library = Mutex<NativeLibrary?>(nil)
  }

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    path = try values.string("library")
    switch Files.kind(of: path) {
    case .file: break
    case nil: throw ParameterError(name: "library", problem: "there is no file \(path)")
    default: throw ParameterError(name: "library", problem: "\(path) isn't a file")
    }
    guard let map = values.optionalMap("parameters") else {
      throw ParameterError(name: "parameters", problem: "it must be a mapping of names and values")
    }
    parameters = Value.map(map).json
  }

  /// Whatever the library does, it does in a process that may die of it.
  package func prepare() throws {
    let library = try NativeLibrary(path, parameters: parameters)
    loaded.library.withLock { $0 = library }
  }

  /// Refuses: no other program can load the library.
  package func portable(_ parameters: [String: Value]) throws -> [String: Value] {
    throw NativeFailure("only concrun's own strategies can run a library's tasks")
  }

  /// The number of tasks that the library gave.
  package var taskCount: Int { loaded.library.withLock { $0?.taskCount } ?? 0 }

  /// The part of the library that one worker has for itself.
  package final class Session {
    fileprivate let native: NativeLibrary.Session

    fileprivate init(_ native: NativeLibrary.Session) {
      self.native = native
    }
  }

  /// Opens a session of the library.
  package func openSession(for worker: Worker) throws -> Session {
    guard let library = loaded.library.withLock({ $0 }) else { throw NativeFailure("\(path) isn't loaded") }
    return Session(try NativeLibrary.Session(library, worker: worker.index))
  }

  /// Calls the library's function.
  package func perform(_ task: Int, in session: inout Session, by worker: Worker) throws -> TaskResult {
    try session.native.run(task)
  }
}
