/// The id of a cell, both in parts and as text: `workload/strategy/axis=value,…`.
///
/// Axes are in alphabetical order. In labels and values, some characters are written as `%XX`, one for each byte of
/// UTF-8. These are blanks, control characters and characters that separate the parts of an id.
package struct CellID: Hashable, Sendable {
  /// The level of one axis.
  package struct AxisLevel: Hashable, Sendable {
    /// The name of the axis.
    package var axis: String
    /// The level's text in the experiment file, with its unit.
    package var text: String

    /// Makes a level of an axis.
    package init(axis: String, text: String) {
      self.axis = axis
      self.text = text
    }
  }

  /// The workload label of tables that don't name a workload.
  package static let unnamedWorkload = "work"

  /// The label of the workload.
  package let workload: String
  /// The label of the strategy.
  package let strategy: String
  /// The levels of the cell's axes, sorted by the names of the axes.
  package let levels: [AxisLevel]

  /// Makes an id of its parts, with levels in any order.
  package init(workload: String, strategy: String, levels: [AxisLevel]) {
    self.workload = workload
    self.strategy = strategy
    // A plan may have a million cells, and most callers have the axes in their order.
    let isSorted = zip(levels, levels.dropFirst()).allSatisfy { $0.axis <= $1.axis }
    self.levels = isSorted ? levels : levels.sorted { $0.axis < $1.axis }
  }

  /// Parses the text of an id.
  ///
  /// A text without a slash is the label of a strategy. Parts that are no `axis=value` pair are ignored.
  package init(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    workload = parts.count > 1 ? unescaped(parts[0]) : Self.unnamedWorkload
    strategy = unescaped(parts[min(1, parts.count - 1)])
    let pairs = parts.count > 2 ? parts[2].split(separator: ",") : []
    levels = pairs.compactMap { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return sides.count == 2 ? AxisLevel(axis: String(sides[0]), text: unescaped(sides[1])) : nil
    }
  }

  /// The id's text in results.
  package var text: String {
    // The labels of other tables stay as they are written.
    var writer = Writer(beginning: "\(workload)/\(strategy)")
    for level in levels { writer.add(level.text, of: level.axis) }
    return writer.text
  }

  /// Returns the text of an axis's level in the file, or `nil` if the cell doesn't have that axis.
  package func level(of axis: String) -> String? { levels.first { $0.axis == axis }?.text }
}

extension CellID {
  /// The text of an id in the making. For plans: a million cells need no parts, only their texts.
  package struct Writer {
    /// The id so far.
    package private(set) var text: String
    private var separator = "/"

    fileprivate init(beginning text: String) {
      self.text = text
    }

    /// Begins the id of a cell of a plan, whose labels may have blanks in them.
    package init(workload: String, strategy: String) {
      text = "\(escaped(workload))/\(escaped(strategy))"
    }

    /// Adds the level of an axis. Axes come in alphabetical order.
    package mutating func add(_ level: String, of axis: String) {
      text += "\(separator)\(axis)=\(escaped(level))"
      separator = ","
    }
  }
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
  guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
  let pieces = text.split(separator: "%", omittingEmptySubsequences: false)
  var bytes = Array(pieces[0].utf8)
  for piece in pieces.dropFirst() {
    let digits = piece.prefix(2)
    if digits.utf8.count == 2, digits.utf8.first != UInt8(ascii: "+"), let byte = UInt8(digits, radix: 16) {
      bytes.append(byte)
      bytes += piece.dropFirst(2).utf8
    } else {
      // The tables of others may have one that escapes nothing.
      bytes.append(UInt8(ascii: "%"))
      bytes += piece.utf8
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
