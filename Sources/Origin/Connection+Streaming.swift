internal import NIOCore

extension Connection {
  /// Sends the next chunk when it's due, or what comes after the last.
  ///
  /// Chunks don't follow one another in one turn of the event loop, as other connections want their turn.
  func streamNext(_ context: ChannelHandlerContext) {
    guard case .streaming(let stream, _) = phase else { return }
    if stream.isDone {
      site.tally.complete(0)
      if stream.closes {
        linger(context)
      } else {
        phase = .ready
        takeRequests(context)
        flush(context)
      }
    } else if let due = stream.due {
      flush(context)
      let timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) { [self] in sendChunk(context) }
      phase = .streaming(stream, timer: timer)
    } else {
      sendChunk(context)
    }
  }

  private func sendChunk(_ context: ChannelHandlerContext) {
    guard case .streaming(var stream, _) = phase else { return }
    let count = stream.nextCount
    phase = .finishing  // so that this copy of the stream is the only one, and its memory is used again
    let chunk = stream.nextChunk()
    phase = .streaming(stream, timer: nil)
    let promise = context.eventLoop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenSuccess { [self] in
      guard case .streaming(var stream, _) = phase else { return }
      stream.confirm(count)
      phase = .streaming(stream, timer: nil)
      site.tally.send(count)
      context.eventLoop.assumeIsolated().execute { [self] in streamNext(context) }
    }
    hasUnflushed = false
    context.writeAndFlush(wrapOutboundOut(chunk), promise: promise)
  }
}
