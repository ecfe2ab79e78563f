internal import NIOCore
internal import Time

extension Connection {
  /// Starts to answer a request. Afterwards the phase says what it waits for.
  func take(_ request: Request, _ context: ChannelHandlerContext) {
    if request.method == .malformed {
      send(.malformed, to: request, isCounted: false, context)
      return
    }
    if request.asksForCounts {
      answerCounts(request, context)
      return
    }
    let answer = site.answers.answer(to: request.target)
    guard let fate = site.tally.begin(under: answer.settings, received: request.bodyBytes) else {
      send(answer, to: request, isCounted: true, context)
      return
    }
    let fated = fate.isError ? .injectedError : answer
    let closing = answer.settings?.close ?? false
    if fate.delay <= 0 {
      send(fated, to: request, closing: closing, isCounted: true, context)
      return
    }
    delay(by: TimeAmount(Nanoseconds.seconds(fate.delay)), context) { [self] in
      phase = .ready
      send(fated, to: request, closing: closing, isCounted: true, context)
      flush(context)
      takeRequests(context)
      flush(context)
    }
  }

  /// Does something so that it is done when so much time has passed, and not before.
  private func delay(by delay: TimeAmount, _ context: ChannelHandlerContext, then act: @escaping () -> Void) {
    let start = NIODeadline.now()
    let moment = start + delay - site.answerLead.current
    let wake = moment - site.wakeLead.current
    let timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: wake) { [self] in
      if wake > start { site.wakeLead.note(.now() - wake) }
      stayAwake(until: moment, context) { [self] in
        let begun = NIODeadline.now()
        act()
        if wake > start { site.answerLead.note(.now() - begun) }
      }
    }
    phase = .delayed(timer)
  }

  /// Turns the event loop, which serves other connections meanwhile: a task that's due at once would come before them.
  private func stayAwake(
    until moment: NIODeadline, _ context: ChannelHandlerContext, then act: @escaping () -> Void
  ) {
    if NIODeadline.now() >= moment {
      act()
      return
    }
    let turn = context.eventLoop.assumeIsolated().scheduleTask(in: .microseconds(1)) { [self] in
      stayAwake(until: moment, context, then: act)
    }
    phase = .delayed(turn)
  }

  private func answerCounts(_ request: Request, _ context: ChannelHandlerContext) {
    phase = .finishing
    site.settled(on: context.eventLoop).assumeIsolated().whenComplete { [self] _ in
      guard case .finishing = phase else { return }
      phase = .ready
      let counts = request.method == .post ? site.tally.restart() : site.tally.counts
      send(Answer(status: 200, text: counts.json, type: "application/json"), to: request, isCounted: false, context)
      takeRequests(context)
      flush(context)
    }
  }

  func writeContinue(_ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
  }

  private func send(
    _ answer: Answer, to request: Request, closing: Bool = false, isCounted: Bool, _ context: ChannelHandlerContext
  ) {
    let closes = closing || request.connection == .close
    let buffer = wrapOutboundOut(answer.serialised(to: request, closing: closes))
    hasUnflushed = true
    if let (body, pace) = answer.chunks, request.method != .head {
      context.write(buffer, promise: nil)
      phase = .streaming(BodyStream(body, pace: pace, closes: closes), timer: nil)
      streamNext(context)
      return
    }
    if closes { phase = .finishing }
    let promise = context.eventLoop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenComplete { [self] result in
      if case .failure = result {
        if isCounted { site.tally.abandon() }
        return
      }
      if isCounted { site.tally.complete(request.method == .head ? 0 : answer.bodySize) }
      if closes { linger(context) }
    }
    context.write(buffer, promise: promise)
  }

  /// Ends the connection so that the client still gets the last answer: closing with something unread would reset it.
  func linger(_ context: ChannelHandlerContext) {
    decoder.isDone = true
    phase = .lingering(
      context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { context.close(promise: nil) })
    context.close(mode: .output, promise: nil)
    resumeReading(context)
  }
}

extension Request {
  var asksForCounts: Bool {
    target.utf8.starts(with: Site.countsPath.utf8) && RequestTarget(target).path == Site.countsPath
  }
}
