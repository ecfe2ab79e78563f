/// Tags that mean nothing to a reader that decides by its schema what a scalar is.
enum Tags {
  private static let core = "tag:yaml.org,2002:"
  private static let ignored: Set<String> = ["str", "int", "float", "bool", "null", "seq", "map"]

  static func isKnown(_ tag: String) -> Bool {
    tag == "!" || (tag.hasPrefix(core) && ignored.contains(String(tag.dropFirst(core.count))))
  }

  /// Returns true if a tag makes an unquoted scalar a text.
  static func makesText(_ tag: String) -> Bool { tag == "!" || tag == core + "str" }
}
