package import Model
package import Time

/// The progress of a task.
package enum TaskState: Hashable, Sendable {
  case waiting
  case running
  case ended(TaskOutcome)
}

/// All that is known of one task: 64 bytes of the board, written by the one worker that claimed it.
///
/// Moments are times since t₀.
package struct TaskRecord: Sendable, BitwiseCopyable {
  private var code = Code.waiting
  private var failureCode: UInt8 = 0
  private var padding: UInt16 = 0
  /// The number of the worker that claimed it.
  package var worker: UInt32 = 0
  /// When it should have started, where there is a schedule.
  package var due = Nanoseconds.zero
  /// When it began.
  package var start = Nanoseconds.zero
  /// When it ended, if it has.
  package var end = Nanoseconds.zero
  /// The bytes that it transferred.
  package var bytes: Int = 0
  /// The result as a number: part of the trial's checksum.
  package var value: UInt64 = 0
  private var cpuIfKnown = Nanoseconds.zero
  private var reserved: Int = 0

  /// A state as one byte. Any byte may come out of a file; those without a meaning are tasks that wait.
  private struct Code: BitwiseCopyable, Sendable {
    var rawValue: UInt8

    static let waiting = Code(rawValue: 0)
    static let running = Code(rawValue: 1)
    static let ok = Code(rawValue: 2)
    static let failed = Code(rawValue: 3)
    static let timeout = Code(rawValue: 4)
  }

  /// A task that nobody has begun.
  package init() {}

  /// The progress of the task.
  package var state: TaskState {
    switch code.rawValue {
    case Code.running.rawValue: .running
    case Code.ok.rawValue: .ended(.ok)
    case Code.failed.rawValue: .ended(.failed)
    case Code.timeout.rawValue: .ended(.timeout)
    default: .waiting
    }
  }

  /// How the task ended; `nil` if it hasn't.
  package var outcome: TaskOutcome? {
    if case .ended(let outcome) = state { outcome } else { nil }
  }

  /// From its beginning to its end, if it has ended.
  package var serviceTime: Nanoseconds { end - start }

  /// The class of its failure; `nil` if it didn't fail.
  package var failure: TaskFailure? { TaskFailure(code: failureCode) }

  /// CPU time of its worker's thread; `nil` where it wasn't measured, or where the thread does several tasks at once.
  package var cpu: Nanoseconds? {
    get { cpuIfKnown < .zero ? nil : cpuIfKnown }
    set { cpuIfKnown = newValue ?? Nanoseconds(-1) }
  }

  /// Notes that a worker begins the task.
  package mutating func begin(worker: Int, at time: Nanoseconds) {
    self.worker = UInt32(truncatingIfNeeded: worker)
    start = time
    code = .running
  }

  /// Notes that the task ended well.
  package mutating func succeed(at time: Nanoseconds, bytes: Int, value: UInt64) {
    end = time
    self.bytes = bytes
    self.value = value
    code = .ok
  }

  /// Notes that the task failed; `bytes` came nevertheless.
  package mutating func fail(at time: Nanoseconds, as failure: TaskFailure, bytes: Int) {
    end = time
    self.bytes = bytes
    failureCode = failure.code
    code = failure.isTimeout ? .timeout : .failed
  }
}
