internal import Board
internal import Conversation

/// Checks what a plugin says of its tasks, and puts it on the board: each task once, and in possible times.
struct ReportedTasks {
  let board: Board
  let maxWorkers: Int?
  private var count = 0

  init(board: Board, maxWorkers: Int?) {
    self.board = board
    self.maxWorkers = maxWorkers
  }

  mutating func record(_ reports: [TaskReport]) throws(PluginError) {
    for report in reports {
      try record(report)
    }
  }

  private mutating func record(_ report: TaskReport) throws(PluginError) {
    let task = report.index
    guard (0..<board.taskCount).contains(task) else {
      throw .tasks("it reports task \(task), and there are \(board.taskCount) tasks, from 0 on")
    }
    guard board[task].status == .waiting else { throw .tasks("it reports task \(task) twice") }
    let workers = maxWorkers ?? Int(UInt32.max)
    guard (0..<workers).contains(report.worker) else {
      throw .tasks("task \(task) was done by worker \(report.worker); workers are numbered from 0 to \(workers - 1)")
    }
    guard report.start >= 0, report.end >= report.start else {
      throw .tasks("task \(task) began at \(report.start) ns and ended at \(report.end) ns")
    }
    guard report.bytes >= 0 else { throw .tasks("task \(task) has \(report.bytes) bytes") }
    board.begin(task, worker: report.worker, at: report.start)
    board.recordCPU(task, nanoseconds: -1)
    let message = "task \(task): \(report.message ?? "it failed, and didn't say why")"
    switch report.status {
    case .ok: board.succeed(task, at: report.end, bytes: report.bytes, value: 0)
    case .failed: board.fail(task, at: report.end, bytes: report.bytes, message: message)
    case .timeout: board.fail(task, at: report.end, as: .timeout, bytes: report.bytes, message: message)
    }
    count += 1
  }

  /// To be called at the end, when the whole is known.
  func check(_ done: Done) throws(PluginError) {
    guard done.wallNs > 0 else { throw .tasks("it says that the run took \(done.wallNs) ns") }
    guard count == board.taskCount else {
      let missing = board.all.firstIndex { $0.status == .waiting } ?? 0
      throw .tasks("it reports \(count) of \(board.taskCount) tasks: task \(missing) is missing")
    }
    if let late = board.all.firstIndex(where: { $0.end > done.wallNs }) {
      throw .tasks("task \(late) ended at \(board[late].end) ns, and the run at \(done.wallNs) ns")
    }
    guard let checksum = done.checksum else { throw .tasks("it gives no checksum") }
    guard checksum.utf8.count == 16, UInt64(checksum, radix: 16) != nil else {
      throw .tasks("the checksum '\(checksum)' isn't 16 hexadecimal digits")
    }
    if done.metrics?.values.contains(where: { !$0.isFinite }) == true {
      throw .tasks("a metric isn't a finite number")
    }
    for (name, time) in [("setup_ns", done.setupNs), ("teardown_ns", done.teardownNs)] {
      if let time, time < 0 || time > done.wallNs { throw .tasks("\(name) is \(time), of \(done.wallNs) ns in all") }
    }
  }
}
