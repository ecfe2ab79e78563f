package import Runs

extension Forecast {
  /// The forecast in words, such as `time: about 12 s, by the run 20261122T081500Z`.
  package var sentence: String {
    let limit = budget.map { "at most \(Humanize.limit($0)): the budget" }
    guard knownCells > 0 else { return "time: \(limit ?? "unknown until the first block has run")" }
    let rest = unknownCells > 0 ? ", and \(Humanize.plural(unknownCells, "cell")) that it didn't have" : ""
    let source = "by the run \(runID ?? "before")\(rest)"
    let (least, most) = (Humanize.wait(seconds.lowerBound), Humanize.wait(seconds.upperBound))
    let about = least == most ? "about \(least), \(source)" : "about \(least) to \(most), \(source)"
    guard let limit, let budget, budget < seconds.upperBound else { return "time: \(about)" }
    return "time: \(limit); without it \(about)"
  }
}
