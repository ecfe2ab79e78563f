internal import Model

enum CellID {
  /// `workload/strategy/axis=value,…`, axes by name.
  static func make(workload: String, strategy: String, axes: [Axis], levels: [Level?]) -> String {
    var id = "\(workload)/\(strategy)"
    var separator = "/"
    for index in axes.indices.sorted(by: { axes[$0].name < axes[$1].name }) {
      guard let level = levels[index] else { continue }
      id += "\(separator)\(axes[index].name)=\(escape(level.text))"
      separator = ","
    }
    return id
  }

  /// Writes the bytes of characters that would split the id, of blanks and of control characters as %XX.
  private static func escape(_ text: String) -> String {
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
}
