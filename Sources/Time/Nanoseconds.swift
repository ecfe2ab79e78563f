/// A span of time in whole nanoseconds; it may be negative.
///
/// Sums, differences and products that don't fit are the largest or the smallest span: 292 years.
///
/// This room alone is `public`: the compiler inlines no `package` function into another module, and workers reckon with
/// times between two tasks.
@frozen
public struct Nanoseconds: BitwiseCopyable, Hashable, Comparable, Sendable {
  /// The number of nanoseconds.
  public var count: Int

  /// Makes a span of so many nanoseconds.
  @inlinable
  public init(_ count: Int) {
    self.count = count
  }

  /// No time.
  @inlinable public static var zero: Nanoseconds { Nanoseconds(0) }

  /// The longest span: 292 years.
  @inlinable public static var max: Nanoseconds { Nanoseconds(.max) }

  /// Compares two spans.
  @inlinable
  public static func < (a: Nanoseconds, b: Nanoseconds) -> Bool { a.count < b.count }

  /// Says whether two spans are equal.
  @inlinable
  public static func == (a: Nanoseconds, b: Nanoseconds) -> Bool { a.count == b.count }
}

// MARK: - Seconds and their parts

extension Nanoseconds {
  /// Nanoseconds in a second: a rate r has gaps of `perSecond / r`.
  @inlinable public static var perSecond: Double { 1e9 }

  /// The span in seconds, as the nearest `Double`.
  @inlinable public var seconds: Double { Double(count) / Self.perSecond }

  /// Cuts a number of nanoseconds off behind the point; one that isn't a number is zero.
  @inlinable
  public init(truncating count: Double) {
    let whole = count.rounded(.towardZero)
    self.init(Int(exactly: whole) ?? (whole.isNaN ? 0 : whole < 0 ? .min : .max))
  }

  /// Rounds a number of nanoseconds to the nearest whole one, halves away from zero; one that isn't a number is zero.
  @inlinable
  public init(rounding count: Double) {
    self.init(truncating: count.rounded())
  }

  /// Returns a span of so many seconds; what is below a nanosecond is cut off.
  @inlinable
  public static func seconds(_ seconds: Double) -> Nanoseconds { Nanoseconds(truncating: seconds * perSecond) }

  /// Returns a span of so many seconds.
  @inlinable
  public static func seconds(_ seconds: Int) -> Nanoseconds { Nanoseconds(1_000_000_000) * seconds }

  /// Returns a span of so many milliseconds.
  @inlinable
  public static func milliseconds(_ milliseconds: Int) -> Nanoseconds { Nanoseconds(1_000_000) * milliseconds }

  /// Returns a span of so many microseconds.
  @inlinable
  public static func microseconds(_ microseconds: Int) -> Nanoseconds { Nanoseconds(1000) * microseconds }

  /// Puts together the two parts of a kernel's `timespec`.
  @inlinable
  public init(seconds: Int, nanoseconds: Int) {
    // A reading of the clock for each end of a task: unchecked, as the kernel's parts always fit.
    self.init(seconds &* 1_000_000_000 &+ nanoseconds)
  }

  /// The two parts of a kernel's `timespec`.
  @inlinable public var parts: (seconds: Int, nanoseconds: Int) {
    let (seconds, nanoseconds) = count.quotientAndRemainder(dividingBy: 1_000_000_000)
    return (seconds, nanoseconds)
  }

  /// Whole milliseconds, a part of one counting as a whole; zero of a negative span.
  @inlinable public var millisecondsRoundedUp: Int {
    guard count > 0 else { return 0 }
    let (whole, rest) = count.quotientAndRemainder(dividingBy: 1_000_000)
    return rest > 0 ? whole + 1 : whole
  }
}

// MARK: - Arithmetic

extension Nanoseconds {
  /// Adds two spans.
  @inlinable
  public static func + (a: Nanoseconds, b: Nanoseconds) -> Nanoseconds {
    let (sum, overflow) = a.count.addingReportingOverflow(b.count)
    return Nanoseconds(overflow ? (b.count < 0 ? .min : .max) : sum)
  }

  /// Adds a span to another.
  @inlinable
  public static func += (a: inout Nanoseconds, b: Nanoseconds) { a = a + b }

  /// Subtracts the second span from the first.
  @inlinable
  public static func - (a: Nanoseconds, b: Nanoseconds) -> Nanoseconds {
    let (difference, overflow) = a.count.subtractingReportingOverflow(b.count)
    return Nanoseconds(overflow ? (b.count < 0 ? .max : .min) : difference)
  }

  /// Subtracts a span from another.
  @inlinable
  public static func -= (a: inout Nanoseconds, b: Nanoseconds) { a = a - b }

  /// Multiplies a span.
  @inlinable
  public static func * (span: Nanoseconds, factor: Int) -> Nanoseconds {
    let (product, overflow) = span.count.multipliedReportingOverflow(by: factor)
    return Nanoseconds(overflow ? ((span.count < 0) == (factor < 0) ? .max : .min) : product)
  }

  /// Divides a span into equal parts; what is below a nanosecond is cut off.
  ///
  /// - Precondition: the divisor is positive.
  @inlinable
  public static func / (span: Nanoseconds, divisor: Int) -> Nanoseconds {
    precondition(divisor > 0)
    return Nanoseconds(span.count / divisor)
  }
}

// MARK: - Text and files

extension Nanoseconds: CustomStringConvertible {
  /// The number and its unit: `12 ns`.
  public var description: String { "\(count) ns" }
}

/// A span is a whole number in a file or a message; its key names the unit.
extension Nanoseconds: Codable {
  /// Reads a whole number.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(Int.self))
  }

  /// Writes a whole number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(count)
  }
}
