internal import Board
internal import Conversation
internal import Model
internal import Time

/// Checks what a plugin says of its tasks, and puts it on the board: each task once, and in possible times.
struct ReportedTasks {
  let board: Board
  let maxWorkers: Int?
  private var count = 0
  /// What a table can have as a number.
  private static let largest = 1 << 53

  init(board: Board, maxWorkers: Int?) {
    self.board = board
    self.maxWorkers = maxWorkers
  }

  /// - Parameter elapsed: the time since it was told to run.
  mutating func record(_ reports: [TaskReport], elapsed: Nanoseconds) throws(PluginError) {
    for report in reports {
      try record(report, elapsed: elapsed)
    }
  }

  private mutating func record(_ report: TaskReport, elapsed: Nanoseconds) throws(PluginError) {
    let task = report.index
    guard (0..<board.taskCount).contains(task) else {
      throw .tasks("it reports task \(task), and there are \(board.taskCount) tasks, from 0 on")
    }
    guard board[task].state == .waiting else { throw .tasks("it reports task \(task) twice") }
    let workers = maxWorkers ?? Int(UInt32.max)
    guard report.worker >= 0, report.worker < workers else {
      throw .tasks("task \(task) was done by worker \(report.worker); workers are numbered from 0 to \(workers - 1)")
    }
    guard report.start >= .zero, report.end >= report.start else {
      throw .tasks("task \(task) began at \(report.start) and ended at \(report.end)")
    }
    guard report.end <= elapsed else {
      throw .tasks("task \(task) ended at \(report.end), and only \(elapsed) have passed")
    }
    if board.hasSchedule, report.start < board[task].due {
      throw .tasks("task \(task) began at \(report.start), and was due at \(board[task].due)")
    }
    guard (0...Self.largest).contains(report.bytes) else { throw .tasks("task \(task) has \(report.bytes) bytes") }
    board.begin(task, worker: report.worker, at: report.start)
    board.recordCPU(task, nil)
    let message = "task \(task): \(report.message?.singleLine ?? "it failed, and didn't say why")"
    switch report.status {
    case .ok: board.succeed(task, at: report.end, bytes: report.bytes, value: 0)
    case .failed: board.fail(task, at: report.end, bytes: report.bytes, message: message)
    case .timeout: board.fail(task, at: report.end, as: .timeout, bytes: report.bytes, message: message)
    }
    count += 1
  }

  /// To be called at the end, when the whole is known.
  ///
  /// - Returns: the same, its checksum as everybody writes it.
  func checked(_ done: Done, elapsed: Nanoseconds) throws(PluginError) -> Done {
    guard done.wall > .zero else { throw .tasks("it says that the run took \(done.wall)") }
    guard done.wall <= elapsed else {
      throw .tasks("it says that the run took \(done.wall), and it was done after \(elapsed)")
    }
    guard count == board.taskCount else {
      let missing = board.all.firstIndex { $0.state == .waiting } ?? 0
      throw .tasks("it reports \(count) of \(board.taskCount) tasks: task \(missing) is missing")
    }
    if let late = board.all.firstIndex(where: { $0.end > done.wall }) {
      throw .tasks("task \(late) ended at \(board[late].end), and the run at \(done.wall)")
    }
    try checkOrder()
    for (name, time) in [("setup_ns", done.setup), ("teardown_ns", done.teardown)] {
      if let time, time < .zero || time > done.wall {
        throw .tasks("\(name) is \(time.count), of \(done.wall) in all")
      }
    }
    if done.metrics?.values.contains(where: { !$0.isFinite }) == true {
      throw .tasks("a metric isn't a finite number")
    }
    if let usage = done.usage { try check(usage) }
    if let stall = done.loopStallMax, stall < .zero || stall > elapsed {
      throw .tasks("loop_stall_max_ns is \(stall.count)")
    }
    var done = done
    done.checksum = try checksum(done.checksum)
    return done
  }

  /// A worker does one task after the other.
  private func checkOrder() throws(PluginError) {
    let order = board.all.indices.sorted { a, b in
      (board[a].worker, board[a].start, board[a].end) < (board[b].worker, board[b].start, board[b].end)
    }
    for (a, b) in zip(order, order.dropFirst())
    where board[a].worker == board[b].worker && board[b].start < board[a].end {
      throw .tasks(
        "worker \(board[a].worker) began task \(b) at \(board[b].start), before it ended task \(a) at \(board[a].end)"
      )
    }
  }

  private func check(_ usage: Done.Usage) throws(PluginError) {
    let figures = [
      ("cpu_user_ns", usage.cpuUser?.count), ("cpu_system_ns", usage.cpuSystem?.count),
      ("voluntary_switches", usage.voluntarySwitches), ("involuntary_switches", usage.involuntarySwitches),
      ("max_rss_bytes", usage.maxRSSBytes),
    ]
    for (name, value) in figures {
      guard let value, !(0...Self.largest).contains(value) else { continue }
      throw .tasks("\(name) is \(value)")
    }
  }

  private func checksum(_ text: String?) throws(PluginError) -> String {
    guard let text else { throw .tasks("it gives no checksum") }
    guard text.utf8.count == 16, text.allSatisfy(\.isHexDigit), let value = UInt64(text, radix: 16) else {
      throw .tasks("the checksum '\(text.singleLine)' isn't 16 hexadecimal digits")
    }
    return checksumText(value)
  }
}
