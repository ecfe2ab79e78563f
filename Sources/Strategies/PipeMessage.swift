internal import Board

/// What the two ends of a pipe say to one another with `transport: pipe`: numbers as the machine has them, for both ends
/// are the same program.
enum PipeMessage {
  /// To a worker: these tasks are yours.
  static func assignment(_ tasks: Range<Int>) -> [UInt8] {
    bytes(of: (Int64(tasks.lowerBound), Int64(tasks.upperBound)))
  }

  static let assignmentSize = MemoryLayout<(Int64, Int64)>.size

  static func tasks(of assignment: [UInt8]) -> Range<Int> {
    let ends = assignment.withUnsafeBytes { $0.loadUnaligned(as: (Int64, Int64).self) }
    return Int(ends.0)..<Int(ends.1)
  }

  /// To the pool: what a task came to. The note and the payload follow.
  struct ResultHeader: BitwiseCopyable {
    var task: Int
    var record: TaskRecord
    var noteLength: Int
    var payloadLength: Int

    static let size = MemoryLayout<ResultHeader>.size
  }

  static func result(
    of task: Int, _ outcome: (record: TaskRecord, note: String, payload: [UInt8])
  ) -> [UInt8] {
    let header = ResultHeader(
      task: task, record: outcome.record, noteLength: outcome.note.utf8.count, payloadLength: outcome.payload.count)
    var message: [UInt8] = []
    message.reserveCapacity(ResultHeader.size + header.noteLength + header.payloadLength)
    message += bytes(of: header)
    message += outcome.note.utf8
    message += outcome.payload
    return message
  }

  private static func bytes<T: BitwiseCopyable>(of value: T) -> [UInt8] {
    withUnsafeBytes(of: value) { Array($0) }
  }
}

/// Bytes as they come → whole results.
struct ResultReader {
  struct Result {
    var task: Int
    var record: TaskRecord
    var note: String
    var payload: [UInt8]
  }

  private var bytes: [UInt8] = []
  private var place = 0

  mutating func append(_ more: [UInt8]) {
    if place == bytes.count {
      bytes = more
    } else {
      bytes.removeFirst(place)
      bytes += more
    }
    place = 0
  }

  /// `nil` until all of the next one is there.
  mutating func next() -> Result? {
    typealias Header = PipeMessage.ResultHeader
    guard bytes.count - place >= Header.size else { return nil }
    let header = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: Header.self) }
    let note = place + Header.size
    let payload = note + header.noteLength
    let end = payload + header.payloadLength
    guard bytes.count >= end else { return nil }
    place = end
    return Result(
      task: header.task, record: header.record, note: String(decoding: bytes[note..<payload], as: UTF8.self),
      payload: Array(bytes[payload..<end]))
  }
}
