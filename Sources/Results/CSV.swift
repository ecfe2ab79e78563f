internal import Model

/// RFC 4180 with line feeds: a header, then rows. Missing is empty; a line break inside a field becomes a blank.
package enum CSV {
  package static func line(_ fields: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(field, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private static func append(_ field: String, to bytes: inout [UInt8]) {
    let needsQuotes = field.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 < 32
    }
    guard needsQuotes else {
      bytes += field.utf8
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in field.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte < 32 ? UInt8(ascii: " ") : byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

/// Takes rows out of the bytes of a CSV file, one at a time.
package struct CSVReader: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var place: Int
  private var fields: [CSVField] = []

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    place = CSVField.start(of: bytes)
  }

  /// The next row's fields; a quoted field may hold anything.
  package mutating func next() -> [String]? {
    guard place < bytes.count else { return nil }
    let (row, end) = bytes.withUnsafeBufferPointer { bytes in
      let end = CSVField.split(bytes, from: place, isWhole: true, into: &fields)
      return (fields.map { $0.text(in: bytes) }, end ?? bytes.count)
    }
    place = end
    return row
  }
}
