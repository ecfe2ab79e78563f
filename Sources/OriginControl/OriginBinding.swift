package import Model
internal import Origin

/// The embedded server's side of a plan: it replaces references by URLs, and adds the answers that the server will
/// give.
package struct OriginBinding {
  private let url: (_ threads: Int) -> String
  private var answers: [RequestTarget: [OriginSettings: OriginAnswer]] = [:]

  /// Takes a function that returns a server's URL.
  ///
  /// - Parameter url: returns the URL of the server with this number of threads, without a slash at its end.
  package init(url: @escaping (_ threads: Int) -> String) {
    self.url = url
  }

  /// Returns the plan with URLs that can be requested, and with the known answers.
  package mutating func bind(_ plan: Plan) -> BoundPlan {
    var plan = plan
    var answers: [[OriginAnswer?]] = plan.cells.map { _ in [] }
    for index in plan.cells.indices {
      if plan.cells[index].origin != nil {
        answers[index] = bind(&plan.cells[index], plan.secrets)
      } else {
        Self.fill(&plan.cells[index], nil)
      }
    }
    // Where there are several servers, no text of the whole run refers to one of them.
    let servers = Set(plan.cells.compactMap { $0.origin.map(OriginParameters.threads) })
    let url = servers.count == 1 ? servers.first.map(self.url) : nil
    plan.hooks = Self.filled(plan.hooks, url)
    plan.environment = plan.environment.mapValues { LateReference.origin.replaced(in: $0, by: url) }
    return BoundPlan(plan, answers: answers)
  }

  /// Replaces the references of one cell.
  ///
  /// - Returns: the known answers; empty if the cell's tasks are not requests.
  private mutating func bind(_ cell: inout Cell, _ secrets: Secrets) -> [OriginAnswer?] {
    let settings = OriginParameters.settings(cell.origin ?? [:])
    let url = url(settings.threads)
    var answers: [OriginAnswer?] = []
    if let items = cell.requestItems?.map({ secrets.reveal($0) }) {
      let perItem = items.map { item in item.string.flatMap { Self.settings(settings, of: $0) } }
      let bodiless = cell.workloadPlugin?.description.requests?.bodiless
      let hasBodies = bodiless.map { cell.workloadPlugin?.parameters[$0.parameter] != $0.value } ?? true
      answers = zip(items, perItem).map { item, settings in
        settings.map { answer(to: item.string ?? "", $0, hasBody: hasBodies) }
      }
      cell.injectedWait = Self.fixedWait(perItem)
    }
    Self.fill(&cell, url)
    return answers
  }

  /// - Parameter url: `nil` leaves references as they are.
  private static func fill(_ cell: inout Cell, _ url: String?) {
    if let parameters = cell.workloadPlugin?.parameters, parameters.values.contains(where: concerns) {
      cell.workloadPlugin?.parameters = filled(parameters, url)
    }
    if cell.strategyPlugin.parameters.values.contains(where: concerns) {
      cell.strategyPlugin.parameters = filled(cell.strategyPlugin.parameters, url)
    }
    cell.environment = cell.environment.mapValues { LateReference.origin.replaced(in: $0, by: url) }
    cell.hooks = filled(cell.hooks, url)
  }

  private static func filled(_ hooks: Hooks, _ url: String?) -> Hooks {
    var hooks = hooks
    hooks.commands = hooks.commands.mapValues { $0.map { LateReference.origin.replaced(in: $0, by: url) } }
    return hooks
  }

  /// Returns whether a value has a reference to the server, or the text of one.
  private static func concerns(_ value: Value) -> Bool {
    switch value {
    case .string(let text): text.contains(LateReference.origin.text)
    case .list(let values): values.contains(where: concerns)
    case .map(let values): values.values.contains(where: concerns)
    case .null, .boolean, .integer, .number: false
    }
  }

  /// Returns parameters with a made-up URL, for checks before there is a server.
  package static func placeholder(_ parameters: [String: Value]) -> [String: Value] {
    filled(parameters, "http://127.0.0.1:1")
  }

  private static func filled(_ parameters: [String: Value], _ url: String?) -> [String: Value] {
    parameters.mapValues { filled($0, url) }
  }

  private static func filled(_ value: Value, _ url: String?) -> Value {
    switch value {
    case .string(let text): .string(LateReference.origin.replaced(in: text, by: url))
    case .list(let values): .list(values.map { filled($0, url) })
    case .map(let values): .map(filled(values, url))
    case .null, .boolean, .integer, .number: value
    }
  }

  /// Returns the settings for a URL of the server; `nil` for another server's.
  private static func settings(_ settings: OriginSettings, of url: String) -> OriginSettings? {
    guard url.hasPrefix(LateReference.origin.text) else { return nil }
    return try? settings.merging(query: target(of: url).query)
  }

  static func target(of url: String) -> RequestTarget {
    RequestTarget(url.replacing(LateReference.origin.text, with: "http://origin"))
  }

  private mutating func answer(to url: String, _ settings: OriginSettings, hasBody: Bool) -> OriginAnswer {
    guard hasBody, ![204, 205, 304].contains(settings.status) else {
      return OriginAnswer(bytes: 0, crc32: 0, status: settings.status)
    }
    let target = Self.target(of: url)
    if let known = answers[target]?[settings] { return known }
    let answer = OriginAnswer(
      bytes: settings.size, crc32: OriginBody.crc32(path: target.path, size: settings.size), status: settings.status)
    answers[target, default: [:]][settings] = answer
    return answer
  }

  /// Returns the latency of all answers, in seconds, if it is the same for all and nothing else takes time.
  private static func fixedWait(_ settings: [OriginSettings?]) -> Double? {
    guard let first = settings.first??.latency else { return nil }
    let isFixed = settings.allSatisfy { settings in
      guard let settings else { return false }
      return settings.latency == first && settings.jitter == 0 && settings.bandwidth == nil && settings.errorRate == 0
        && settings.stallEvery == 0
    }
    return isFixed ? first : nil
  }
}
