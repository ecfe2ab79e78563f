/// An answer of the embedded server to one URL, known before the request is sent.
package struct OriginAnswer: Hashable, Sendable {
  /// The status of injected errors, which replace a share of the answers if the file asks for that.
  package static let errorStatus = 500

  /// The size of the body in bytes.
  package var bytes: Int
  /// The CRC-32 of the body.
  package var crc32: UInt32
  /// The expected HTTP status. An answer with another status is an injected error and has another body.
  package var status: Int

  /// Makes an answer, by default with status 200.
  package init(bytes: Int, crc32: UInt32, status: Int = 200) {
    self.bytes = bytes
    self.crc32 = crc32
    self.status = status
  }

  /// Returns the answer's form in messages between processes: three integers, or null for another server's URL.
  package static func value(_ answer: OriginAnswer?) -> Value {
    answer.map { .list([.integer($0.bytes), .integer(Int($0.crc32)), .integer($0.status)]) } ?? .null
  }

  /// Makes an answer of its form in messages; `nil` if the value isn't a list of three integers.
  package init?(_ value: Value) {
    guard let parts = value.list?.map(\.integer), parts.count == 3, let bytes = parts[0], let crc32 = parts[1],
      let status = parts[2]
    else { return nil }
    self.init(bytes: bytes, crc32: UInt32(truncatingIfNeeded: crc32), status: status)
  }
}
