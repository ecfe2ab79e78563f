internal import Board
package import Model

extension HostedTrial {
  /// The tasks that were begun, in their order. Those that came to no end were cancelled with the trial.
  package var tasks: [TaskRow] {
    guard let board else { return [] }
    return board.all.enumerated().compactMap { task, record in
      let status: TaskRow.Status
      switch record.status {
      case .waiting: return nil
      case .ok: status = .ok
      case .timeout: status = .timeout
      case .running, .failed: status = .failed
      }
      let failure = record.status == .running ? TaskFailure.cancelled : record.failure
      return TaskRow(
        task: task, worker: Int(record.worker), due: board.hasSchedule ? record.due : nil, start: record.start,
        end: record.status.isEnded ? record.end : nil, status: status,
        failure: status == .ok ? nil : failure?.rawValue, bytes: record.bytes,
        cpu: board.measuresCPU && record.status.isEnded && record.cpu >= 0 ? record.cpu : nil)
    }
  }
}
