package import Model
internal import Time

/// Timelines as a picture: a panel for each trial, a row for each worker, all on one scale of time.
package struct TimelineReport {
  /// The timeline of one trial.
  package struct Panel {
    var title: String
    var timeline: Timeline
    var status: TrialStatus?
    var workers: Int?

    /// - Parameters:
    ///   - status: `nil` where it isn't known.
    ///   - workers: how many there could be; `nil` where that isn't known.
    package init(title: String, timeline: Timeline, status: TrialStatus?, workers: Int?) {
      self.title = title
      self.timeline = timeline
      self.status = status
      self.workers = workers
    }

    /// Facts that the picture doesn't show by itself.
    fileprivate func notes(drawn: Int) -> [String] {
      var notes = [Humanize.seconds(timeline.wall.seconds)]
      if let status, status != .ok { notes.append(status.rawValue) }
      let idle = (workers ?? 0) - timeline.tracks.count
      if idle > 0 { notes.append("\(Humanize.plural(idle, "worker")) had no task") }
      let hidden = timeline.tracks.count - drawn
      if hidden > 0 { notes.append("\(Humanize.plural(hidden, "more worker")) not drawn") }
      if timeline.isCut { notes.append("there was no room for all that workers did") }
      return notes
    }
  }

  private let panels: [Panel]

  package init(_ panels: [Panel]) {
    self.panels = panels
  }

  private static let width = 960.0
  private static let left = 84.0
  private static let right = 24.0
  private static let plotWidth = width - left - right
  private static let titleHeight = 34.0
  private static let axisHeight = 30.0
  private static let legendHeight = 40.0
  /// Of the rows of one panel together, where there are many workers.
  private static let mostRowsHeight = 320.0
  /// Rows that nobody could tell apart aren't drawn.
  private static let mostRows = 200

  /// The picture as SVG.
  package var svg: String {
    let end = max(Nanoseconds(1), panels.map(\.timeline.wall).max() ?? .zero)
    var y = Self.legendHeight
    var body = ""
    for panel in panels {
      body += draw(panel, at: &y, end: end)
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(text(Self.width)) \(text(y))" width="\(text(Self.width))" \
      height="\(text(y))" font-family="system-ui, sans-serif" font-size="12">
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
    var x = Self.left
    return known.map { name, words in
      defer { x += 34 + 6.4 * Double(words.count) }
      return """
        <rect class="\(name)" x="\(text(x))" y="12" width="14" height="14"/>\
        <text x="\(text(x + 20))" y="23">\(words)</text>

        """
    }.joined()
  }

  private func draw(_ panel: Panel, at y: inout Double, end: Nanoseconds) -> String {
    let timeline = panel.timeline
    let tracks = timeline.tracks.prefix(Self.mostRows)
    let rowHeight = max(1.5, min(20, Self.mostRowsHeight / Double(max(1, tracks.count))))
    let scale = { (time: Nanoseconds) in Self.left + Double(time.count) / Double(end.count) * Self.plotWidth }
    var result = """
      <text x="\(text(Self.left))" y="\(text(y + 22))" font-weight="600">\(escaped(panel.title))\
      <tspan class="faint" font-weight="400" dx="10">\(panel.notes(drawn: tracks.count).joined(separator: "; "))</tspan></text>

      """
    y += Self.titleHeight
    let top = y
    let first = timeline.tracks.compactMap(\.tasks.first?.start).min() ?? .zero
    let last = timeline.tracks.compactMap { $0.tasks.last?.end }.max() ?? timeline.wall
    for (index, track) in tracks.enumerated() {
      let height = rowHeight > 6 ? rowHeight - 3 : rowHeight * 0.8
      result += box("rest", scale(.zero), scale(timeline.wall), y, height)
      result +=
        box("pool", scale(.zero), scale(first), y, height) + box("pool", scale(last), scale(timeline.wall), y, height)
      result += draw(track, y, height, scale)
      if rowHeight >= 12 || index % 10 == 0 {
        result += """
          <text class="faint" x="\(text(Self.left - 8))" y="\(text(y + min(height, 12)))" text-anchor="end" \
          font-size="11">worker \(track.worker)</text>

          """
      }
      y += rowHeight
    }
    result += axis(from: top, to: y, end: end, scale)
    y += Self.axisHeight
    return result
  }

  /// Neighbours of one kind that nobody could tell apart become one.
  private func draw(
    _ track: Timeline.Track, _ y: Double, _ height: Double, _ scale: (Nanoseconds) -> Double
  ) -> String {
    var result = ""
    var pending: (kind: String, from: Double, to: Double)?
    func flush() {
      if let (kind, from, to) = pending { result += box(kind, from, to, y, height) }
      pending = nil
    }
    func add(_ kind: String, _ from: Double, _ to: Double) {
      if let (known, start, end) = pending {
        if known == kind, from - end < 0.3 {
          pending = (kind, start, max(end, to))
          return
        }
        // What is too short to be seen takes its neighbour's colour.
        if to - from < 0.15, from - end < 0.3 {
          pending = (known, start, max(end, to))
          return
        }
      }
      flush()
      pending = (kind, from, to)
    }
    var overlay = ""
    for task in track.tasks {
      let (from, to) = (scale(task.start), scale(task.end))
      if task.spans.isEmpty { add("task", from, to) }
      for span in task.spans { add(span.activity.rawValue, scale(span.start), scale(span.end)) }
      if to - from > 4 { overlay += box("edge", from, from + 1, y, height) }
      if task.status != .ok { overlay += box("failed", from, max(from + 2, to), y, height) }
    }
    flush()
    return result + overlay
  }

  private func axis(
    from top: Double, to bottom: Double, end: Nanoseconds, _ scale: (Nanoseconds) -> Double
  ) -> String {
    let step = Self.step(for: end.count)
    return stride(from: 0, through: end.count, by: step).map { time in
      let x = text(scale(Nanoseconds(time)))
      return """
        <line class="line" x1="\(x)" x2="\(x)" y1="\(text(top))" y2="\(text(bottom + 4))" stroke-opacity="0.6"/>\
        <text class="faint" x="\(x)" y="\(text(bottom + 17))" text-anchor="middle" font-size="11">\
        \(Self.label(time, step))</text>

        """
    }.joined()
  }

  /// 1, 2 or 5 times a power of ten, so that there are four to ten of them.
  private static func step(for end: Int) -> Int {
    var step = 1
    while true {
      for factor in [1, 2, 5] where end / (step * factor) < 10 { return step * factor }
      step *= 10
    }
  }

  private static func label(_ time: Int, _ step: Int) -> String {
    let units = [("s", 1_000_000_000), ("ms", 1_000_000), ("µs", 1000), ("ns", 1)]
    let unit = units.first { step % $0.1 == 0 || step * 10 >= $0.1 && $0.1 > 1 && step % ($0.1 / 10) == 0 } ?? ("ns", 1)
    return time == 0 ? "0" : String(shortest: Double(time) / Double(unit.1)) + " " + unit.0
  }

  private func box(_ kind: String, _ from: Double, _ to: Double, _ y: Double, _ height: Double) -> String {
    guard to > from else { return "" }
    return """
      <rect class="\(kind)" x="\(text(from))" y="\(text(y))" width="\(text(max(0.3, to - from)))" height="\(text(height))"/>

      """
  }

  private func text(_ value: Double) -> String { String(shortest: (value * 100).rounded() / 100) }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
