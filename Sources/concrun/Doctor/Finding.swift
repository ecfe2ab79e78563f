/// What was measured, or why it couldn't be.
enum Finding<Value> {
  case measured(Value)
  case unknown(String)

  var value: Value? { if case .measured(let value) = self { value } else { nil } }

  var problem: String? { if case .unknown(let problem) = self { problem } else { nil } }
}

extension Finding: Sendable where Value: Sendable {}
