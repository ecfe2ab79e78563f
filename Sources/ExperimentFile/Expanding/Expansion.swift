internal import Model
internal import YAML

/// The expansion of a declaration to cells: every combination of a workload, a strategy and the levels of their axes.
struct Expansion {
  /// A bound on memory, and on the time that a run takes.
  static let maximumCells = 1_000_000

  private let declaration: Declaration
  private let log: DiagnosticLog
  private var workloads: [Resolver]
  private var strategies: [Resolver]
  private(set) var axes: [Axis] = []
  /// Indices of the axes, in the alphabetical order that ids have.
  private var axesByName: [Int] = []
  /// `nil` if no environment and no hook differs from cell to cell.
  private let texts: CellTexts?

  init(of declaration: Declaration, objection: @escaping PluginObjection, log: DiagnosticLog) {
    self.declaration = declaration
    self.log = log
    let naming = ColumnNaming(declaration)
    let variables = declaration.variablesAndSections
    texts = declaration.cellTexts.isEmpty ? nil : CellTexts(declaration: declaration, naming: naming)
    let wanted = texts?.wanted ?? []
    func resolver(_ use: PluginUse) -> Resolver {
      Resolver(use, variables: variables, naming: naming, wanted: wanted, objection: objection, log: log)
    }
    workloads = declaration.workloads.map(resolver)
    strategies = declaration.strategies.map(resolver)
    axes = makeAxes()
    let columns = Dictionary(axes.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
    for index in workloads.indices { workloads[index].columns = columns }
    for index in strategies.indices { strategies[index].columns = columns }
    axesByName = axes.indices.sorted { axes[$0].name < axes[$1].name }
  }

  /// Variables, then parameters of workloads, then those of strategies; `max_workers` always, and last.
  private func makeAxes() -> [Axis] {
    let all = (workloads + strategies).flatMap(\.axes)
    let used = Set(all.filter { $0.origin == .variable }.map(\.name))
    var names: [String] = []
    var result: [Axis] = []
    func add(_ name: String, _ side: Axis.Side) {
      guard name != ParameterName.maxWorkers, !names.contains(name) else { return }
      names.append(name)
      result.append(Axis(name: name, side: side))
    }
    for variable in declaration.variablesAndSections where used.contains(variable.name) { add(variable.name, .work) }
    for axis in all where axis.origin == .workload { add(axis.name, .work) }
    for axis in all where axis.origin == .strategy { add(axis.name, .strategy) }
    return result + [Axis(name: ParameterName.maxWorkers, side: .strategy)]
  }

  /// Reads every value of every plugin, whether or not a cell will have it; names are checked, too.
  mutating func validate() {
    func check(_ resolver: inout Resolver) {
      resolver.reportRepeatedLevels()
      let odometer = Odometer(counts: resolver.axes.map(\.count))
      guard let total = odometer.total, total <= Self.maximumCells else { return }
      let places = Array(resolver.axes.indices)
      for choice in odometer {
        _ = resolver.resolve(choice, places: places)
      }
    }
    for index in workloads.indices { check(&workloads[index]) }
    for index in strategies.indices { check(&strategies[index]) }
    texts?.check(log: log)
    checkTies()
    NameChecks(
      declaration: declaration, axes: axes, matrixAxes: (workloads + strategies).flatMap(\.axes), log: log
    ).run()
  }

  /// Every cell, before anything is left out. Empty after an error.
  mutating func cells() -> [Cell] {
    guard let size = checkedSize() else { return [] }
    var cells: [Cell] = []
    for strategy in strategies.indices {
      if strategies[strategy].use.plugin.needsWorkload { continue }
      expand(workload: nil, strategy: strategy, into: &cells)
    }
    let own = cells
    cells = []
    cells.reserveCapacity(size)
    for workload in workloads.indices {
      for strategy in strategies.indices where strategies[strategy].use.plugin.needsWorkload {
        expand(workload: workload, strategy: strategy, into: &cells)
      }
    }
    cells += own
    reportEqualCells(cells)
    return cells
  }

  /// Reports levels that differ in the file, and are equal once their references are filled.
  private func reportEqualCells(_ cells: [Cell]) {
    let uses = declaration.workloads + declaration.strategies
    guard let setting = uses.flatMap(\.settings).first(where: { $0.isAxis && !$0.references.isEmpty }) else { return }
    var seen: Set<String> = []
    if let cell = cells.first(where: { !seen.insert($0.id).inserted }) {
      log.error(setting.node, "two levels of '\(setting.schema.name)' are the same: two cells are called \(cell.id)")
    }
  }

  /// Returns the number of cells; `nil` after an error.
  private func checkedSize() -> Int? {
    var total = 0
    for strategy in strategies.indices {
      let partners: [Int?] = strategies[strategy].use.plugin.needsWorkload ? workloads.indices.map { $0 } : [nil]
      for workload in partners {
        let axes = pairAxes(workload, strategy)
        let tied = ties(axes)
        let (sum, overflow) = total.addingReportingOverflow(
          Odometer(counts: axes.map(\.count), tied: tied).total ?? .max)
        guard !overflow, sum <= Self.maximumCells else {
          log.error(
            declaration.root.start, "more than \(Self.maximumCells) cells",
            hint: "shorten some axes, zip them, or split the experiment")
          return nil
        }
        total = sum
      }
    }
    return total
  }

  private func pairAxes(_ workload: Int?, _ strategy: Int) -> [MatrixAxis] {
    let ofWorkload = workload.map { workloads[$0].axes } ?? []
    let ofStrategy = strategies[strategy].axes
    let variables = declaration.variablesAndSections.compactMap { variable in
      (ofWorkload + ofStrategy).first { $0.origin == .variable && $0.name == variable.name }
    }
    return variables + (ofWorkload + ofStrategy).filter { $0.origin != .variable }
  }

  /// Returns the groups of axes that move together, as indices.
  private func ties(_ axes: [MatrixAxis]) -> [[Int]] {
    declaration.zips.map { zip in zip.names.compactMap { name in axes.firstIndex { $0.name == name } } }
      .filter { $0.count > 1 }
  }

  /// Reports axes that can't move together.
  private func checkTies() {
    guard !declaration.zips.isEmpty else { return }
    for strategy in strategies.indices {
      let partners: [Int?] = strategies[strategy].use.plugin.needsWorkload ? workloads.indices.map { $0 } : [nil]
      for workload in partners {
        let axes = pairAxes(workload, strategy)
        for zip in declaration.zips {
          let group = zip.names.compactMap { name in axes.first { $0.name == name } }
          guard Set(group.map(\.count)).count > 1 else { continue }
          let lengths = group.map { "'\($0.name)' has \($0.count)" }.joined(separator: ", ")
          log.error(zip.node, "axes that are zipped must have equally many values: \(lengths)")
        }
      }
    }
  }

  private mutating func expand(workload: Int?, strategy: Int, into cells: inout [Cell]) {
    // Closures in the loop would copy all of this value for each cell.
    let axes = axes
    let declaration = declaration
    let pair = pairAxes(workload, strategy)
    let tied = ties(pair)
    let origins = texts?.origins(workload.map { workloads[$0].use }, strategies[strategy].use)
    let workloadPlaces = workload.map { places(of: workloads[$0].axes, in: pair) } ?? []
    let strategyPlaces = places(of: strategies[strategy].axes, in: pair)
    let variables = axes.map { axis in
      pair.firstIndex { $0.origin == .variable && $0.name == axis.name }.flatMap { index in
        declaration.variablesAndSections.first { $0.name == axis.name }.map { (index, $0.levels) }
      }
    }
    let workloadLabel = workload.map { workloads[$0].use.label } ?? Label.ownWork
    let strategyLabel = strategies[strategy].use.label
    let usesOrigin = ([workload.map { workloads[$0].use }, strategies[strategy].use].compactMap { $0 })
      .contains { $0.references.contains(Section.Name.origin.rawValue) }

    let waitParameter = workload.flatMap { workloads[$0].use.plugin.waitParameter }
    let start = CellID.Writer(workload: workloadLabel, strategy: strategyLabel)
    let odometer = Odometer(counts: pair.map(\.count), tied: tied)

    for choice in odometer {
      let work = workload.flatMap { workloads[$0].resolve(choice, places: workloadPlaces) }
      guard let way = strategies[strategy].resolve(choice, places: strategyPlaces) else { continue }
      if workload != nil, work == nil { continue }
      let levels = axes.indices.map { index -> Level? in
        if let (place, levels) = variables[index] { return levels[choice[place]] }
        return work?.levels[index] ?? way.levels[index]
      }
      let level = { (name: String) in axes.firstIndex { $0.name == name }.flatMap { levels[$0] } }
      cells.append(
        Cell(
          id: id(start, levels: levels),
          workload: workloadLabel, strategy: strategyLabel, levels: levels, workloadPlugin: work?.plugin,
          strategyPlugin: way.plugin, origin: usesOrigin ? declaration.origin?.settings(level) : nil,
          arrivals: workload == nil ? nil : arrivals(level)))
      if let texts, let origins {
        texts.fill(&cells[cells.count - 1], from: origins, work: work, way: way, level: level)
      }
      if let waitParameter {
        let plugin = work.map { log.secrets.secrets.reveal($0.plugin) }
        cells[cells.count - 1].injectedWait = plugin?.parameters[waitParameter]?.number
      }
    }
  }

  private func id(_ start: CellID.Writer, levels: [Level?]) -> String {
    var writer = start
    for index in axesByName {
      if let level = levels[index] { writer.add(level.text, of: axes[index].name) }
    }
    return writer.text
  }

  private func arrivals(_ level: (String) -> Level?) -> Arrivals? {
    guard let settings = declaration.arrivals?.settings(level),
      let process = settings["process"]?.string.flatMap(Arrivals.Process.init)
    else { return nil }
    let seed = UInt64(declaration.settings.seed)
    func ramp(_ name: String) -> Double? { settings[Section.setting(name, in: FileSettings.rampKey)]?.number }
    if let from = ramp("from"), let to = ramp("to"), let over = ramp("over") {
      return Arrivals(rate: to, process: process, seed: seed, ramp: Arrivals.Ramp(from: from, over: over))
    }
    return settings["rate"]?.number.map { Arrivals(rate: $0, process: process, seed: seed) }
  }

  private func places(of own: [MatrixAxis], in pair: [MatrixAxis]) -> [Int] {
    own.compactMap { axis in pair.firstIndex { $0.name == axis.name && $0.origin == axis.origin } }
  }
}
