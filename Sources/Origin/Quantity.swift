/// Numbers as they stand in URLs; strict, and `nil` for anything else. What is read here means the same in files.
enum Quantity {
  /// Bytes: `1024`, `64KiB`, `1.5MB`.
  static func size(_ text: Substring) -> Int? {
    let (number, unit) = split(text)
    let scale: Double
    switch unit {
    case "", "B": scale = 1
    case "kB": scale = 1e3
    case "MB": scale = 1e6
    case "GB": scale = 1e9
    case "KiB": scale = 1024
    case "MiB": scale = 1_048_576
    case "GiB": scale = 1_073_741_824
    default: return nil
    }
    return number.flatMap { Int(exactly: $0 * scale) }
  }

  /// Seconds: `5ms`, `1.5s`, and `0`.
  static func duration(_ text: Substring) -> Double? {
    let (number, unit) = split(text)
    guard let number else { return nil }
    // Dividing keeps 5ms the same number as 0.005.
    switch unit {
    case "ns": return number / 1e9
    case "us", "µs", "μs": return number / 1e6
    case "ms": return number / 1e3
    case "s": return number
    case "min": return number * 60
    case "h": return number * 3600
    case "" where number == 0: return 0
    default: return nil
    }
  }

  /// A fraction of one: `5%`, `0.05`.
  static func share(_ text: Substring) -> Double? {
    text.hasSuffix("%") ? number(text.dropLast()).map { $0 / 100 } : number(text)
  }

  static func integer(_ text: Substring) -> Int? {
    number(text).flatMap(Int.init(exactly:))
  }

  static func boolean(_ text: Substring) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }

  /// Decimal digits with `_` between them, a fraction, an exponent; no sign, and at most 15 digits, which are exact.
  static func number(_ text: Substring) -> Double? {
    var digits = 0
    var mantissa = 0
    var fractionDigits = 0
    var hasPoint = false
    var exponent = 0
    var rest = text.utf8[...]
    var mayGroup = false
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if digits > 15 { return nil }
        mantissa = mantissa * 10 + Int(byte - UInt8(ascii: "0"))
        if hasPoint { fractionDigits += 1 }
        mayGroup = true
      case UInt8(ascii: "_") where mayGroup && rest.first.map(isDigit) == true:
        mayGroup = false
      case UInt8(ascii: ".") where !hasPoint && mayGroup && rest.first.map(isDigit) == true:
        hasPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        guard mayGroup, rest.allSatisfy(isDigit), let value = Int(Substring(rest)), value <= 15 else { return nil }
        exponent = value
        rest = rest[rest.endIndex...]
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    let scale = exponent - fractionDigits
    return scale < 0 ? Double(mantissa) / powersOfTen[-scale] : Double(mantissa) * powersOfTen[scale]
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func split(_ text: Substring) -> (number: Double?, unit: Substring) {
    let end = text.lastIndex { $0.isNumber }.map(text.index(after:)) ?? text.startIndex
    return (number(text[..<end]), text[end...])
  }
}
