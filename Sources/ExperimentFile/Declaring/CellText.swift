internal import Model
internal import YAML

/// An environment variable, or the command of a hook, that each cell has for itself.
struct CellText {
  enum Place {
    case environment(String)
    case hook(Hooks.Moment)
  }

  let place: Place
  /// The value of the variable, or the words of the command.
  let texts: [Node]
  let references: [Template.Reference]

  var names: Set<String> { Set(references.map(\.name)) }

  /// Puts filled texts where they belong.
  func set(_ texts: [String], in cell: inout Cell) {
    switch place {
    case .environment(let name): cell.environment[name] = texts.first
    case .hook(let moment): cell.hooks.commands[moment] = texts
    }
  }
}
