internal import NIOCore

/// A body on its way, chunk by chunk, each made when the last one is gone.
struct BodyStream {
  let answer: Answer
  let closes: Bool
  private(set) var sent = 0
  private let start = NIODeadline.now()
  /// The same memory for every chunk: only one is ever on its way.
  private var chunk = ByteBuffer()

  init(_ answer: Answer, closes: Bool) {
    self.answer = answer
    self.closes = closes
  }

  var isDone: Bool { sent == answer.bodySize }

  /// Bytes.
  var nextCount: Int { min(answer.pace?.chunkSize ?? OriginBody.chunkSize, answer.bodySize - sent) }

  /// When the next chunk may go; `nil` is now.
  var due: NIODeadline? {
    answer.pace.map { start + .nanoseconds($0.due(sent + nextCount)) }
  }

  mutating func nextChunk() -> ByteBuffer {
    chunk.clear()
    chunk.writeBody(key: answer.key, from: sent, count: nextCount)
    return chunk
  }

  mutating func confirm(_ count: Int) {
    sent += count
  }
}
