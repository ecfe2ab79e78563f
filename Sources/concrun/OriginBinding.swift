internal import ExperimentFile
internal import Model
internal import Origin

/// Puts the embedded server's URL where a plan refers to it, and what it is known to answer beside that.
struct OriginBinding {
  /// Of the server that has so many threads, without a slash at its end.
  let url: (_ threads: Int) -> String
  private var answers: [RequestTarget: [OriginSettings: OriginAnswer]] = [:]

  init(url: @escaping (_ threads: Int) -> String) {
    self.url = url
  }

  mutating func bind(_ plan: Plan) -> Plan {
    var plan = plan
    for index in plan.cells.indices where plan.cells[index].origin != nil {
      bind(&plan.cells[index], plan.catalog)
    }
    return plan
  }

  private mutating func bind(_ cell: inout Cell, _ catalog: Catalog) {
    let settings = OriginParameters.settings(cell.origin ?? [:])
    let url = url(settings.threads)
    if let items = catalog.requestItems(of: cell) {
      let perItem = items.map { item in item.string.flatMap { Self.settings(settings, of: $0) } }
      let hasBodies = cell.workloadPlugin?.parameters["method"]?.string != "HEAD"
      cell.workloadPlugin?.parameters[OriginAnswer.parameter] = .list(
        zip(items, perItem).map { item, settings in
          OriginAnswer.value(settings.map { answer(to: item.string ?? "", $0, hasBody: hasBodies) })
        })
      cell.injectedWait = Self.fixedWait(perItem)
    }
    let parameters = cell.workloadPlugin?.parameters ?? [:]
    cell.workloadPlugin?.parameters = Self.filled(parameters, url)
    cell.strategyPlugin.parameters = Self.filled(cell.strategyPlugin.parameters, url)
  }

  /// Parameters as they will look like, for checks before there is a server.
  static func placeholder(_ parameters: [String: Value]) -> [String: Value] { filled(parameters, "http://127.0.0.1:1") }

  private static func filled(_ parameters: [String: Value], _ url: String) -> [String: Value] {
    parameters.mapValues { filled($0, url) }
  }

  private static func filled(_ value: Value, _ url: String) -> Value {
    switch value {
    case .string(let text): .string(text.replacing(originReference, with: url))
    case .list(let values): .list(values.map { filled($0, url) })
    case .map(let values): .map(filled(values, url))
    case .null, .boolean, .integer, .number: value
    }
  }

  /// What the server goes by for a URL of its own; `nil` for another server's.
  private static func settings(_ settings: OriginSettings, of url: String) -> OriginSettings? {
    guard url.hasPrefix(originReference) else { return nil }
    return try? settings.merging(query: target(of: url).query)
  }

  private static func target(of url: String) -> RequestTarget {
    RequestTarget(url.replacing(originReference, with: "http://origin"))
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

  /// The latency of all answers, where it is the same for all, and nothing else takes its time.
  private static func fixedWait(_ settings: [OriginSettings?]) -> Double? {
    guard let first = settings.first??.latency else { return nil }
    let isFixed = settings.allSatisfy { settings in
      guard let settings else { return false }
      return settings.latency == first && settings.jitter == 0 && settings.bandwidth == nil && settings.errorRate == 0
        && settings.stallEvery == 0
    }
    return isFixed ? first : nil
  }

  /// Parameters that nobody knows mean nothing, and URLs have all kinds; but one that is nearly a setting is one.
  private static func misspelling(in query: Substring) -> String? {
    let known = OriginParameters.schemas.map(\.name)
    for pair in query.split(separator: "&") {
      let name = String(pair.prefix { $0 != "=" })
      guard name.count > 4, !known.contains(name), let hint = spellingHint(for: name, among: known),
        hint.hasPrefix("did you mean")
      else { continue }
      return "'\(name)' is no setting of the origin: \(hint)"
    }
    return nil
  }

  /// Why a reference to the server can't work; `nil` where it can.
  static func objection(to url: String) -> String? {
    guard url.hasPrefix(originReference) else { return nil }
    let rest = url.dropFirst(originReference.count)
    guard rest.isEmpty || rest.hasPrefix("/") || rest.hasPrefix("?") else {
      return "'\(url)' needs a slash after \(originReference)"
    }
    if rest.hasPrefix("/.concrun/") { return "what is below /.concrun/ is the server's own" }
    do {
      let query = target(of: url).query
      _ = try OriginSettings().merging(query: query)
      return misspelling(in: query)
    } catch {
      return "\(error)"
    }
  }
}
