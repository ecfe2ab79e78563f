/// How far a task is.
package enum TaskStatus: UInt8, Sendable {
  case waiting = 0
  case running
  case ok
  case failed
  case timeout

  package var isEnded: Bool { self != .waiting && self != .running }
}

/// All that is known of one task: 64 bytes of the board, written by the one worker that claimed it.
///
/// Times are nanoseconds since t₀.
package struct TaskRecord: Sendable, BitwiseCopyable {
  var statusCode: UInt8 = 0
  var failureCode: UInt8 = 0
  private var padding: UInt16 = 0
  package var worker: UInt32 = 0
  /// When it should have started, where there is a schedule.
  package var due: Int = 0
  package var start: Int = 0
  package var end: Int = 0
  package var bytes: Int = 0
  /// What the task came to: part of the trial's checksum.
  package var value: UInt64 = 0
  /// CPU time of its worker's thread, where it was asked for and one task at a time runs on it; else negative.
  package var cpu: Int = 0
  private var reserved: Int = 0

  package init() {}

  package var status: TaskStatus {
    get { TaskStatus(rawValue: statusCode) ?? .waiting }
    set { statusCode = newValue.rawValue }
  }

  package var failure: TaskFailure? { TaskFailure(code: failureCode) }

  package mutating func begin(worker: Int, at time: Int) {
    self.worker = UInt32(truncatingIfNeeded: worker)
    start = time
    status = .running
  }

  package mutating func succeed(at time: Int, bytes: Int, value: UInt64) {
    end = time
    self.bytes = bytes
    self.value = value
    status = .ok
  }

  package mutating func fail(at time: Int, as failure: TaskFailure, bytes: Int) {
    end = time
    self.bytes = bytes
    failureCode = failure.code
    status = failure.isTimeout ? .timeout : .failed
  }
}
