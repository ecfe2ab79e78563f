internal import NIOCore

/// A body on its way, chunk by chunk, each made when the last one is gone.
struct BodyStream {
  let body: Body
  let pace: Pace?
  let closes: Bool
  private(set) var sent = 0
  private let start = NIODeadline.now()
  /// The same memory for every chunk: only one is ever on its way.
  private var chunk = ByteBuffer()

  init(_ body: Body, pace: Pace?, closes: Bool) {
    self.body = body
    self.pace = pace
    self.closes = closes
  }

  var isDone: Bool { sent == body.size }

  /// Bytes.
  var nextCount: Int { min(pace?.chunkSize ?? OriginBody.chunkSize, body.size - sent) }

  /// The time at which the next chunk may go; `nil` is now.
  var due: NIODeadline? {
    pace.map { start + TimeAmount($0.due(sent + nextCount)) }
  }

  mutating func nextChunk() -> ByteBuffer {
    chunk.clear()
    body.write(from: sent, count: nextCount, to: &chunk)
    return chunk
  }

  mutating func confirm(_ count: Int) {
    sent += count
  }
}
