internal import NIOCore
internal import NIOHTTP1

/// NIO's parser, but for its end: after malformed input it neither closes the connection nor reads on, so that what was
/// asked before can still be answered.
final class RequestDecoder: ByteToMessageDecoder {
  typealias InboundOut = HTTPServerRequestPart

  /// True if all that still comes is dropped unread.
  var isDone = false
  private let parser: HTTPRequestDecoder

  init() {
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderListSize = limits.maxHeaderFieldSize
    parser = HTTPRequestDecoder(limitConfiguration: limits)
  }

  func decoderAdded(context: ChannelHandlerContext) {
    parser.decoderAdded(context: context)
  }

  func decoderRemoved(context: ChannelHandlerContext) {
    parser.decoderRemoved(context: context)
  }

  func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
    if !isDone {
      do {
        _ = try parser.decode(context: context, buffer: &buffer)
      } catch {
        isDone = true
        context.fireErrorCaught(error)
      }
    }
    if isDone { buffer.moveReaderIndex(to: buffer.writerIndex) }
    return .needMoreData
  }

  // Half a request at the end of a connection is no error: nobody is left to be told.
  func decodeLast(context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool) throws -> DecodingState {
    try decode(context: context, buffer: &buffer)
  }
}
