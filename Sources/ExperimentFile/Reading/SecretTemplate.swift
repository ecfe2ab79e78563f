/// The pieces of a text with `${name}` in it, for texts that may be broken: what isn't a reference is text.
enum SecretTemplate {
  static func pieces(of text: String) -> [Template.Piece] {
    if let pieces = try? Template.allPieces(of: text) { return pieces }
    return [.text(text[...])]
  }
}
