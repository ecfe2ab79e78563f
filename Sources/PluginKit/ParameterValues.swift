package import Model

/// The values of a plugin's parameters, checked against its declarations and completed by their defaults.
package struct ParameterValues: Sendable {
  /// All values by their names.
  package let all: [String: Value]
  /// The embedded server's answer to each URL of the workload, where that is known; empty elsewhere.
  package let answers: [OriginAnswer?]

  /// Takes values that a schema has checked.
  package init(_ all: [String: Value], answers: [OriginAnswer?] = []) {
    self.all = all
    self.answers = answers
  }

  /// Returns an integer.
  package func integer(_ name: String) throws(ParameterError) -> Int {
    guard let value = all[name]?.integer else { throw ParameterError(name: name, expected: "an integer") }
    return value
  }

  /// Durations are in seconds.
  package func number(_ name: String) throws(ParameterError) -> Double {
    guard let value = all[name]?.number else { throw ParameterError(name: name, expected: "a number") }
    return value
  }

  /// Returns a list of strings.
  package func strings(_ name: String) throws(ParameterError) -> [String] {
    guard let values = all[name]?.list?.map(\.string), !values.contains(nil) else {
      throw ParameterError(name: name, expected: "a list of texts")
    }
    return values.compactMap { $0 }
  }

  /// Returns a string.
  package func string(_ name: String) throws(ParameterError) -> String {
    guard let value = all[name]?.string else { throw ParameterError(name: name, expected: "a text") }
    return value
  }

  /// Returns a Boolean.
  package func boolean(_ name: String) throws(ParameterError) -> Bool {
    guard let value = all[name]?.boolean else { throw ParameterError(name: name, expected: "true or false") }
    return value
  }

  /// Returns an integer; `nil` where there is none.
  package func optionalInteger(_ name: String) -> Int? { all[name]?.integer }
  /// Returns a string; `nil` where there is none.
  package func optionalString(_ name: String) -> String? { all[name]?.string }
  /// Returns a mapping; `nil` where there is none.
  package func optionalMap(_ name: String) -> [String: Value]? { all[name]?.map }
}

/// A value that a plugin can't work with, although its schema allows it.
package struct ParameterError: Error, Hashable, CustomStringConvertible {
  /// The parameter's name.
  package var name: String
  /// What is wrong with its value.
  package var problem: String
  /// Which item of a list, from 0; `nil`: all of it.
  package var item: Int?

  /// Makes an error about a parameter, or about one item of its list.
  package init(name: String, problem: String, item: Int? = nil) {
    self.name = name
    self.problem = problem
    self.item = item
  }

  init(name: String, expected: String) {
    self.init(name: name, problem: "it must be \(expected)")
  }

  /// The name and the problem.
  package var description: String { "'\(name)': \(problem)" }
}
