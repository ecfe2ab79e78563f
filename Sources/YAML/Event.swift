internal import CLibYAML

/// One step of libyaml's way through a document, copied into Swift values.
struct Event {
  /// The anchor and the tag that may stand before a value.
  struct Properties {
    var anchor: String?
    var tag: String?
  }

  enum Kind {
    case streamStart
    case streamEnd
    case documentStart(isExplicit: Bool)
    case documentEnd
    case alias(String)
    case scalar(String, isUnquoted: Bool, Properties)
    case sequenceStart(Properties)
    case sequenceEnd
    case mappingStart(Properties)
    case mappingEnd
  }

  var kind: Kind
  var span: Span

  init(_ raw: yaml_event_t, endOfText: Mark) {
    kind = Kind(raw)
    span = Span(start: Mark(raw.start_mark, endOfText: endOfText), end: Mark(raw.end_mark, endOfText: endOfText))
  }
}

extension Event.Kind {
  fileprivate init(_ raw: yaml_event_t) {
    switch raw.type {
    case YAML_STREAM_START_EVENT: self = .streamStart
    case YAML_DOCUMENT_START_EVENT: self = .documentStart(isExplicit: raw.data.document_start.implicit == 0)
    case YAML_DOCUMENT_END_EVENT: self = .documentEnd
    case YAML_ALIAS_EVENT: self = .alias(text(raw.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = raw.data.scalar
      self = .scalar(
        String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
        isUnquoted: scalar.style == YAML_PLAIN_SCALAR_STYLE,
        Event.Properties(anchor: text(scalar.anchor), tag: text(scalar.tag)))
    case YAML_SEQUENCE_START_EVENT:
      let start = raw.data.sequence_start
      self = .sequenceStart(Event.Properties(anchor: text(start.anchor), tag: text(start.tag)))
    case YAML_SEQUENCE_END_EVENT: self = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      let start = raw.data.mapping_start
      self = .mappingStart(Event.Properties(anchor: text(start.anchor), tag: text(start.tag)))
    case YAML_MAPPING_END_EVENT: self = .mappingEnd
    default: self = .streamEnd  // YAML_NO_EVENT: libyaml's answer to being asked after the end
    }
  }
}

extension Mark {
  /// libyaml counts lines and code points from 0, and behind a last line without a line break it imagines one.
  init(_ mark: yaml_mark_t, endOfText: Mark) {
    self = min(Mark(line: Int(mark.line) + 1, column: Int(mark.column) + 1), endOfText)
  }
}

private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
  pointer.map { String(cString: $0) }
}
