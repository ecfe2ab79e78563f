package import Model
package import YAML

/// A file and the plan that it comes to.
package struct LoadedExperiment: Sendable {
  package var source: Source
  package var plan: Plan
  /// What its author was warned of.
  package var warnings: [String]
}

/// All that the files of one call come to. There are experiments only if there are no errors.
package struct LoadResult: Sendable {
  package var experiments: [LoadedExperiment]
  package var diagnostics: [Diagnostic]
  /// What is wrong with the command line itself.
  package var usageErrors: [String]

  package var hasErrors: Bool { !usageErrors.isEmpty || diagnostics.contains { $0.severity == .error } }
}

/// The bytes of a file that an experiment file names.
package typealias FileReader = @Sendable (_ path: String) throws -> [UInt8]

/// Which parameter of a plugin, or which item of it, it can't work with, and why, although every schema allows it.
package typealias PluginObjection =
  @Sendable (_ kind: PluginDescription.Kind, _ plugin: ResolvedPlugin) -> (
    parameter: String, item: Int?, problem: String
  )?

/// Text → plans: every file is read to its end, and every problem of every file is told.
package func load(
  _ sources: [Source], overrides: Overrides = Overrides(), catalog: Catalog,
  readFile: @escaping FileReader, plugins: @escaping PluginSearch = { _ in FoundPlugins() },
  objection: @escaping PluginObjection
) -> LoadResult {
  var loader = Loader(overrides: overrides, catalog: catalog, readFile, ExternalPlugins(search: plugins), objection)
  for source in sources {
    loader.load(source)
  }
  return loader.finish()
}

private struct Loader {
  private let overrides: Overrides
  private let assignments: [Assignment]
  private let catalog: Catalog
  private let readFile: FileReader
  private let externalPlugins: ExternalPlugins
  private let objection: PluginObjection
  private var experiments: [LoadedExperiment] = []
  private var diagnostics: [Diagnostic] = []
  private var files: [String: Source] = [:]
  private var appliedAssignments: Set<Int> = []
  private var knownNames: [String: Set<String>] = [:]
  private var matchedOnly: Set<Condition> = []

  init(
    overrides: Overrides, catalog: Catalog, _ readFile: @escaping FileReader, _ externalPlugins: ExternalPlugins,
    _ objection: @escaping PluginObjection
  ) {
    self.overrides = overrides
    self.catalog = catalog
    self.readFile = readFile
    self.externalPlugins = externalPlugins
    self.objection = objection
    var found = Diagnostics()
    assignments = overrides.set.map { Assignment($0, &found) }
    diagnostics = found.all
  }

  mutating func load(_ source: Source) {
    var found = Diagnostics(readFile: readFile)
    if let plan = plan(source, &found), !found.hasErrors {
      experiments.append(
        LoadedExperiment(source: source, plan: plan, warnings: found.sorted.map(\.message)))
    }
    diagnostics += found.sorted
  }

  private mutating func plan(_ source: Source, _ found: inout Diagnostics) -> Plan? {
    let stem = Self.stem(of: source.name)
    if let objection = Label.objection(to: stem) {
      found.add(Diagnostic(.error, source, nil, "the file's name is the experiment's: \(objection)"))
    }
    if let other = files.updateValue(source, forKey: stem) {
      found.add(
        Diagnostic(
          .error, source, nil, "its results would mix with those of \(other.name): both are called '\(stem)'",
          hint: "rename one, or run them one by one with different --output folders"))
    }
    let document: Document
    do throws(ParseFailure) {
      document = try parse(source)
    } catch {
      for problem in error.problems {
        found.add(Diagnostic(problem))
      }
      return nil
    }
    for problem in document.problems {
      found.add(Diagnostic(problem))
    }
    let root = override(document.root)
    let catalog = externalPlugins.complete(catalog, for: root, &found)
    // Strategies that it lacks for that reason needn't be complained about, too.
    if found.hasUnavailable { return nil }
    guard var declaration = FileDecoder(catalog: catalog).decode(root, experiment: stem, &found) else { return nil }
    References.check(&declaration, &found)
    override(&declaration.settings)
    var expansion = Expansion(declaration, objection)
    expansion.validate(&found)
    remember(declaration, expansion.axes)
    if found.hasErrors { return nil }
    return plan(declaration, &expansion, &found)
  }

  private mutating func plan(
    _ declaration: Declaration, _ expansion: inout Expansion, _ found: inout Diagnostics
  ) -> Plan? {
    var all = expansion.cells(&found)
    let impossible = ExternalLimits.apply(to: &all, declaration, &found)
    let baseline = Baselines.assign(&all, declaration, axes: expansion.axes, &found)
    if found.hasErrors { return nil }
    for condition in overrides.only
    where all.contains(where: { condition.holds(for: $0, axes: expansion.axes) == true }) {
      matchedOnly.insert(condition)
    }
    let selection = Selection(exclusions: declaration.excludes, only: overrides.only, axes: expansion.axes)
    let (cells, excluded) = selection.apply(to: all, &found)
    if cells.isEmpty, excluded.allSatisfy({ $0.reason != "--only" }) {
      let node = declaration.excludes.first?.node ?? declaration.root.start
      found.error(node, all.isEmpty ? "there are no cells" : "every cell is excluded: nothing is left to run")
      return nil
    }
    RemoteRequests.check(cells, declaration, &found)
    return Plan(
      experiment: declaration.experiment, description: declaration.description, axes: expansion.axes, cells: cells,
      excluded: impossible + excluded, baseline: baseline, settings: declaration.settings, hooks: declaration.hooks,
      environment: declaration.environment, metrics: Self.metrics(declaration, cells))
  }

  /// Those of the plugins, and those that patterns of a file name; in alphabetical order.
  private static func metrics(_ declaration: Declaration, _ cells: [Cell]) -> [String] {
    let uses = declaration.workloads + declaration.strategies
    let fixed = uses.flatMap { use in
      use.plugin.metrics.filter { $0.parameter.map { use.setting($0) != nil } ?? true }.map(\.name)
    }
    let named = uses.flatMap { use in
      use.settings.filter { $0.schema.type == .map(.pattern) }
        .flatMap { $0.alternatives.flatMap { $0.entries?.map(\.keyText) ?? [] } }
    }
    return Set(fixed + named).sorted()
  }

  private mutating func override(_ root: Node) -> Node {
    assignments.enumerated().reduce(root) { root, assignment in
      guard let changed = assignment.element.applied(to: root) else { return root }
      appliedAssignments.insert(assignment.offset)
      return changed
    }
  }

  private func override(_ settings: inout RunSettings) {
    if overrides.isQuick {
      settings.trials = 3
      settings.warmup = 0
      settings.makesClaims = false
    }
    settings.trials = overrides.trials ?? settings.trials
    if overrides.isQuick || overrides.trials != nil {
      settings.precision = nil
      settings.maxTrials = nil
    }
    settings.warmup = overrides.warmup ?? settings.warmup
    settings.seed = overrides.seed ?? settings.seed
    settings.timeout = overrides.timeout ?? settings.timeout
  }

  private mutating func remember(_ declaration: Declaration, _ axes: [Axis]) {
    knownNames["workload", default: []].formUnion(declaration.workloads.map(\.label))
    if declaration.strategies.contains(where: { !$0.plugin.needsWorkload }) {
      knownNames["workload", default: []].insert(Expansion.ownWorkLabel)
    }
    knownNames["strategy", default: []].formUnion(declaration.strategies.map(\.label))
    for axis in axes {
      knownNames[axis.name, default: []] = []
    }
  }

  mutating func finish() -> LoadResult {
    var usage: [String] = []
    for (index, assignment) in assignments.enumerated()
    where !appliedAssignments.contains(index) && !knownNames.isEmpty && assignment.text.contains("=") {
      usage.append("--set \(assignment.text): no file has such a place")
    }
    for condition in overrides.only where !knownNames.isEmpty {
      guard let labels = knownNames[condition.key] else {
        let hint = Spelling.hint(for: condition.key, among: knownNames.keys.sorted()).map { ": \($0)" } ?? ""
        usage.append("--only \(condition.key): neither 'workload' nor 'strategy' nor an axis\(hint)")
        continue
      }
      if labels.isEmpty, !experiments.isEmpty, !matchedOnly.contains(condition) {
        usage.append("--only \(condition): no cell has such a level")
      }
      for test in condition.tests where !labels.isEmpty && !labels.contains(test.operand) {
        let hint = Spelling.hint(for: test.operand, among: labels.sorted()).map { ": \($0)" } ?? ""
        usage.append("--only \(condition.key)=\(test.operand): no \(condition.key) is called that\(hint)")
      }
    }
    let isFine = usage.isEmpty && !diagnostics.contains { $0.severity == .error }
    let withCells = experiments.filter { !$0.plan.cells.isEmpty }
    if isFine, withCells.isEmpty, !experiments.isEmpty {
      usage.append("--only leaves no cell of any experiment")
    }
    return LoadResult(
      experiments: isFine ? withCells : [], diagnostics: diagnostics, usageErrors: usage)
  }

  /// `scaling` of `experiments/scaling.yaml`.
  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
