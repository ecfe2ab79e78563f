/// Units that may follow a number.
extension Quantity {
  /// Spellings of true, in any case.
  package static let trueWords = ["true", "yes", "on"]
  /// Spellings of false, in any case.
  package static let falseWords = ["false", "no", "off"]

  /// Units of time that a rate may have.
  package static let rateUnits = ["s", "min", "h"]

  /// Units of time. A fraction of a second has its number in one second for a scale, the others their seconds.
  package static let durationUnits: [(name: String, scale: Double, isFraction: Bool)] = [
    ("ns", 1e9, true), ("us", 1e6, true), ("µs", 1e6, true), ("μs", 1e6, true), ("ms", 1e3, true), ("s", 1, false),
    ("min", 60, false), ("h", 3600, false),
  ]

  /// Units of size, in bytes.
  package static let sizeUnits: [(name: String, scale: Double)] = [
    ("B", 1), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("KiB", 1024), ("MiB", 1_048_576),
    ("GiB", 1_073_741_824),
  ]
}
