internal import Board
internal import CConcrunWorkload
internal import OS
internal import PluginKit

/// What a library of `native` did that it may not do, or said that it can't.
struct NativeFailure: Error, Hashable, CustomStringConvertible {
  var description: String

  init(_ description: String) {
    self.description = description
  }
}

/// The work that a shared library makes of its parameters; concrun_workload.h is the contract.
final class NativeLibrary: @unchecked Sendable {
  // Unchecked: nothing here changes, and the contract says what a library has to protect by itself.
  private let functions: concrun_workload_v1
  private let runTask: RunTask
  private let work: UnsafeMutableRawPointer
  let name: String
  let taskCount: Int

  private typealias Entry = @convention(c) () -> UnsafePointer<concrun_workload_v1>?
  private typealias RunTask =
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt64, UnsafeMutablePointer<concrun_result>?,
      UnsafeMutablePointer<CChar>?, Int
    ) -> concrun_status

  private static let entryPoint = "concrun_workload"
  private static let messageSize = 512
  /// More can't be added up, nor be told apart as numbers of a table.
  private static let mostBytes: UInt64 = 1 << 53

  /// Loads a library and lets it make its work.
  ///
  /// - Parameter parameters: a JSON object.
  init(_ path: String, parameters: String) throws(NativeFailure) {
    let library: DynamicLibrary
    do throws(DynamicLibrary.Failure) {
      library = try DynamicLibrary(path)
    } catch {
      throw NativeFailure("library \(path) can't be loaded: \(error)")
    }
    guard let symbol = library.symbol(Self.entryPoint) else {
      throw NativeFailure(
        "library \(path) has no symbol '\(Self.entryPoint)': export the function that concrun_workload.h declares")
    }
    guard let offer = unsafeBitCast(symbol, to: Entry.self)() else {
      throw NativeFailure("library \(path): \(Self.entryPoint)() returned NULL instead of what the library offers")
    }
    try Self.checkVersion(UnsafeRawPointer(offer), path)
    functions = offer.pointee
    name = functions.name.map { String(cString: $0) } ?? path
    guard let create = functions.create, let count = functions.count_tasks, let runTask = functions.run_task else {
      let missing =
        functions.create == nil ? "create" : functions.count_tasks == nil ? "count_tasks" : "run_task"
      throw NativeFailure("library \(path): its '\(missing)' is NULL, and only optional functions may be")
    }
    self.runTask = runTask
    work = try Self.pointer("\(name): create") { create(parameters, $0, Self.messageSize) }
    let tasks = count(work)
    guard tasks > 0, tasks <= Board.maximumTaskCount else {
      functions.destroy?(work)
      throw NativeFailure("\(name): it has \(tasks) tasks, and there must be 1 to \(Board.maximumTaskCount)")
    }
    taskCount = Int(tasks)
  }

  deinit {
    functions.destroy?(work)
  }

  /// Looks at nothing but the first two members before it is sure that there are more.
  private static func checkVersion(_ offer: UnsafeRawPointer, _ path: String) throws(NativeFailure) {
    let version = offer.load(as: UInt32.self)
    let size = offer.load(fromByteOffset: 4, as: UInt32.self)
    let expected = MemoryLayout<concrun_workload_v1>.size
    guard version == CONCRUN_WORKLOAD_ABI_VERSION else {
      throw NativeFailure(
        "library \(path) is made for version \(version) of concrun_workload.h, and this concrun knows version "
          + "\(CONCRUN_WORKLOAD_ABI_VERSION): compile it with this concrun's header")
    }
    guard size >= expected else {
      throw NativeFailure(
        "library \(path) says that its struct has \(size) bytes, and version \(version) has \(expected): set struct_size to "
          + "sizeof(concrun_workload_v1)")
    }
  }

  /// Calls a function that returns NULL and leaves a message where it fails.
  private static func pointer(
    _ what: String, _ call: (UnsafeMutablePointer<CChar>) -> UnsafeMutableRawPointer?
  ) throws(NativeFailure) -> UnsafeMutableRawPointer {
    var message = [CChar](repeating: 0, count: messageSize)
    let result = message.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap(call) }
    guard let result else { throw NativeFailure("\(what): \(text(message) ?? "it failed and left no message")") }
    return result
  }

  private static func text(_ message: some Collection<CChar>) -> String? {
    let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  // MARK: - Sessions

  /// What one worker has of a library for itself; closed when it is let go.
  final class Session {
    private let library: NativeLibrary
    private let pointer: UnsafeMutableRawPointer?

    init(_ library: NativeLibrary, worker: Int) throws(NativeFailure) {
      self.library = library
      guard let open = library.functions.open_session else {
        pointer = nil
        return
      }
      pointer = try NativeLibrary.pointer("\(library.name): open_session") {
        open(library.work, UInt32(worker), $0, NativeLibrary.messageSize)
      }
    }

    deinit {
      if let pointer { library.functions.close_session?(library.work, pointer) }
    }

    /// - Throws: `NativeFailure` where the task failed, `WorkFailure` where that was a timeout.
    func run(_ task: Int) throws -> TaskResult {
      try withUnsafeTemporaryAllocation(of: CChar.self, capacity: NativeLibrary.messageSize) { message in
        message[0] = 0
        var result = concrun_result()
        let status = library.runTask(
          library.work, pointer, UInt64(task), &result, message.baseAddress, NativeLibrary.messageSize)
        if status == CONCRUN_OK {
          return TaskResult(bytes: Int(min(result.bytes, NativeLibrary.mostBytes)), value: result.value)
        }
        message[NativeLibrary.messageSize - 1] = 0
        let text = NativeLibrary.text(message) ?? "it failed and left no message"
        switch status {
        case CONCRUN_TIMEOUT: throw WorkFailure(.timeout, text)
        case CONCRUN_FAILED: throw NativeFailure(text)
        default: throw NativeFailure("run_task returned \(status.rawValue), which is no concrun_status: \(text)")
        }
      }
    }
  }
}
