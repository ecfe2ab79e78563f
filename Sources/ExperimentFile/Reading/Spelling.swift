/// A finder of known words that are spelt nearly like an unknown one.
enum Spelling {
  /// Returns `did you mean 'max_workers'?`, or else the list of candidates, if it is short.
  static func hint(for word: String, among candidates: some Collection<String>) -> String? {
    if let match = closest(to: word, among: candidates) { return "did you mean '\(match)'?" }
    guard !candidates.isEmpty, candidates.count <= 12 else { return nil }
    return "known: " + candidates.map { $0 }.joined(separator: ", ")
  }

  static func closest(to word: String, among candidates: some Collection<String>) -> String? {
    guard word.utf8.count <= 100 else { return nil }
    let lower = word.lowercased()
    var best: (distance: Int, match: String)?
    for candidate in candidates {
      // The difference of their lengths is a part of the distance.
      let least = abs(word.utf8.count - candidate.utf8.count)
      guard least < best?.distance ?? .max, least <= max(1, word.utf8.count) else { continue }
      let distance = distance(lower, candidate.lowercased())
      if distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    guard let (distance, match) = best, distance <= max(1, min(word.count, match.count) / 3) else { return nil }
    return match
  }

  /// Counts insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var rows = [Array(0...b.count)]
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        var cost = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, rows[i - 2][j - 2] + 1) }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}

/// Returns a hint at the right spelling of a name that stands in no file; `nil` if there is none.
package func spellingHint(for word: String, among candidates: [String]) -> String? {
  Spelling.hint(for: word, among: candidates)
}
