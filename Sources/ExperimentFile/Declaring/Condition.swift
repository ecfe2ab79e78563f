internal import Model
internal import Quantities

/// A condition on a cell: on its labels or on one of its axes.
package struct Condition: Hashable, Sendable {
  enum Comparison: String, CaseIterable {
    // Longer spellings first: they are looked for in this order.
    case notEqual = "!="
    case atMost = "<="
    case atLeast = ">="
    case equal = "="
    case below = "<"
    case above = ">"
  }

  struct Test: Hashable, Sendable {
    var comparison: Comparison
    var operand: String
    private var number: Double?

    /// `>1`, `<=8`, `!=4`, or a value alone.
    init(_ text: String) {
      let match = Comparison.allCases.first { text.hasPrefix($0.rawValue) }
      self.init(match ?? .equal, text.dropFirst(match?.rawValue.count ?? 0))
    }

    init(_ comparison: Comparison, _ operand: some StringProtocol) {
      self.comparison = comparison
      self.operand = operand.trimmed
      number = Quantity.anyNumber(self.operand)
    }

    /// Says why this can't be meant; `nil` if it can.
    var objection: String? {
      if operand.isEmpty { return "there is nothing to compare with" }
      if operand.contains(where: { "=<>!".contains($0) }) { return "'\(operand)' isn't a value" }
      if ![.equal, .notEqual].contains(comparison), number == nil { return "'\(operand)' isn't a number" }
      return nil
    }

    func holds(for subject: Subject) -> Bool {
      if let b = number, let a = subject.number {
        return switch comparison {
        case .equal: a == b
        case .notEqual: a != b
        case .below: a < b
        case .above: a > b
        case .atMost: a <= b
        case .atLeast: a >= b
        }
      }
      return switch comparison {
      case .equal: subject.text == operand
      case .notEqual: subject.text != operand
      default: false
      }
    }
  }

  /// `workload`, `strategy`, or the name of an axis.
  var key: String
  /// One of them has to hold; where all are `!=`, every one.
  var tests: [Test]

  /// A level as conditions look at it.
  struct Subject {
    let text: String
    let number: Double?

    init(_ level: Level) {
      text = level.text
      number = level.value.number ?? Quantity.anyNumber(level.text)
    }
  }

  func holds(for subject: Subject) -> Bool {
    if tests.allSatisfy({ $0.comparison == .notEqual }) { return tests.allSatisfy { $0.holds(for: subject) } }
    return tests.contains { $0.holds(for: subject) }
  }
}

extension Condition: CustomStringConvertible {
  /// The condition as the command line writes it.
  package var description: String {
    key + (tests.first?.comparison.rawValue ?? "=") + tests.map(\.operand).joined(separator: ",")
  }
}

extension Condition {
  /// Returns whether the condition holds for a cell; `nil` if the cell doesn't have that axis.
  func holds(for cell: Cell, axes: [Axis]) -> Bool? {
    switch key {
    case "workload": return holds(for: Subject(Level(.string(cell.workload))))
    case "strategy": return holds(for: Subject(Level(.string(cell.strategy))))
    default:
      guard let index = axes.firstIndex(where: { $0.name == key }), let level = cell.levels[index] else { return nil }
      return holds(for: Subject(level))
    }
  }

  /// Parses a condition of the command line: `strategy=threads`, `max_workers<=8`, `workload=web,squares`.
  ///
  /// - Returns: `nil` if it isn't of that form.
  package init?(expression: String) {
    let name = expression.prefix { !"=<>!".contains($0) }
    let rest = expression.dropFirst(name.count)
    guard !name.trimmed.isEmpty, let comparison = Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) })
    else { return nil }
    let operands = rest.dropFirst(comparison.rawValue.count).split(separator: ",", omittingEmptySubsequences: false)
    let tests = operands.map { Test(comparison, $0) }
    guard tests.allSatisfy({ $0.objection == nil }) else { return nil }
    self.init(key: name.trimmed, tests: tests)
  }
}
