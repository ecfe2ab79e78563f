internal import NIOCore
internal import NIOHTTP1

/// One connection: takes its requests one after the other. How one is answered is in the extensions.
final class Connection: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  enum Phase {
    /// The next request may be taken.
    case ready
    /// A request waits for its latency.
    case delayed(Scheduled<Void>)
    /// A body is on its way in chunks; perhaps it waits for its pace.
    case streaming(BodyStream, timer: Scheduled<Void>?)
    /// The answer needs no more than what is under way, and nothing may overtake it.
    case finishing
    /// The last answer is out; what still comes is dropped, until the client closes or the timer does.
    case lingering(Scheduled<Void>)
    case closed
  }

  let site: Site
  let decoder: RequestDecoder
  var phase = Phase.ready
  var hasUnflushed = false
  private var mark = ConnectionMark()
  private var incoming: Request?
  private var queue = CircularBuffer<Request>(initialCapacity: 0)
  /// Flushing may tell of new room, and so come back to `takeRequests`: a recursion as deep as the client likes.
  private var isTaking = false
  private var hasPendingRead = false

  init(_ site: Site, _ decoder: RequestDecoder) {
    self.site = site
    self.decoder = decoder
  }

  func channelActive(context: ChannelHandlerContext) {
    mark.connect(site.tally)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    giveUp()
    mark.disconnect(site.tally)
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      incoming = Request(head)
      if head.expectsContinue, case .ready = phase, queue.isEmpty { writeContinue(context) }
    case .body(let part): incoming?.bodyBytes += part.readableBytes
    case .end:
      guard let request = incoming else { return }
      incoming = nil
      accept(request, context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if error is HTTPParserError {
      accept(.malformed, context)
    } else {
      context.close(promise: nil)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    flush(context)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { takeRequests(context) }
  }

  /// Reads no more than what can be answered soon: the kernel keeps the rest, and then the client does.
  func read(context: ChannelHandlerContext) {
    switch phase {
    case .ready where queue.isEmpty && context.channel.isWritable: context.read()
    case .lingering: context.read()
    default: hasPendingRead = true
    }
  }

  private func accept(_ request: Request, _ context: ChannelHandlerContext) {
    queue.append(request)
    takeRequests(context)
  }

  /// Answers what waits, until one of the answers takes its time.
  func takeRequests(_ context: ChannelHandlerContext) {
    if isTaking { return }
    isTaking = true
    while case .ready = phase, let request = queue.popFirst() {
      mark.use(by: request, site.tally)
      take(request, context)
      if !context.channel.isWritable { flush(context) }
      if !context.channel.isWritable { break }
    }
    isTaking = false
    resumeReading(context)
  }

  func resumeReading(_ context: ChannelHandlerContext) {
    guard hasPendingRead else { return }
    hasPendingRead = false
    read(context: context)
  }

  func flush(_ context: ChannelHandlerContext) {
    guard hasUnflushed else { return }
    hasUnflushed = false
    context.flush()
  }

  /// Nothing of this connection reaches its client any more.
  private func giveUp() {
    switch phase {
    case .delayed(let timer):
      timer.cancel()
      site.tally.abandon()
    case .streaming(_, let timer):
      timer?.cancel()
      site.tally.abandon()
    case .lingering(let timer): timer.cancel()
    case .ready, .finishing, .closed: break
    }
    phase = .closed
    queue.removeAll()
  }
}
