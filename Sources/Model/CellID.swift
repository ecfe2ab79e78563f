/// The id of a cell as its parts, and as its text: `workload/strategy/axis=value,…`.
///
/// Axes are in alphabetical order. In the value of an axis, characters that would be mistaken for a part of the id, blanks
/// and control characters are written as `%XX`, a byte of UTF-8 each.
package struct CellID: Hashable, Sendable {
  /// The level of one axis.
  package struct AxisLevel: Hashable, Sendable {
    /// The name of the axis.
    package var axis: String
    /// The level as the file has it, with its unit.
    package var text: String

    package init(axis: String, text: String) {
      self.axis = axis
      self.text = text
    }
  }

  /// The label of the work in a table that has none.
  package static let unnamedWorkload = "work"

  /// The label of the workload.
  package let workload: String
  /// The label of the strategy.
  package let strategy: String
  /// The levels of the axes that the cell has, by the names of the axes.
  package let levels: [AxisLevel]

  package init(workload: String, strategy: String, levels: [AxisLevel]) {
    self.workload = workload
    self.strategy = strategy
    self.levels = levels.sorted { $0.axis < $1.axis }
  }

  /// Takes an id apart. A text without a slash is the label of a strategy. Text that is no level is left out.
  package init(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    workload = parts.count > 1 ? String(parts[0]) : Self.unnamedWorkload
    strategy = String(parts[min(1, parts.count - 1)])
    let pairs = parts.count > 2 ? parts[2].split(separator: ",") : []
    levels = pairs.compactMap { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return sides.count == 2 ? AxisLevel(axis: String(sides[0]), text: unescaped(sides[1])) : nil
    }
  }

  /// The id as results have it.
  package var text: String {
    var text = "\(workload)/\(strategy)"
    var separator = "/"
    for level in levels {
      text += "\(separator)\(level.axis)=\(escaped(level.text))"
      separator = ","
    }
    return text
  }

  /// Returns the level of an axis as the file has it; `nil` where the cell doesn't have that axis.
  package func level(of axis: String) -> String? { levels.first { $0.axis == axis }?.text }
}

private func escaped(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"/,=%\"".utf8.contains($0) }
  if isPlain { return text }
  return text.unicodeScalars.map { scalar in
    let mustGo =
      scalar.value <= 0x20 || scalar.value == 0x7f || "/,=%\"".unicodeScalars.contains(scalar)
      || scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
    guard mustGo else { return String(scalar) }
    return String(scalar).utf8.map { byte in
      let hex = String(byte, radix: 16, uppercase: true)
      return "%" + (hex.count == 1 ? "0" : "") + hex
    }.joined()
  }.joined()
}

private func unescaped(_ text: Substring) -> String {
  let pieces = text.split(separator: "%", omittingEmptySubsequences: false)
  var bytes = Array(pieces[0].utf8)
  for piece in pieces.dropFirst() {
    if let byte = UInt8(piece.prefix(2), radix: 16) { bytes.append(byte) }
    bytes += piece.dropFirst(2).utf8
  }
  return String(decoding: bytes, as: UTF8.self)
}
