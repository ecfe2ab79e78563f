internal import Model

/// Text of SVG pictures.
enum SVG {
  /// A horizontal band of a picture.
  struct Row {
    /// The upper edge.
    var y: Double
    var height: Double

    /// Returns a rectangle as high as the row; nothing if it would have no width.
    ///
    /// - Parameter kind: the rectangle's class in the style sheet.
    func box(_ kind: String, from start: Double, to end: Double) -> String {
      guard end > start else { return "" }
      return """
        <rect class="\(kind)" x="\(SVG.number(start))" y="\(SVG.number(y))" width="\(SVG.number(max(0.3, end - start)))" \
        height="\(SVG.number(height))"/>

        """
    }
  }

  /// Returns a number with at most two decimals.
  static func number(_ value: Double) -> String { String(shortest: (value * 100).rounded() / 100) }

  /// Returns a text without characters that mean something in XML.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
