internal import Model

/// A table as plain text or as Markdown.
package struct TextTable {
  /// The side on which a column's texts begin or end.
  package enum Alignment: Sendable {
    case left, right
  }

  /// The head of a column.
  package struct Column {
    /// The title; empty for none.
    package var title: String
    /// The side to which texts are aligned.
    package var alignment: Alignment
  }

  /// The columns, from left to right.
  package var columns: [Column]
  /// The rows from top to bottom, with a text for each column.
  package var rows: [[String]] = []

  /// Takes titles and alignments of the columns; the table has no rows yet.
  package init(_ columns: [(String, Alignment)]) {
    self.columns = columns.map { Column(title: $0.0, alignment: $0.1) }
  }

  /// The same table without columns that are empty in every row.
  package var compacted: TextTable {
    let kept = columns.indices.filter { index in rows.contains { !$0[index].isEmpty } }
    var result = self
    result.columns = kept.map { columns[$0] }
    result.rows = rows.map { row in kept.map { row[$0] } }
    return result
  }

  /// Returns the table as text, columns padded with blanks. A header without any title is left out.
  package func plain(indent: String = "  ") -> String {
    let widths = columns.indices.map { index in
      ([columns[index].title] + rows.map { $0[index] }).map(\.displayWidth).max() ?? 0
    }
    let titles = columns.map(\.title)
    return ((titles.allSatisfy(\.isEmpty) ? [] : [titles]) + rows).map { row in
      let cells = row.indices.map { pad(row[$0], to: widths[$0], columns[$0].alignment) }
      let line = indent + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }

  /// The table in Markdown.
  package var markdown: String {
    let rule = columns.map { $0.alignment == .left ? ":--" : "--:" }
    return ([columns.map(\.title), rule] + rows).map { row in
      "| " + row.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }.joined()
  }

  private func pad(_ text: String, to width: Int, _ alignment: Alignment) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.displayWidth))
    return alignment == .left ? text + blanks : blanks + text
  }
}
