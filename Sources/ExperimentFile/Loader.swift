internal import Model
internal import YAML

/// The way from the files of one call to their plans, file by file.
struct Loader {
  private let catalog: Catalog
  private let readFile: FileReader
  private let plugins: PluginSearch
  private let objection: PluginObjection
  private let environment: [String: String]
  private var overrides: OverrideUse
  private var experiments: [LoadedExperiment] = []
  private var diagnostics: [Diagnostic]
  private var files: [String: Source] = [:]
  private var secrets = Secrets()

  init(
    overrides: Overrides, catalog: Catalog, environment: [String: String], readFile: @escaping FileReader,
    plugins: @escaping PluginSearch, objection: @escaping PluginObjection
  ) {
    self.catalog = catalog
    self.readFile = readFile
    self.plugins = plugins
    self.objection = objection
    self.environment = environment
    let log = DiagnosticLog(secrets: SecretLog(environment: environment))
    self.overrides = OverrideUse(of: overrides, log: log)
    diagnostics = log.all.map(log.secrets.masked)
  }

  /// Adds the plan of a file, or the reasons why there is none.
  mutating func load(_ source: Source) {
    let log = DiagnosticLog(secrets: SecretLog(environment: environment))
    if let plan = plan(of: source, log: log), !log.hasErrors {
      experiments.append(LoadedExperiment(source: source, plan: plan, warnings: log.sorted.map(\.message)))
    }
    diagnostics += log.sorted
    secrets.formUnion(log.secrets.secrets)
  }

  private mutating func plan(of source: Source, log: DiagnosticLog) -> Plan? {
    let experiment = experiment(of: source, log: log)
    guard let document = document(in: source, log: log) else { return nil }
    let given = overrides.applied(to: document.withLabels).withLabels
    var reader = ValueReader(log: log, readFile: readFile)
    // Plugins that can't be asked are reported, too, in lines without secrets.
    let named = Concealment(catalog: catalog, log: log).apply(to: given)
    reader.scope = scope(of: variables(in: named, reader), in: named, catalog)
    let needs = PluginNeeds(of: named, reader: reader)
    let catalog = CatalogCompletion(search: plugins, log: log).complete(catalog, for: needs)
    // Now it is known which parameters of plugins are secret.
    let root = Concealment(catalog: catalog, log: log).apply(to: given)
    let variables = variables(in: root, reader)
    reader.scope = scope(of: variables, in: root, catalog)
    // Strategies that the catalog lacks for that reason aren't reported, too.
    let decoder = FileDecoder(
      catalog: catalog, isCatalogComplete: needs.isWhole && !log.hasUnavailable, variables: variables, reader: reader)
    guard var declaration = decoder.decode(root, experiment: experiment) else { return nil }
    References.tie(&declaration, reader: reader)
    overrides.given.apply(to: &declaration.settings)
    var expansion = Expansion(of: declaration, objection: objection, log: log)
    expansion.validate()
    overrides.remember(declaration, axes: expansion.axes)
    if log.hasErrors { return nil }
    return plan(of: declaration, expansion: &expansion, log: log)
  }

  private mutating func plan(
    of declaration: Declaration, expansion: inout Expansion, log: DiagnosticLog
  ) -> Plan? {
    let axes = expansion.axes
    var all = expansion.cells()
    let impossible = ExternalLimits(declaration: declaration, log: log).apply(to: &all)
    let baseline = Baselines(declaration: declaration, axes: axes, log: log).assign(to: &all)
    if log.hasErrors { return nil }
    overrides.remember(all, axes: axes)
    let selection = Selection(
      exclusions: declaration.excludes, only: overrides.given.only, axes: axes, log: log)
    let (cells, excluded) = selection.apply(to: all)
    if cells.isEmpty, excluded.allSatisfy({ $0.reason != "--only" }) {
      let node = declaration.excludes.first?.node ?? declaration.root.start
      log.error(node, all.isEmpty ? "there are no cells" : "every cell is excluded: nothing is left to run")
      return nil
    }
    RemoteRequests(declaration: declaration, log: log).check(cells)
    OriginOfHooks(declaration: declaration, log: log).check(cells)
    let secrets = log.secrets.secrets
    let leftOut = (impossible + excluded).map { ExcludedCell($0.cell, reason: secrets.masked($0.reason)) }
    var plan = Plan(
      experiment: declaration.experiment, description: declaration.description.map { secrets.masked($0) }, axes: axes,
      cells: cells, excluded: leftOut, baseline: baseline, settings: declaration.settings, hooks: declaration.hooks,
      environment: declaration.environment, metrics: declaration.metrics)
    plan.secrets = secrets
    return plan
  }

  private func variables(in root: Node, _ reader: ValueReader) -> [Variable] {
    root[.variables].map { VariableDecoder(reader: reader).decode($0) } ?? []
  }

  /// Returns the names that texts of the file can have in them.
  private func scope(of variables: [Variable], in root: Node, _ catalog: Catalog) -> FileScope {
    var scope = FileScope()
    for variable in variables where !variable.isAxis { scope.texts[variable.name] = variable.levels.first?.text }
    let declared = Set(root[.variables]?.entries?.map(\.keyText) ?? [])
    scope.broken = declared.subtracting(variables.map(\.name))
    scope.varying = Set(variables.filter(\.isAxis).map(\.name) + Section.Name.allCases.map(\.rawValue))
    for plugin in catalog.strategies + catalog.workloads { scope.varying.formUnion(plugin.parameters.map(\.name)) }
    scope.varying.formUnion(catalog.origin.map { Section.Name.origin.variable($0.name) })
    let ramp = FileSettings.ramp.map { Section.setting($0.name, in: FileSettings.rampKey) }
    scope.varying.formUnion((FileSettings.arrivals.map(\.name) + ramp).map { Section.Name.arrivals.variable($0) })
    return scope
  }

  /// Returns the experiment's name, which is the file's: `scaling` for `experiments/scaling.yaml`.
  private mutating func experiment(of source: Source, log: DiagnosticLog) -> String {
    var name = source.name.split(separator: "/").last.map(String.init) ?? source.name
    if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = String(name[..<dot]) }
    if let objection = Label.objection(to: name) {
      log.add(Diagnostic(.error, in: source, at: nil, "the file's name is the experiment's: \(objection)"))
    }
    if let other = files.updateValue(source, forKey: name) {
      log.add(
        Diagnostic(
          .error, in: source, at: nil,
          "its results would mix with those of \(other.name): both are called '\(name)'",
          hint: "rename one, or run them one by one with different --output folders"))
    }
    return name
  }

  private func document(in source: Source, log: DiagnosticLog) -> Node? {
    do throws(ParseFailure) {
      let document = try parse(source)
      for problem in document.problems { log.add(Diagnostic(problem)) }
      return document.root
    } catch {
      log.secrets.giveUp(on: source)
      for problem in error.problems { log.add(Diagnostic(problem)) }
      return nil
    }
  }

  func finish() -> LoadResult {
    var usage = overrides.usageErrors(hasExperiments: !experiments.isEmpty)
    let isFine = usage.isEmpty && !diagnostics.contains { $0.severity == .error }
    let withCells = experiments.filter { !$0.plan.cells.isEmpty }
    if isFine, withCells.isEmpty, !experiments.isEmpty {
      usage.append("--only leaves no cell of any experiment")
    }
    return LoadResult(
      experiments: isFine ? withCells : [], diagnostics: diagnostics,
      usageErrors: usage.map { secrets.masked($0) }, secrets: secrets)
  }
}
