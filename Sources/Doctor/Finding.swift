/// A measured value, or the reason why there is none.
package enum Finding<Value> {
  case measured(Value)
  case unknown(String)

  package var value: Value? { if case .measured(let value) = self { value } else { nil } }

  package var problem: String? { if case .unknown(let problem) = self { problem } else { nil } }
}

extension Finding: Sendable where Value: Sendable {}
