internal import Model

/// The CSV format of results: RFC 4180 with line feeds, a header, then rows.
///
/// A missing value is an empty field. A control character inside a field, such as a line break, becomes a blank.
package enum CSV {
  /// Returns a row's bytes with its line feed. Fields are quoted where necessary.
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

/// A reader that takes rows out of the bytes of a CSV file, one at a time.
package struct CSVReader: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var place: Int
  private var fields: [CSVField] = []

  /// Makes a reader of a whole file, with or without a byte order mark.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    place = CSVField.start(of: bytes)
  }

  /// Returns the fields of the next row, or `nil` after the last one. A quoted field may hold any text.
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
