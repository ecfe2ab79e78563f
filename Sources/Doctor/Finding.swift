/// A measured value, or the reason why there is none.
package enum Finding<Value> {
  case measured(Value)
  case unknown(String)

  /// The measured value; `nil` if there is none.
  package var value: Value? { if case .measured(let value) = self { value } else { nil } }

  /// The reason why there is no value; `nil` if there is one.
  package var problem: String? { if case .unknown(let problem) = self { problem } else { nil } }
}

extension Finding: Sendable where Value: Sendable {}
