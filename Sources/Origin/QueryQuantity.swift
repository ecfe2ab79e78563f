internal import Quantities

/// A reader of numbers in URLs: as in experiment files, but strict, and `nil` for anything else.
enum QueryQuantity {
  /// The most digits of a number, and the largest exponent: doubles are exact up to there.
  private static let limit = 15

  /// Reads bytes: `1024`, `64KiB`, `1.5MB`.
  static func size(_ text: Substring) -> Int? {
    strict(text).flatMap { try? Quantity.bytes($0) }.flatMap(Int.init(exactly:))
  }

  /// Reads seconds: `5ms`, `1.5s`, and `0`.
  static func duration(_ text: Substring) -> Double? {
    strict(text).flatMap { try? Quantity.duration($0) }
  }

  /// Reads a fraction of one: `5%`, `0.05`.
  static func share(_ text: Substring) -> Double? {
    strict(text).flatMap { try? Quantity.share($0) }
  }

  /// Reads a whole number, which may have leading zeros.
  static func integer(_ text: Substring) -> Int? {
    strict(text).flatMap(Quantity.plainNumber).flatMap(Int.init(exactly:))
  }

  static func boolean(_ text: Substring) -> Bool? {
    try? Quantity.boolean(String(text))
  }

  /// The text, if it begins with a number that has no sign, a digit on both sides of its point, and few digits, and if
  /// no space follows.
  private static func strict(_ text: Substring) -> String? {
    let bytes = text.utf8
    guard let last = bytes.lastIndex(where: isDigit) else { return nil }
    let number = bytes[...last]
    let mantissa = number.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
    guard let first = mantissa.first, isDigit(first), mantissa.last.map(isDigit) == true,
      mantissa.count(where: isDigit) <= limit,
      mantissa.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }),
      !bytes[last...].contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: " ") })
    else { return nil }
    let exponent = number.dropFirst(mantissa.count + 1)
    guard exponent.allSatisfy(isDigit), exponent.isEmpty || Int(Substring(exponent)).map({ $0 <= limit }) == true
    else { return nil }
    return String(text)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
