internal import Board
package import Model

extension HostedTrial {
  /// The tasks that were begun, in their order. Those that came to no end were cancelled with the trial.
  package var tasks: [TaskRow] {
    guard let board else { return [] }
    return board.all.enumerated().compactMap { task, record in
      if record.state == .waiting { return nil }
      let status = record.outcome ?? .failed
      let failure = record.outcome == nil ? TaskFailure.cancelled : record.failure
      return TaskRow(
        task: task, worker: Int(record.worker), due: board.hasSchedule ? record.due : nil, start: record.start,
        end: record.outcome.map { _ in record.end }, status: status,
        failure: status == .ok ? nil : failure?.rawValue, bytes: record.bytes,
        cpu: board.measuresCPU && record.outcome != nil ? record.cpu : nil)
    }
  }
}
