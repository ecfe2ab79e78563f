internal import CLibYAML

/// Owns a libyaml parser.
struct EventReader: ~Copyable {
  /// On the heap, since the parser keeps a pointer to itself.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let endOfText: Mark

  /// Begins to read bytes, which must not be empty and must outlive the reader.
  init(reading bytes: UnsafeBufferPointer<UInt8>, endOfText: Mark) throws(Fault.Located) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      throw Fault.outOfMemory.located(at: nil)
    }
    // No yaml_parser_set_encoding: with it libyaml would count a byte order mark as a column.
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    self.parser = parser
    self.endOfText = endOfText
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  mutating func next() throws(SyntaxError) -> Event {
    var raw = yaml_event_t()
    guard yaml_parser_parse(parser, &raw) == 1 else {
      throw SyntaxError(parser.pointee, endOfText: endOfText)
    }
    defer { yaml_event_delete(&raw) }
    return Event(raw, endOfText: endOfText)
  }
}
