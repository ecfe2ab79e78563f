internal import Model
internal import YAML

/// The checks of names that must, or mustn't, be axes of the experiment.
struct NameChecks {
  let declaration: Declaration
  let axes: [Axis]
  /// The axes of all workloads and strategies.
  let matrixAxes: [MatrixAxis]
  let log: DiagnosticLog

  func run() {
    checkVariables()
    checkMetrics()
    checkZips()
    checkExclusions()
  }

  private func checkVariables() {
    for axis in matrixAxes where axis.origin != .variable {
      if let variable = declaration.variables.first(where: { $0.name == axis.name && $0.isAxis }) {
        log.error(
          variable.node, "'\(axis.name)' is a variable and an axis of its own: both would be one column",
          hint: "rename the variable")
      }
    }
  }

  private func checkMetrics() {
    for use in declaration.strategies + declaration.workloads {
      for setting in use.settings where setting.schema.type == .map(.pattern) {
        for entry in setting.alternatives.flatMap({ $0.entries ?? [] }) {
          let name = entry.keyText
          if !Template.isName(name) {
            log.error(entry.key, "'\(name)' isn't a name: letters, digits and _, and no digit first")
          } else if ColumnNames.reserved.contains(name) || axes.contains(where: { $0.name == name }) {
            log.error(entry.key, "a metric can't be called '\(name)': there is such a column already")
          }
        }
      }
    }
  }

  private func checkZips() {
    for zip in declaration.zips {
      for (index, name) in zip.names.enumerated() where !isAxis(name) {
        log.error(
          zip.node.sequence?[index] ?? zip.node, "'\(name)' is not an axis of this experiment",
          hint: Spelling.hint(for: name, among: axes.map(\.name)))
      }
    }
    for (name, count) in Dictionary(declaration.zips.flatMap(\.names).map { ($0, 1) }, uniquingKeysWith: +)
    where count > 1 {
      log.error(declaration.zips[0].node, "'\(name)' stands in two zips")
    }
  }

  /// Returns whether a name is an axis, or may be one of what could not be read.
  private func isAxis(_ name: String) -> Bool {
    axes.contains { $0.name == name } || declaration.doubts.mayBeAxis(name)
      || declaration.variablesAndSections.contains {
        $0.name == name && $0.isAxis && !declaration.doubts.isNothingUnread
      }
  }

  /// Reports conditions on labels and axes that aren't there.
  private func checkExclusions() {
    let labels = [
      "workload": declaration.workloadLabels,
      "strategy": declaration.strategies.map(\.label),
    ]
    for exclusion in declaration.excludes {
      for condition in exclusion.conditions {
        let entry = exclusion.node.entries?.first { $0.keyText == condition.key }
        if let known = labels[condition.key] {
          let kind: PluginDescription.Kind = condition.key == "workload" ? .workload : .strategy
          for (index, test) in condition.tests.enumerated()
          where !known.contains(test.operand) && !declaration.doubts.mayBeLabel(test.operand, of: kind) {
            log.error(
              entry?.value.sequence?[index] ?? entry?.value ?? exclusion.node,
              "no \(condition.key) is called '\(test.operand)'",
              hint: Spelling.hint(for: test.operand, among: known))
          }
        } else if !isAxis(condition.key) {
          log.error(
            entry?.key ?? exclusion.node, "'\(condition.key)' is not an axis of this experiment",
            hint: Spelling.hint(for: condition.key, among: ["workload", "strategy"] + axes.map(\.name)))
        }
      }
    }
  }
}
