internal import Model

/// Numbers as people read them. Files have numbers unscaled.
package enum Humanize {
  /// Returns a time in a fitting unit, with this many significant digits: `5.02 ms`.
  package static func seconds(_ value: Double, digits: Int = 3) -> String {
    let (scale, unit) = self.scale(value)
    return "\(significant(value / scale, digits)) \(unit)"
  }

  /// Returns an interval in the unit of a value, without the unit: `[4.98, 5.31]`.
  package static func interval(_ low: Double, _ high: Double, inTheUnitOf value: Double) -> String {
    let (scale, _) = self.scale(value)
    return "[\(significant(low / scale, 3)), \(significant(high / scale, 3))]"
  }

  /// Returns a ratio with two decimals, or with two significant digits below 0.1: `1.85`, `0.012`.
  package static func ratio(_ value: Double) -> String {
    abs(value) < 0.1 ? significant(value, 2) : fixed(value, 2)
  }

  private static func scale(_ seconds: Double) -> (Double, String) {
    switch abs(seconds) {
    case 0: (1, "s")
    case ..<1e-6: (1e-9, "ns")
    case ..<1e-3: (1e-6, "µs")
    case ..<1: (1e-3, "ms")
    default: (1, "s")
    }
  }

  /// Returns a time of waiting, rounded up to whole seconds or minutes: `1 min 20 s`.
  package static func wait(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 1e15))
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min \(whole % 60) s"
    default: return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
  }

  /// Returns a time that somebody chose, without parts of zero: `1.5 s`, `10 min`.
  package static func limit(_ seconds: Double) -> String {
    if seconds < 60 { return "\(String(shortest: seconds)) s" }
    let text = wait(seconds)
    return [" 0 s", " 0 min"].first(where: text.hasSuffix).map { String(text.dropLast($0.count)) } ?? text
  }

  /// Returns a share in percent, with at most this many significant digits and no needless zeros: `5 %`, `7.3 %`, `13
  /// %`.
  package static func percent(_ share: Double, digits: Int = 2) -> String {
    var text = significant(share * 100, digits)[...]
    if text.contains(".") {
      while text.hasSuffix("0") { text = text.dropLast() }
      if text.hasSuffix(".") { text = text.dropLast() }
    }
    return "\(text) %"
  }

  /// Returns a count or a range of counts: `10`, `10 to 50`.
  package static func range(_ counts: ClosedRange<Int>) -> String {
    (counts.count > 1 ? "\(grouped(counts.lowerBound)) to " : "") + grouped(counts.upperBound)
  }

  /// Returns a range of counts and a noun: `49 trials`, `77 to 357 trials`.
  package static func plural(_ counts: ClosedRange<Int>, _ noun: String) -> String {
    "\(range(counts)) \(noun)\(counts.upperBound == 1 ? "" : "s")"
  }

  /// Returns a count or a rate, with thousands set apart or with a prefix: `12,345`, `1.23 M`.
  package static func count(_ value: Double) -> String {
    switch abs(value) {
    case ..<100: significant(value, 3)
    case ..<100_000: grouped(Int(value.rounded()))
    case ..<1e6: "\(significant(value / 1e3, 3)) k"
    case ..<1e9: "\(significant(value / 1e6, 3)) M"
    default: "\(significant(value / 1e9, 3)) G"
    }
  }

  /// Returns a whole number with thousands set apart: `1,234,567`.
  package static func grouped(_ value: Int) -> String {
    var result = ""
    for (index, digit) in String(abs(value)).reversed().enumerated() {
      if index > 0, index % 3 == 0 { result.insert(",", at: result.startIndex) }
      result.insert(digit, at: result.startIndex)
    }
    return value < 0 ? "-\(result)" : result
  }

  /// Returns a number with this many significant digits, never in exponents: 5.02, 50.2, 502.
  package static func significant(_ value: Double, _ digits: Int) -> String {
    guard value != 0, value.isFinite else { return "0" }
    var magnitude = 0
    var rest = abs(value)
    while rest >= 10 {
      rest /= 10
      magnitude += 1
    }
    while rest < 1 {
      rest *= 10
      magnitude -= 1
    }
    return fixed(value, max(0, digits - 1 - magnitude))
  }

  /// Returns a number with this many decimals.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    let power = (0..<min(decimals, 300)).reduce(1.0) { power, _ in power * 10 }
    // `Int` can't hold more digits; such numbers are for files.
    guard abs(value) * power < 1e15 else { return String(shortest: value) }
    let scaled = Int((abs(value) * power).rounded())
    let sign = value < 0 && scaled != 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(scaled) }
    let digits = String(scaled)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// Returns a count and a noun: `49 trials`, `1 trial`.
  package static func plural(_ count: Int, _ noun: String) -> String {
    "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }
}
