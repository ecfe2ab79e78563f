internal import NIOCore
internal import Time

extension TimeAmount {
  /// The span as NIO has it.
  init(_ span: Nanoseconds) {
    self = .nanoseconds(Int64(span.count))
  }
}
