internal import Model
internal import YAML

/// A name for one text, or for several in turn.
struct Variable {
  var name: String
  var node: Node
  var levels: [Level]
  var isAxis: Bool
}
