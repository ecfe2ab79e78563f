internal import YAML

/// The names that texts of a file can have in them, and what each stands for where one text is for the whole file.
struct FileScope {
  /// The texts of variables that have one.
  var texts: [String: String] = [:]
  /// Names whose text isn't the same everywhere: variables with several values, and what only a cell has.
  var varying: Set<String> = []
  /// Names of variables that have an error. Texts that refer to them aren't read.
  var broken: Set<String> = []

  /// Says why a text for the whole file can't have a name in it, with advice; `nil` if it can.
  func objection(to name: String) -> (problem: String, hint: String?)? {
    if texts[name] != nil { return nil }
    if varying.contains(name) {
      return (
        "'\(name)' isn't the same in all cells, and this text is for the whole experiment",
        "use a variable that has one value"
      )
    }
    return ("nothing is called '\(name)'", Spelling.hint(for: name, among: texts.keys.sorted()))
  }
}

/// The names that texts of a file refer to, for the warning about variables that nothing uses.
final class UsedNames {
  private(set) var all: Set<String> = []

  func add(_ names: some Sequence<String>) { all.formUnion(names) }
}
