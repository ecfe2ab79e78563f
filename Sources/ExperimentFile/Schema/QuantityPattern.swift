internal import Quantities

/// The texts that `Quantity` reads, as regular expressions that editors know.
///
/// They allow nothing less; where the reader is stricter (a whole number of bytes), they may allow more.
enum QuantityPattern {
  private static let digits = "[0-9](_?[0-9])*"
  private static let exponent = "[eE][+-]?\(digits)"
  private static let fraction = "(\(digits)(\\.(\(digits))?)?|\\.\(digits))"
  private static let plain = "[+-]?\(fraction)(\(exponent))?"

  static let number = "^\(plain)$"
  /// No leading zeros, no hexadecimal numbers.
  static let integer = "^[+-]?(0|[1-9](_?[0-9])*|(\(digits))?\\.(0(_?0)*)?|\(fraction)\(exponent))$"
  static let share = "^\(plain) ?%$"
  static let rate = "^\(plain)/\(group(Quantity.rateUnits))$"
  static let duration = "^\(plain) ?\(group(Quantity.durationUnits.map(\.name)))$"
  static let size = "^\(plain) ?\(group(Quantity.sizeUnits.map(\.name)))?$"
  /// What goes down, in any unit.
  static let negative = "^-"
  /// The only duration that needs no unit.
  static let zero = "^[+-]?0(_?0)*(\\.(0(_?0)*)?)?$"
  static let boolean = "^\(group((Quantity.trueWords + Quantity.falseWords).map(anyCase)))$"
  /// A text with a reference in it, whose value isn't known before it is replaced.
  static let reference = "(^|[^$])\\$\\{(env:)?\(Template.namePattern)\\}"

  private static func group(_ texts: [String]) -> String { "(" + texts.joined(separator: "|") + ")" }

  private static func anyCase(_ word: String) -> String {
    word.map { "[\($0.uppercased())\($0.lowercased())]" }.joined()
  }
}
