/// Checks size, encoding and characters before libyaml sees a byte.
func checkText(of source: Source, limits: Limits) throws(Fault.Located) {
  let bytes = source.bytes
  guard bytes.count <= limits.bytes else {
    throw Fault.tooLarge(bytes: bytes.count, limit: limits.bytes).located(at: nil)
  }
  guard !bytes.isEmpty else { throw Fault.empty.located(at: nil) }
  if let encoding = foreignByteOrderMark(of: bytes) {
    throw Fault.otherEncoding(encoding).located(at: source.span(ofByte: 0))
  }
  do throws(UTF8.ValidationError) {
    _ = try UTF8Span(validating: bytes.span)
  } catch {
    throw Fault.notUTF8.located(at: source.span(ofByte: error.byteOffsets.lowerBound))
  }
  if let (offset, character) = firstForbiddenCharacter(of: bytes) {
    throw Fault.forbiddenCharacter(character).located(at: source.span(ofByte: offset))
  }
  if let offset = firstSurplusTagDirective(of: bytes) {
    throw Fault.tooManyTagDirectives(limit: tagDirectiveLimit).located(at: source.span(ofByte: offset))
  }
}

/// libyaml compares each `%TAG` directive with all before it: 300,000 of them would take minutes.
private let tagDirectiveLimit = 64

private func firstSurplusTagDirective(of bytes: [UInt8]) -> Int? {
  bytes.withUnsafeBufferPointer { bytes in
    var count = 0
    for index in bytes.indices where bytes[index] == UInt8(ascii: "%") && bytes[index...].starts(with: "%TAG".utf8) {
      // The last bytes of the five line breaks, and of a byte order mark.
      guard index == 0 || [0x0A, 0x0D, 0x85, 0xA8, 0xA9, 0xBF].contains(bytes[index - 1]) else { continue }
      count += 1
      if count > tagDirectiveLimit { return index }
    }
    return nil
  }
}

private func foreignByteOrderMark(of bytes: [UInt8]) -> String? {
  if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
  return nil
}

/// The first character outside of YAML's set, in bytes that are UTF-8.
private func firstForbiddenCharacter(of bytes: [UInt8]) -> (offset: Int, character: Unicode.Scalar)? {
  bytes.withUnsafeBufferPointer { bytes in
    for index in bytes.indices {
      switch bytes[index] {
      case 0x00..<0x09, 0x0B..<0x0D, 0x0E..<0x20, 0x7F:
        return (index, Unicode.Scalar(bytes[index]))
      case 0xC2 where bytes[index + 1] < 0xA0 && bytes[index + 1] != 0x85:
        return (index, Unicode.Scalar(bytes[index + 1]))
      case 0xEF where bytes[index + 1] == 0xBF && bytes[index + 2] == 0xBE:
        return (index, "\u{FFFE}")
      case 0xEF where bytes[index + 1] == 0xBF && bytes[index + 2] == 0xBF:
        return (index, "\u{FFFF}")
      default:
        continue
      }
    }
    return nil
  }
}

extension Source {
  /// One column at the character that begins with a byte, all before which is UTF-8.
  fileprivate func span(ofByte offset: Int) -> Span {
    let start = mark(ofByte: offset)
    return Span(start: start, end: start.advanced(by: 1))
  }
}
