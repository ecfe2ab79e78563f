/// Values as bytes, for processes whose start is measured. Reading JSON for the first time would take half a
/// millisecond.
///
/// Each value begins with a letter for its kind. Integers and numbers take 8 bytes. Texts, lists and maps begin with
/// their length in 8 bytes. All are little-endian. The format is only for processes of the same program.
extension Value {
  /// The encoded value.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    func word(_ value: UInt64) { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }
    func text(_ value: String) {
      word(UInt64(value.utf8.count))
      bytes += value.utf8
    }
    switch self {
    case .null: bytes.append(UInt8(ascii: "0"))
    case .boolean(let value): bytes.append(UInt8(ascii: value ? "t" : "f"))
    case .integer(let value):
      bytes.append(UInt8(ascii: "i"))
      word(UInt64(bitPattern: Int64(value)))
    case .number(let value):
      bytes.append(UInt8(ascii: "d"))
      word(value.bitPattern)
    case .string(let value):
      bytes.append(UInt8(ascii: "s"))
      text(value)
    case .list(let values):
      bytes.append(UInt8(ascii: "l"))
      word(UInt64(values.count))
      for value in values { value.write(to: &bytes) }
    case .map(let values):
      bytes.append(UInt8(ascii: "m"))
      word(UInt64(values.count))
      for (key, value) in values.sorted(by: { $0.key < $1.key }) {
        text(key)
        value.write(to: &bytes)
      }
    }
  }

  /// Decodes a value; `nil` if the bytes aren't exactly one value.
  package init?(bytes: [UInt8]) {
    var reader = ByteReader(rest: bytes[...])
    guard let value = reader.value(), reader.rest.isEmpty else { return nil }
    self = value
  }
}

private struct ByteReader {
  var rest: ArraySlice<UInt8>

  mutating func value() -> Value? {
    guard let kind = rest.popFirst() else { return nil }
    switch kind {
    case UInt8(ascii: "0"): return .null
    case UInt8(ascii: "t"): return .boolean(true)
    case UInt8(ascii: "f"): return .boolean(false)
    case UInt8(ascii: "i"): return word().map { .integer(Int(Int64(bitPattern: $0))) }
    case UInt8(ascii: "d"): return word().map { .number(Double(bitPattern: $0)) }
    case UInt8(ascii: "s"): return text().map { .string($0) }
    case UInt8(ascii: "l"):
      guard let count = count() else { return nil }
      var values: [Value] = []
      for _ in 0..<count {
        guard let value = value() else { return nil }
        values.append(value)
      }
      return .list(values)
    case UInt8(ascii: "m"):
      guard let count = count() else { return nil }
      var values: [String: Value] = [:]
      for _ in 0..<count {
        guard let key = text(), let value = value() else { return nil }
        values[key] = value
      }
      return .map(values)
    default: return nil
    }
  }

  private mutating func word() -> UInt64? {
    guard rest.count >= 8 else { return nil }
    defer { rest = rest.dropFirst(8) }
    return rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Returns a length, or `nil` if it is larger than the rest of the bytes.
  private mutating func count() -> Int? {
    word().flatMap { $0 <= UInt64(rest.count) ? Int($0) : nil }
  }

  private mutating func text() -> String? {
    guard let count = count() else { return nil }
    defer { rest = rest.dropFirst(count) }
    return String(decoding: rest.prefix(count), as: UTF8.self)
  }
}
