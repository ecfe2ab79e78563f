internal import Model
internal import Quantities
internal import YAML

/// A range as a file writes it: `{from: 1, to: 128, factor: 2}` stands for 1, 2, 4, … 128.
///
/// A negative step and a factor below 1 go down.
struct LevelRange {
  let node: Node
  let type: ParameterType
  /// The name that messages have for the setting.
  let name: String

  /// More levels than anybody plots; a bound on what a range can ask for.
  private static let maximumCount = 10_000
  private static let keys = ["from", "to", "step", "factor"]

  /// Returns the levels, written in the unit of `from`. Both ends are included where the steps reach them.
  func levels() throws(Unreadable) -> [Node] {
    if type.numericUnit == nil, !(node.entries ?? []).contains(where: { Self.keys.contains($0.keyText) }) {
      throw Unreadable(
        node, "'\(name)' must be \(type.article), and this is \(node.kindName)",
        hint: type == .string ? "a text that begins with { needs quotes" : nil)
    }
    for entry in node.entries ?? [] where !Self.keys.contains(entry.keyText) {
      throw Unreadable(
        entry.key, "unknown key '\(entry.keyText)' in the range of '\(name)'",
        hint: Spelling.hint(for: entry.keyText, among: Self.keys))
    }
    guard let from = node["from"], let to = node["to"] else {
      throw Unreadable(node, "the range of '\(name)' needs 'from' and 'to'", hint: "{ from: 1, to: 8, factor: 2 }")
    }
    guard type.numericUnit != nil else {
      throw Unreadable(node, "'\(name)' is \(type.article): it can't be a range", hint: "write a list of values")
    }
    let values = try values(from: number(from, key: "from"), to: number(to, key: "to"))
    let notation = Notation(type: type, units: [from, node["step"], to].map { Notation.unit(of: $0?.text ?? "") })
    var seen: Set<String> = []
    return values.map(notation.text).filter { seen.insert($0).inserted }.map {
      Node(
        content: .scalar(Node.Scalar(text: $0, isPlain: true)), span: node.span, source: node.source)
    }
  }

  private func values(from first: Double, to last: Double) throws(Unreadable) -> [Double] {
    let (next, isUpward) = try progress(from: first)
    guard first == last || (first < last) == isUpward else {
      throw Unreadable(
        node, "the range of '\(name)' is empty: 'from' is \(isUpward ? "above" : "below") 'to'",
        hint: isUpward
          ? "a negative step, or a factor below 1, goes down" : "a step above 0, or a factor above 1, goes up")
    }
    // Sums and products of fractions miss the end by a little.
    let slack = 1e-12 * max(abs(first), abs(last))
    var values: [Double] = []
    var value = first
    while isUpward ? value <= last + slack : value >= last - slack {
      guard values.count < Self.maximumCount else {
        throw Unreadable(node, "the range of '\(name)' has more than \(Self.maximumCount) values")
      }
      values.append(value)
      value = next(value, values.count)
    }
    return values
  }

  /// Returns the function from a level and the index of the next one to its value, and the direction.
  private func progress(from first: Double) throws(Unreadable) -> (next: (Double, Int) -> Double, isUpward: Bool) {
    switch (node["step"], node["factor"]) {
    case (let step?, nil):
      let step = try self.step(step)
      guard step != 0 else { throw Unreadable(node, "the step of '\(name)' must be above 0, or below 0 to go down") }
      return ({ _, index in first + Double(index) * step }, step > 0)
    case (nil, let factor?):
      let factor = try ParameterType.number.value(of: factor, name: "\(name).factor").number ?? .nan
      guard factor > 0, factor != 1, first > 0 else {
        throw Unreadable(
          node, "in the range of '\(name)', 'factor' must be above 1, or below 1 to go down, and 'from' above 0",
          hint: first == 0 ? "from 0 on, a step works: { from: 0, to: 8, step: 2 }" : nil)
      }
      return ({ value, _ in value * factor }, factor > 1)
    default:
      throw Unreadable(node, "the range of '\(name)' needs either 'step' or 'factor'")
    }
  }

  private func number(_ node: Node, key: String) throws(Unreadable) -> Double {
    // As a duration, a rate needs no unit to be 0.
    if type == .rate, Self.isZero(node.text ?? "") { return 0 }
    // Types that have ranges are numbers.
    return try type.value(of: node, name: "\(name).\(key)").number ?? .nan
  }

  /// Reads a step. Whatever its type, it may be negative.
  private func step(_ node: Node) throws(Unreadable) -> Double {
    guard case .scalar(var scalar) = node.content, scalar.text.hasPrefix("-") else {
      return try number(node, key: "step")
    }
    scalar.text.removeFirst()
    var positive = node
    positive.content = .scalar(scalar)
    guard let step = try? number(positive, key: "step") else { return try number(node, key: "step") }
    return -step
  }
}

extension LevelRange {
  private static func isZero(_ text: String) -> Bool { Quantity.plainNumber(text) == 0 }

  /// Returns the type of a range whose setting is of no type: that of its ends and its step.
  ///
  /// - Throws: where they have no type in common.
  static func type(of node: Node) throws(Unreadable) -> ParameterType {
    let nodes = ["from", "to", "step"].compactMap { node[$0] }
    let texts = nodes.compactMap(\.text).map { $0.hasPrefix("-") ? String($0.dropFirst()) : $0 }
    let types: [ParameterType] = [.integer, .number, .size, .duration, .share, .rate]
    // The first type that all can be of; a leading zero is an error of an integer.
    let isWhole = texts.contains { Quantity.leadingZero($0) != nil }
    let fitting = types.first { type in
      texts.allSatisfy { (try? type.value(of: $0)) != nil || type == .rate && isZero($0) }
    }
    if isWhole { return .integer }
    if let fitting { return fitting }
    // The message is about what the first text with a unit must be.
    let united = texts.first { Quantity.plainNumber($0) == nil } ?? ""
    return types.dropFirst(2).first { (try? $0.value(of: united)) != nil } ?? .number
  }
}

/// The spelling of the levels of a range.
private struct Notation {
  let type: ParameterType
  let unit: String
  /// The value of one unit.
  let scale: Double

  /// - Parameter units: those of `from`, `step` and `to`.
  init(type: ParameterType, units: [String]) {
    self.type = type
    // A bare 0 may begin a range of durations, whose other texts have a unit.
    let needsUnit = type == .duration || type == .rate
    unit = (needsUnit ? units.first { !$0.isEmpty } : units.first) ?? ""
    scale = unit.isEmpty ? 1 : (try? type.value(of: "1" + unit))?.number ?? 1
  }

  /// Returns what follows the number: `ms`, `%` or `/min`.
  static func unit(of text: String) -> String {
    String(text.reversed().prefix { $0.isLetter || "%/".contains($0) }.reversed())
  }

  func text(of value: Double) -> String {
    switch type {
    case .integer: return String(shortest: value.rounded())
    case .size where value.rounded().truncatingRemainder(dividingBy: scale) != 0:
      return String(shortest: value.rounded()) + "B"
    case .size: return number(value.rounded() / scale) + unit
    default: return number(value / scale) + unit
    }
  }

  /// Nine decimals hide what sums of fractions lack; small numbers keep as many digits.
  private func number(_ number: Double) -> String {
    let rounded = (number * 1e9).rounded() / 1e9
    if number == 0 || abs(rounded - number) <= 1e-4 * abs(number), rounded.isFinite { return String(shortest: rounded) }
    return significant(number)
  }

  private func significant(_ number: Double) -> String {
    guard number != 0, number.isFinite else { return String(shortest: number) }
    var exponent = 0
    var mantissa = abs(number)
    while mantissa < 1 {
      mantissa *= 10
      exponent += 1
    }
    var rounded = (mantissa * 1e11).rounded() / 1e11
    if rounded >= 10 {
      rounded /= 10
      exponent -= 1
    }
    return (number < 0 ? "-" : "") + String(shortest: rounded) + (exponent > 0 ? "e-\(exponent)" : "")
  }
}
