internal import ExperimentFile
internal import Model
internal import Origin

extension OriginBinding {
  /// Finds a query parameter that is nearly a setting. Other parameters are allowed and mean nothing.
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

  /// Returns the reason why a URL of the server can't work; `nil` if it can, and for other URLs.
  package static func objection(to url: String) -> String? {
    guard url.hasPrefix(LateReference.origin.text) else { return nil }
    let rest = url.dropFirst(LateReference.origin.text.count)
    guard rest.isEmpty || rest.hasPrefix("/") || rest.hasPrefix("?") else {
      return "'\(url)' needs a slash after \(LateReference.origin.text)"
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
