internal import Model

/// A dimension of the matrix: a variable, or a parameter that has several alternatives.
struct MatrixAxis: Hashable {
  enum Origin: Hashable {
    case variable
    case workload, strategy
  }

  var origin: Origin
  /// The variable's or the parameter's name.
  var key: String
  /// The name of its column.
  var name: String
  var count: Int
}

/// The names of columns, also where a workload and a strategy have a parameter of the same name.
struct ColumnNaming {
  private let shared: Set<String>

  init(_ declaration: Declaration) {
    let ofWorkloads = Set(declaration.workloads.flatMap { $0.plugin.parameters.map(\.name) })
    let ofStrategies = Set(declaration.strategies.flatMap { $0.plugin.parameters.map(\.name) })
    shared = ofWorkloads.intersection(ofStrategies).subtracting([ParameterName.maxWorkers])
  }

  /// Returns whether a name is the column of a parameter that a workload and a strategy have.
  func isColumn(_ name: String) -> Bool {
    [PluginDescription.Kind.workload, .strategy].contains { kind in
      name.hasPrefix("\(kind.rawValue)_") && shared.contains(String(name.dropFirst(kind.rawValue.count + 1)))
    }
  }

  func column(_ parameter: String, of kind: PluginDescription.Kind) -> String {
    shared.contains(parameter) ? "\(kind.rawValue)_\(parameter)" : parameter
  }
}
