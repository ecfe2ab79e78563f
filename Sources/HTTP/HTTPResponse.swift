/// An answer whose body has been read to its end.
package struct HTTPResponse: Hashable, Sendable {
  /// The status code.
  package var status: Int
  /// Of the body.
  package var bytes: Int
  /// Of the body, where it was asked for.
  package var crc32: UInt32?
}
