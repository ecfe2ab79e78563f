internal import Model
internal import Quantities
internal import YAML

extension Node {
  /// An empty place at the beginning of this node, for messages about something that is missing from the whole of it.
  var start: Node {
    var node = self
    node.span.end = node.span.start
    return node
  }

  /// The template that the text of this scalar was made of, if it was.
  var template: Template? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar.template
  }

  /// The text of this scalar as messages quote it: as the file has it.
  var quotedText: String { template?.text ?? text ?? "" }

  /// The scalars in this node, in the order of the file; without keys.
  var scalars: [Node] {
    switch content {
    case .scalar: [self]
    case .sequence(let items): items.flatMap(\.scalars)
    case .mapping(let entries): entries.flatMap(\.value.scalars)
    }
  }

  /// The value as most programs read YAML, but with this project's spelling of numbers.
  var anyValue: Value {
    switch content {
    case .sequence(let items): return .list(items.map(\.anyValue))
    case .mapping(let entries):
      return .map(Dictionary(entries.map { ($0.keyText, $0.value.anyValue) }) { $1 })
    case .scalar(let scalar):
      guard scalar.isPlain else { return .string(scalar.text) }
      if isNull { return .null }
      if scalar.text == "true" || scalar.text == "false" { return .boolean(scalar.text == "true") }
      do {
        return .integer(try Quantity.integer(scalar.text))
      } catch  where error.hint != nil {
        // Some programs read this as hexadecimal or octal. That is up to the plugin.
        return .string(scalar.text)
      } catch {
        return Quantity.plainNumber(scalar.text).map(Value.number) ?? .string(scalar.text)
      }
    }
  }

  /// Returns the text that a value read from this node has as a level of an axis.
  ///
  /// Numbers have one spelling. Sizes, durations and shares stay as they are written.
  func levelText(of value: Value) -> String {
    guard let text else { return value.description }
    return Quantity.plainNumber(text) != nil ? value.description : text
  }
}

extension Node.Template {
  /// What the names of the template stand for, as the end of a message: ` where n is 01 and unit is kB`.
  var circumstances: String {
    values.isEmpty ? "" : " where " + values.map { "\($0.name) is \($0.text)" }.joined(separator: " and ")
  }
}
