internal import Model
internal import Time

/// Timelines as a picture: a legend, and below it a panel for each trial, all on one scale of time.
package struct TimelineReport {
  private let panels: [Panel]

  /// Takes the panels from top to bottom.
  package init(_ panels: [Panel]) {
    self.panels = panels
  }

  private static let right = 24.0
  private static let width = PanelDrawing.left + PanelDrawing.plotWidth + right
  private static let legendHeight = 40.0

  /// The picture as SVG.
  package var svg: String {
    let end = max(Nanoseconds(1), panels.map(\.timeline.wall).max() ?? .zero)
    var y = Self.legendHeight
    var body = ""
    for panel in panels {
      body += PanelDrawing(panel: panel, end: end).svg(at: &y)
    }
    let (width, height) = (SVG.number(Self.width), SVG.number(y))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
      height="\(height)" font-family="system-ui, sans-serif" font-size="12">
      <style>
        .paper { fill: #ffffff } .rest { fill: #eef0f2 } .pool { fill: #d8dbe0 } text { fill: #22262b }
        .faint { fill: #666d75 } .line { stroke: #c4c9cf; stroke-width: 1 } .edge { fill: #ffffff }
        .computing { fill: #d9772b } .waiting { fill: #9cc3e6 } .blocking { fill: #b3261e } .task { fill: #7f8fa6 }
        .failed { fill: none; stroke: #b3261e; stroke-width: 2 }
      </style>
      <rect class="paper" width="100%" height="100%"/>
      \(legend)\(body)</svg>

      """
  }

  private var legend: String {
    let tasks = panels.flatMap { $0.timeline.tracks.flatMap(\.tasks) }
    let activities = Set(tasks.flatMap(\.spans).map(\.activity))
    let words: [(Timeline.Activity, String)] = [
      (.computing, "computing"), (.waiting, "waiting"), (.blocking, "waiting, and nobody else on the loop can run"),
    ]
    var known = words.filter { activities.contains($0.0) }.map { ($0.0.rawValue, $0.1) }
    if tasks.contains(where: \.spans.isEmpty) { known.append(("task", "in a task")) }
    if tasks.contains(where: { $0.status != .ok }) { known.append(("failed", "failed")) }
    known += [("pool", "making and closing the pool"), ("rest", "no task")]
    var x = PanelDrawing.left
    return known.map { name, words in
      defer { x += 34 + 6.4 * Double(words.count) }
      return """
        <rect class="\(name)" x="\(SVG.number(x))" y="12" width="14" height="14"/>\
        <text x="\(SVG.number(x + 20))" y="23">\(words)</text>

        """
    }.joined()
  }
}
