internal import Model
internal import YAML

/// The alternatives of a setting: one, or those of an axis.
extension Diagnostics {
  /// More levels than anybody plots; a bound on what a range can ask for.
  private static var maximumLevels: Int { 10_000 }

  /// Reads what was given for a scalar or a list: a value, a list of values where a scalar is expected,
  /// `{from, to, step|factor}`, or `{axis: [[…], […]]}` where a list is expected.
  mutating func alternatives(of node: Node, for type: ParameterType, name: String) -> (nodes: [Node], isAxis: Bool)? {
    if let axis = node["axis"], !type.isScalar, node.entries?.count == 1 {
      return levels(axis, name: name)
    }
    guard type.isScalar else { return ([node], false) }
    if node.sequence != nil { return levels(node, name: name) }
    if node.entries != nil, !(type.isSwitchable && node["from"] == nil) {
      guard let range = range(node, type: type, name: name) else { return nil }
      return (range, true)
    }
    return ([node], false)
  }

  private mutating func levels(_ node: Node, name: String) -> (nodes: [Node], isAxis: Bool)? {
    guard let items = node.sequence else {
      error(node, "the axis of '\(name)' must be a list, and this is \(node.kindName)")
      return nil
    }
    guard !items.isEmpty else {
      error(node, "the axis '\(name)' has no values")
      return nil
    }
    return (items, true)
  }

  /// `{from: 1, to: 128, factor: 2}` → 1, 2, 4, … 128: both ends included where the steps reach them.
  private mutating func range(_ node: Node, type: ParameterType, name: String) -> [Node]? {
    let known = ["from", "to", "step", "factor"]
    for entry in node.entries ?? [] where !known.contains(entry.keyText) {
      error(
        entry.key, "unknown key '\(entry.keyText)' in the range of '\(name)'",
        hint: Spelling.hint(for: entry.keyText, among: known))
      return nil
    }
    guard let from = node["from"], let to = node["to"] else {
      error(node, "the range of '\(name)' needs 'from' and 'to'", hint: "{ from: 1, to: 8, factor: 2 }")
      return nil
    }
    guard type.numericUnit != nil else {
      error(node, "'\(name)' is \(type.article): it can't be a range", hint: "write a list of values")
      return nil
    }
    guard let first = read(from, as: type, name: "\(name).from")?.number,
      let last = read(to, as: type, name: "\(name).to")?.number
    else { return nil }

    let next: (Int) -> Double
    switch (node["step"], node["factor"]) {
    case (let step?, nil):
      guard let step = read(step, as: type, name: "\(name).step")?.number else { return nil }
      guard step > 0 else {
        error(node, "the step of '\(name)' must be above 0")
        return nil
      }
      next = { first + Double($0) * step }
    case (nil, let factor?):
      guard let factor = read(factor, as: .number, name: "\(name).factor")?.number else { return nil }
      guard factor > 1, first > 0 else {
        error(node, "in the range of '\(name)', 'factor' must be above 1 and 'from' above 0")
        return nil
      }
      next = { index in (0..<index).reduce(first) { value, _ in value * factor } }
    default:
      error(node, "the range of '\(name)' needs either 'step' or 'factor'")
      return nil
    }
    guard first <= last else {
      error(node, "the range of '\(name)' is empty: 'from' is above 'to'")
      return nil
    }
    var values: [Double] = []
    while next(values.count) <= last * (1 + 1e-12) {
      values.append(next(values.count))
      guard values.count <= Self.maximumLevels else {
        error(node, "the range of '\(name)' has more than \(Self.maximumLevels) values")
        return nil
      }
    }
    let unit = from.text.map(unitSuffix) ?? ""
    var ignored = Diagnostics()
    let one = Node(content: .scalar(Node.Scalar(text: "1" + unit, isPlain: true)), span: from.span, source: from.source)
    let scale = unit.isEmpty ? 1 : ignored.read(one, as: type, name: name)?.number ?? 1
    return unique(values.map { render($0, type: type, unit: unit, scale: scale) }).map {
      Node(content: .scalar(Node.Scalar(text: $0, isPlain: true)), span: node.span, source: node.source)
    }
  }

  /// In the unit that `from` was written in.
  private func render(_ value: Double, type: ParameterType, unit: String, scale: Double) -> String {
    switch type {
    case .integer: return String(shortest: value.rounded())
    case .size where value.rounded().truncatingRemainder(dividingBy: scale) != 0:
      return String(shortest: value.rounded()) + "B"
    default:
      return String(shortest: (value / scale * 1e9).rounded() / 1e9) + unit
    }
  }

  private func unitSuffix(_ text: String) -> String { String(text.drop { !$0.isLetter && $0 != "%" && $0 != "µ" }) }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}

extension ParameterType {
  /// Whether a mapping is one value of it, not a range.
  var isSwitchable: Bool { if case .switchable = self { true } else { false } }

  /// Whether a range of it makes sense, and its base unit.
  var numericUnit: String? {
    switch self {
    case .integer, .number, .share: ""
    case .duration, .size: unit
    default: nil
    }
  }
}
