/// A reader of numbers as people write them: plain, or with a unit.
package enum Quantity {
  /// Reads a whole number: `5`, `1_000`, `1e3`.
  ///
  /// - Throws: for hexadecimal, octal and binary numbers and for leading zeros, too: other programs read them differently.
  package static func integer(_ text: String) throws(ReadingError) -> Int {
    let lower = text.lowercased()
    let digits = lower.drop { $0 == "+" || $0 == "-" }
    if digits.hasPrefix("0x") || digits.hasPrefix("0o") || digits.hasPrefix("0b") {
      let radix = digits.hasPrefix("0x") ? 16 : digits.hasPrefix("0o") ? 8 : 2
      let value = Int(digits.dropFirst(2).replacing("_", with: ""), radix: radix)
      throw ReadingError(
        "'\(text)' isn't a decimal number", hint: value.map { "write \(lower.hasPrefix("-") ? -$0 : $0)" })
    }
    if let error = leadingZero(text) { throw error }
    guard let number = plainNumber(text) else { throw ReadingError("'\(text)' isn't a whole number") }
    if let value = Int(text.replacing("_", with: "")) { return value }
    guard let value = Int(exactly: number) else {
      throw ReadingError(
        number.rounded() == number ? "'\(text)' is too large" : "'\(text)' isn't a whole number")
    }
    return value
  }

  /// Says what is wrong with a whole number that begins with a zero; `nil` for all other texts.
  package static func leadingZero(_ text: String) -> ReadingError? {
    let digits = text.drop { $0 == "+" || $0 == "-" }
    guard digits.utf8.count > 1, digits.hasPrefix("0"), digits.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "_" })
    else { return nil }
    let decimal = digits.drop { $0 == "0" || $0 == "_" }
    return ReadingError(
      "'\(text)' has a leading zero, which some read as octal",
      hint: "write \(text.hasPrefix("-") ? "-" : "")\(decimal.isEmpty ? "0" : decimal)")
  }

  /// Reads a number: `0.5`, `1_000`, `1e-3`.
  package static func number(_ text: String) throws(ReadingError) -> Double {
    guard let number = plainNumber(text) else { throw ReadingError("'\(text)' isn't a number") }
    return number
  }

  /// Reads a duration, in seconds: `5ms`, `1.5 h`, and `0`.
  package static func duration(_ text: String) throws(ReadingError) -> Double {
    let (number, unit) = split(text)
    guard let number else { throw ReadingError("'\(text)' isn't a duration", hint: "write a number and a unit: 5ms") }
    if unit.isEmpty {
      if number == 0 { return 0 }
      throw ReadingError("'\(text)' is a duration without a unit", hint: "write \(text)s, or \(text)ms")
    }
    guard let factor = durationUnits.first(where: { $0.name == unit }) else {
      throw ReadingError("'\(unit)' isn't a unit of time", hint: "ns, us, ms, s, min or h")
    }
    // Dividing keeps 5ms the same number as 0.005.
    return factor.isFraction ? number / factor.scale : number * factor.scale
  }

  /// Reads a size, in bytes: `64KiB`, `1.5 MB`, `10`.
  ///
  /// - Throws: where that is no whole number of bytes, too.
  package static func size(_ text: String) throws(ReadingError) -> Int {
    let exact = try bytes(text)
    guard let bytes = Int(exactly: exact.rounded()), abs(exact - Double(bytes)) < 1e-6 else {
      throw ReadingError("'\(text)' isn't a whole number of bytes")
    }
    return bytes
  }

  /// Reads a size that needn't be a whole number of bytes.
  package static func bytes(_ text: String) throws(ReadingError) -> Double {
    let (number, unit) = split(text)
    guard let number else { throw ReadingError("'\(text)' isn't a size", hint: "write a number and a unit: 64KiB") }
    guard let scale = unit.isEmpty ? 1 : sizeUnits.first(where: { $0.name == unit })?.scale else {
      let meant = sizeUnits.first { $0.name.lowercased() == unit.lowercased() }
      throw ReadingError(
        "'\(unit)' isn't a unit of size", hint: meant.map { "write \($0.name)" } ?? "B, kB, KiB, MB, MiB, GB or GiB")
    }
    return number * scale
  }

  /// Reads a rate, per second: `500/s`, `30/min`.
  package static func rate(_ text: String) throws(ReadingError) -> Double {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = plainNumber(String(parts[0])) else {
      let hint = plainNumber(text) == nil ? "write 500/s, 30/min or 10/h" : "write \(text)/s, \(text)/min or \(text)/h"
      throw ReadingError("'\(text)' isn't a rate", hint: hint)
    }
    guard rateUnits.contains(String(parts[1])) else {
      throw ReadingError("'\(parts[1])' isn't a unit of time for a rate", hint: "write 500/s, 30/min or 10/h")
    }
    return number / (try duration("1\(parts[1])"))
  }

  /// Reads a share, as a fraction of one: `5%`, `0.05`.
  package static func share(_ text: String) throws(ReadingError) -> Double {
    let isPercent = text.hasSuffix("%")
    // Reports print `5 %`.
    let digits = isPercent ? text.dropLast(text.hasSuffix(" %") ? 2 : 1) : text[...]
    guard let number = plainNumber(String(digits)) else {
      throw ReadingError("'\(text)' isn't a share", hint: "write 5% or 0.05")
    }
    let share = isPercent ? number / 100 : number
    guard (0...1).contains(share) else {
      throw ReadingError(
        "'\(text)' isn't between 0 and 1", hint: !isPercent && share > 1 && share <= 100 ? "write \(text)%" : nil)
    }
    return share
  }

  /// Reads a truth value: `true`, `yes` and `on`, or `false`, `no` and `off`, in any case.
  package static func boolean(_ text: String) throws(ReadingError) -> Bool {
    let word = text.lowercased()
    if trueWords.contains(word) { return true }
    if falseWords.contains(word) { return false }
    throw ReadingError("'\(text)' is neither true nor false")
  }

  /// Returns the value of a number, a size, a duration, a rate or a share in its base unit; `nil` for other texts.
  package static func anyNumber(_ text: String) -> Double? {
    plainNumber(text) ?? (try? size(text)).map(Double.init) ?? (try? duration(text)) ?? (try? rate(text))
      ?? (try? share(text))
  }

  /// Returns the value of decimal digits with `_` between them, a fraction and an exponent.
  ///
  /// Returns `nil` for anything else, `nan` and `inf` included.
  package static func plainNumber(_ text: String) -> Double? {
    let utf8 = Array(text.utf8)
    for (index, byte) in utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
        UInt8(ascii: "+"), UInt8(ascii: "-"):
        continue
      case UInt8(ascii: "_"):
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard index > 0, index + 1 < utf8.count, digits.contains(utf8[index - 1]), digits.contains(utf8[index + 1])
        else { return nil }
      default: return nil
      }
    }
    let digits = utf8.contains(UInt8(ascii: "_")) ? text.replacing("_", with: "") : text
    return Double(digits).flatMap { $0.isFinite ? $0 : nil }
  }

  private static func split(_ text: String) -> (number: Double?, unit: String) {
    let unit = text.reversed().prefix { $0.isLetter || $0 == "µ" || $0 == "μ" }.reversed()
    let number = text.dropLast(unit.count)
    let trimmed = number.hasSuffix(" ") ? number.dropLast() : number
    return (plainNumber(String(trimmed)), String(unit))
  }
}
