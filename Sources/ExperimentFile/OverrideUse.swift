internal import Model
internal import YAML

/// The overrides of a call, and which of them had a place or a name in any of its files.
struct OverrideUse {
  /// The overrides as the command line gives them.
  let given: Overrides
  private let assignments: [Assignment]
  private var appliedAssignments: Set<Int> = []
  /// The names that conditions can have, each with its labels; an axis has none here.
  private var knownNames: [String: Set<String>] = [:]
  private var matchedOnly: Set<Condition> = []

  init(of overrides: Overrides, log: DiagnosticLog) {
    given = overrides
    assignments = overrides.set.map { Assignment($0, log: log) }
  }

  /// Puts the values of `--set` into a file.
  mutating func applied(to root: Node) -> Node {
    assignments.enumerated().reduce(root) { root, assignment in
      guard let changed = assignment.element.applied(to: root) else { return root }
      appliedAssignments.insert(assignment.offset)
      return changed
    }
  }

  mutating func remember(_ declaration: Declaration, axes: [Axis]) {
    knownNames["workload", default: []].formUnion(declaration.workloadLabels)
    knownNames["strategy", default: []].formUnion(declaration.strategies.map(\.label))
    for axis in axes {
      knownNames[axis.name, default: []] = []
    }
  }

  mutating func remember(_ cells: [Cell], axes: [Axis]) {
    for condition in given.only where cells.contains(where: { condition.holds(for: $0, axes: axes) == true }) {
      matchedOnly.insert(condition)
    }
  }

  /// Returns messages about places and names that no file has. Without a file that could be decoded there are none.
  func usageErrors(hasExperiments: Bool) -> [String] {
    guard !knownNames.isEmpty else { return [] }
    var usage: [String] = []
    for (index, assignment) in assignments.enumerated()
    where !appliedAssignments.contains(index) && assignment.text.contains("=") {
      usage.append("--set \(SecretSyntax.masked(assignment: assignment.text)): no file has such a place")
    }
    for condition in given.only {
      guard let labels = knownNames[condition.key] else {
        let hint = Spelling.hint(for: condition.key, among: knownNames.keys.sorted()).map { ": \($0)" } ?? ""
        usage.append("--only \(condition.key): neither 'workload' nor 'strategy' nor an axis\(hint)")
        continue
      }
      if labels.isEmpty, hasExperiments, !matchedOnly.contains(condition) {
        usage.append("--only \(condition): no cell has such a level")
      }
      for test in condition.tests where !labels.isEmpty && !labels.contains(test.operand) {
        let hint = Spelling.hint(for: test.operand, among: labels.sorted()).map { ": \($0)" } ?? ""
        usage.append("--only \(condition.key)=\(test.operand): no \(condition.key) is called that\(hint)")
      }
    }
    return usage
  }
}
