internal import Glibc

/// The place of one field within the bytes of a CSV file.
struct CSVField {
  private var start: Int
  private var end: Int
  private var isQuoted: Bool

  /// Returns the place of the first row: 3 after a byte order mark, otherwise 0.
  static func start(of bytes: some Collection<UInt8>) -> Int { bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0 }

  /// Finds the fields of the row that begins at a place.
  ///
  /// - Parameter isWhole: whether nothing comes after these bytes.
  /// - Returns: The place of the next row; `nil` if more bytes are needed to find it.
  static func split(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isWhole: Bool, into fields: inout [CSVField]
  ) -> Int? {
    fields.removeAll(keepingCapacity: true)
    var place = start
    while true {
      var field = CSVField(start: place, end: place, isQuoted: false)
      if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
        field.isQuoted = true
        place = afterQuotes(bytes, from: place)
      }
      while place < bytes.count, !ends(bytes[place]) { place += 1 }
      field.end = place
      fields.append(field)
      guard place < bytes.count else { return isWhole ? place : nil }
      if bytes[place] == UInt8(ascii: ",") {
        place += 1
        continue
      }
      guard bytes[place] == UInt8(ascii: "\r") else { return place + 1 }
      guard place + 1 < bytes.count else { return isWhole ? place + 1 : nil }
      return bytes[place + 1] == UInt8(ascii: "\n") ? place + 2 : place + 1
    }
  }

  /// Returns the place after the closing quotation mark, or the end of the bytes.
  private static func afterQuotes(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var place = start + 1
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "\"") {
        guard place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "\"") else { return place + 1 }
        place += 1
      }
      place += 1
    }
    return place
  }

  private static func ends(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  var isEmpty: Bool { start == end }

  func text(in bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard isQuoted else { return String(decoding: bytes[start..<end], as: UTF8.self) }
    var text: [UInt8] = []
    var place = start + 1
    while place < end {
      if bytes[place] == UInt8(ascii: "\"") {
        place += 1
        // One that isn't doubled closes.
        guard place < end, bytes[place] == UInt8(ascii: "\"") else { break }
      }
      text.append(bytes[place])
      place += 1
    }
    return String(decoding: text + bytes[place..<end], as: UTF8.self)
  }

  /// Returns the field as a finite number, or NaN if it isn't one.
  func number(in bytes: UnsafeBufferPointer<UInt8>) -> Double {
    if isQuoted { return Double(text(in: bytes)).flatMap { $0.isFinite ? $0 : nil } ?? .nan }
    // strtod would take blanks before a number, and hexadecimal ones.
    guard start < end, let base = bytes.baseAddress, bytes[start] > UInt8(ascii: " "),
      end - start < 2 || bytes[start + 1] | 0x20 != UInt8(ascii: "x")
    else { return .nan }
    var stop: UnsafeMutablePointer<CChar>?
    // The bytes end with a zero, or with what ends the field.
    let value = strtod(UnsafeRawPointer(base + start).assumingMemoryBound(to: CChar.self), &stop)
    let length = stop.map { UnsafeRawPointer($0) - UnsafeRawPointer(base + start) } ?? 0
    return length == end - start && value.isFinite ? value : .nan
  }

  func equals(_ text: String, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var text = text
    return text.withUTF8 { text in
      guard text.count == end - start, let other = text.baseAddress, let own = bytes.baseAddress else {
        return text.count == end - start
      }
      return memcmp(own + start, other, text.count) == 0
    }
  }
}
