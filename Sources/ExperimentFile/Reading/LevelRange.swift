internal import Model
internal import YAML

/// A range as a file writes it: `{from: 1, to: 128, factor: 2}` stands for 1, 2, 4, … 128.
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
    let values = try values(from: number(from, as: type, key: "from"), to: number(to, as: type, key: "to"))
    let unit = from.text.map { text in String(text.drop { !$0.isLetter && $0 != "%" && $0 != "µ" }) } ?? ""
    let scale = unit.isEmpty ? 1 : (try? type.value(of: "1" + unit))?.number ?? 1
    var seen: Set<String> = []
    return values.map { text(of: $0, unit: unit, scale: scale) }.filter { seen.insert($0).inserted }.map {
      Node(content: .scalar(Node.Scalar(text: $0, isPlain: true)), span: node.span, source: node.source)
    }
  }

  private func values(from first: Double, to last: Double) throws(Unreadable) -> [Double] {
    let next = try step(from: first)
    guard first <= last else { throw Unreadable(node, "the range of '\(name)' is empty: 'from' is above 'to'") }
    var values: [Double] = []
    while next(values.count) <= last * (1 + 1e-12) {
      values.append(next(values.count))
      guard values.count <= Self.maximumCount else {
        throw Unreadable(node, "the range of '\(name)' has more than \(Self.maximumCount) values")
      }
    }
    return values
  }

  /// Returns the function from the index of a level to its value.
  private func step(from first: Double) throws(Unreadable) -> (Int) -> Double {
    switch (node["step"], node["factor"]) {
    case (let step?, nil):
      let step = try number(step, as: type, key: "step")
      guard step > 0 else { throw Unreadable(node, "the step of '\(name)' must be above 0") }
      return { first + Double($0) * step }
    case (nil, let factor?):
      let factor = try number(factor, as: .number, key: "factor")
      guard factor > 1, first > 0 else {
        throw Unreadable(node, "in the range of '\(name)', 'factor' must be above 1 and 'from' above 0")
      }
      return { index in (0..<index).reduce(first) { value, _ in value * factor } }
    default:
      throw Unreadable(node, "the range of '\(name)' needs either 'step' or 'factor'")
    }
  }

  private func number(_ node: Node, as type: ParameterType, key: String) throws(Unreadable) -> Double {
    // Types that have ranges are numbers.
    try type.value(of: node, name: "\(name).\(key)").number ?? .nan
  }

  private func text(of value: Double, unit: String, scale: Double) -> String {
    switch type {
    case .integer: return String(shortest: value.rounded())
    case .size where value.rounded().truncatingRemainder(dividingBy: scale) != 0:
      return String(shortest: value.rounded()) + "B"
    default:
      return String(shortest: (value / scale * 1e9).rounded() / 1e9) + unit
    }
  }
}
