/// From marks to bytes and back, for problems only.
extension Source {
  /// The offset at which the text begins: after a UTF-8 byte order mark.
  var textStart: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// Just after the last character.
  var end: Mark { mark(ofByte: bytes.count) }

  /// The bytes of a 1-based line without its line break; nil beyond the last line.
  func byteRange(ofLine number: Int) -> Range<Int>? {
    guard index.lineStarts.indices.contains(number - 1) else { return nil }
    let start = index.lineStarts[number - 1]
    guard number < index.lineStarts.count else { return start..<bytes.count }
    let next = index.lineStarts[number]
    let end =
      switch bytes[next - 1] {
      case 0x0A where next - 2 >= start && bytes[next - 2] == 0x0D: next - 2
      case 0x0A, 0x0D: next - 1
      case 0x85: next - 2
      default: next - 3
      }
    return start..<end
  }

  /// The offset of the byte at a mark.
  func byte(at mark: Mark) -> Int {
    guard let line = byteRange(ofLine: mark.line) else { return bytes.count }
    return bytes.withUnsafeBufferPointer {
      index.byte(ofCodePoint: index.codePoints(before: line.lowerBound, in: $0) + mark.column - 1, in: $0)
    }
  }

  /// The mark of a byte, all before which is UTF-8.
  func mark(ofByte offset: Int) -> Mark {
    bytes.withUnsafeBufferPointer { bytes in
      var mark = Mark(line: 1, column: 1)
      var index = textStart
      while index < min(offset, bytes.count) {
        let breakLength = lineBreakLength(in: bytes, at: index)
        if breakLength > 0 {
          mark = Mark(line: mark.line + 1, column: 1)
        } else if !isContinuation(bytes[index]) {
          mark.column += 1
        }
        index += max(breakLength, 1)
      }
      return mark
    }
  }

  /// Returns the rest of a mark's line, from the mark on.
  func rest(at mark: Mark) -> Substring.UnicodeScalarView {
    guard let line = line(mark.line) else { return "".unicodeScalars[...] }
    return line.unicodeScalars.dropFirst(mark.column - 1)
  }

  /// The character at a mark; nil at the end of a line.
  func character(at mark: Mark) -> Unicode.Scalar? { rest(at: mark).first }

  /// One character at a mark, or nothing at the end of a line.
  func span(at mark: Mark) -> Span {
    Span(start: mark, end: mark.advanced(by: character(at: mark) == nil ? 0 : 1))
  }

  /// From a mark to the next blank.
  func spanOfWord(at mark: Mark) -> Span {
    Span(start: mark, end: mark.advanced(by: rest(at: mark).prefix { !isBlank($0) }.count))
  }

  /// Counts the blanks that a line begins with.
  func indentation(ofLine number: Int) -> Int {
    rest(at: Mark(line: number, column: 1)).prefix(while: isBlank).count
  }
}

func isBlank(_ character: Unicode.Scalar) -> Bool { character == " " || character == "\t" }

/// The length of the line break at an index, 0 if there is none. These are the breaks that libyaml counts.
func lineBreakLength(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
  func byte(_ distance: Int) -> UInt8 { index + distance < bytes.count ? bytes[index + distance] : 0 }
  switch bytes[index] {
  case 0x0A: return 1
  case 0x0D: return byte(1) == 0x0A ? 2 : 1
  case 0xC2: return byte(1) == 0x85 ? 2 : 0
  case 0xE2: return byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9) ? 3 : 0
  default: return 0
  }
}

func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
