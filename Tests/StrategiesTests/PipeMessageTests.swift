import Board
import Model
import Testing
import Time
import TimeLiterals

@testable import Strategies

/// What goes through a pipe comes out of it, in whatever pieces.
struct PipeMessageTests {
  private func outcome(_ task: Int) -> (record: TaskRecord, note: String, payload: [UInt8]) {
    var record = TaskRecord()
    record.begin(worker: task % 3, at: Nanoseconds(10 * task))
    record.succeed(at: Nanoseconds(10 * task + 5), bytes: task, value: UInt64(task) << 40)
    let payload = (0..<(task % 4 * 1000)).map { UInt8(truncatingIfNeeded: $0 * task) }
    return (record, task % 5 == 0 ? "task \(task): né" : "", payload)
  }

  @Test(arguments: [1, 7, 111, 112, 4096, 1_000_000]) func resultsInPieces(size: Int) {
    let bytes = (0..<30).flatMap { PipeMessage.result(of: $0, outcome($0)) }
    var reader = ResultReader()
    var results: [ResultReader.Result] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      reader.append(Array(bytes[start..<min(bytes.count, start + size)]))
      while let result = reader.next() { results.append(result) }
    }
    #expect(results.map(\.task) == Array(0..<30))
    for result in results {
      let sent = outcome(result.task)
      #expect(result.note == sent.note)
      #expect(result.payload == sent.payload)
      #expect(result.record.end == sent.record.end && result.record.value == sent.record.value)
      #expect(result.record.outcome == .ok && result.record.worker == sent.record.worker)
    }
  }

  @Test(arguments: [0..<1, 5..<12, 9_999_999..<10_000_000]) func assignments(tasks: Range<Int>) {
    let message = PipeMessage.assignment(tasks)
    #expect(message.count == PipeMessage.assignmentSize)
    #expect(PipeMessage.tasks(of: message) == tasks)
  }
}
