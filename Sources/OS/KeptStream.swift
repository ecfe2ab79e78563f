internal import SystemPackage

/// The reading end of a pipe, and the parts that are kept of all that came out of it.
struct KeptStream: ~Copyable {
  /// The kept part.
  private(set) var text: BoundedText
  /// Another part, such as the beginning where `text` is the end.
  private(set) var other: BoundedText
  /// The number of bytes that came out of the pipe.
  private(set) var byteCount = 0
  private let descriptor: Descriptor
  private var isOpen: Bool

  /// Takes over the reading end of a pipe, and makes it non-blocking.
  init(
    _ descriptor: consuming Descriptor, keeping text: BoundedText, and other: BoundedText = .head(0)
  ) throws(SystemError) {
    try descriptor.setNonblocking()
    self.descriptor = descriptor
    self.text = text
    self.other = other
    isOpen = true
  }

  private init(null: consuming Descriptor) {
    descriptor = null
    text = .head(0)
    other = .head(0)
    isOpen = false
  }

  /// Returns a stream that has ended.
  static func none() throws(SystemError) -> KeptStream { KeptStream(null: try .null()) }

  /// The reading end, open or closed at its other end.
  var end: FileDescriptor { descriptor.file }

  /// The reading end while there may be something to wait for; `nil` once the pipe is closed at its other end.
  var file: FileDescriptor? { isOpen ? descriptor.file : nil }

  /// Reads the bytes that are there now, at most 64 times, so that a flood can't hold up its reader.
  mutating func read() throws(SystemError) {
    guard isOpen else { return }
    for _ in 0..<64 {
      guard let bytes = try descriptor.file.readSome() else { return }
      if bytes.isEmpty {
        isOpen = false
        return
      }
      text.append(bytes)
      if other.limit > 0 { other.append(bytes) }
      byteCount += bytes.count
    }
  }
}
