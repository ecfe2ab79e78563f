package import Model
internal import Time

extension TimelineReport {
  /// The timeline of one trial.
  package struct Panel {
    let title: String
    let timeline: Timeline
    let status: TrialStatus?
    let workers: Int?

    /// Takes a trial's timeline.
    ///
    /// - Parameters:
    ///   - title: stands above the rows.
    ///   - status: `nil` if it isn't known.
    ///   - workers: the number of workers that the trial could have; `nil` if it isn't known.
    package init(title: String, timeline: Timeline, status: TrialStatus?, workers: Int?) {
      self.title = title
      self.timeline = timeline
      self.status = status
      self.workers = workers
    }

    /// Returns facts that the rows don't show, such as `3 workers had no task`.
    ///
    /// - Parameter drawn: the number of workers that have a row.
    func notes(drawn: Int) -> [String] {
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
}

/// The drawing of one panel: a title, a row for each worker, and an axis of time below them.
struct PanelDrawing {
  let panel: TimelineReport.Panel
  /// The time at the right edge of the plot.
  let end: Nanoseconds

  /// The room at the left of the plot, for the names of workers.
  static let left = 84.0
  static let plotWidth = 852.0
  private static let titleHeight = 34.0
  private static let axisHeight = 30.0
  /// The height of all rows together, if there are many workers.
  private static let mostRowsHeight = 320.0
  /// More rows than this can't be told apart, and aren't drawn.
  private static let mostRows = 200

  /// Returns the panel as SVG.
  ///
  /// - Parameter y: the panel's upper edge; moved to its lower edge.
  func svg(at y: inout Double) -> String {
    let timeline = panel.timeline
    let tracks = timeline.tracks.prefix(Self.mostRows)
    let rowHeight = max(1.5, min(20, Self.mostRowsHeight / Double(max(1, tracks.count))))
    var result = """
      <text x="\(SVG.number(Self.left))" y="\(SVG.number(y + 22))" font-weight="600">\(SVG.escaped(panel.title))\
      <tspan class="faint" font-weight="400" dx="10">\(panel.notes(drawn: tracks.count).joined(separator: "; "))</tspan></text>

      """
    y += Self.titleHeight
    let top = y
    let first = timeline.tracks.compactMap(\.tasks.first?.start).min() ?? .zero
    let last = timeline.tracks.compactMap { $0.tasks.last?.end }.max() ?? timeline.wall
    for (index, track) in tracks.enumerated() {
      let row = SVG.Row(y: y, height: rowHeight > 6 ? rowHeight - 3 : rowHeight * 0.8)
      result += box("rest", from: .zero, to: timeline.wall, in: row)
      result += box("pool", from: .zero, to: first, in: row) + box("pool", from: last, to: timeline.wall, in: row)
      result += draw(track, in: row)
      if rowHeight >= 12 || index % 10 == 0 {
        result += """
          <text class="faint" x="\(SVG.number(Self.left - 8))" y="\(SVG.number(y + min(row.height, 12)))" \
          text-anchor="end" font-size="11">worker \(track.worker)</text>

          """
      }
      y += rowHeight
    }
    result += axis(from: top, to: y)
    y += Self.axisHeight
    return result
  }

  /// Returns the horizontal place of a time.
  private func position(of time: Nanoseconds) -> Double {
    Self.left + Double(time.count) / Double(end.count) * Self.plotWidth
  }

  private func box(_ kind: String, from start: Nanoseconds, to end: Nanoseconds, in row: SVG.Row) -> String {
    row.box(kind, from: position(of: start), to: position(of: end))
  }

  /// Draws a worker's tasks. Neighbours of one kind that are too close to be told apart become one box.
  private func draw(_ track: Timeline.Track, in row: SVG.Row) -> String {
    var result = ""
    var pending: (kind: String, from: Double, to: Double)?
    func flush() {
      if let (kind, from, to) = pending { result += row.box(kind, from: from, to: to) }
      pending = nil
    }
    func add(_ kind: String, from: Double, to: Double) {
      if let (known, start, end) = pending {
        if known == kind, from - end < 0.3 {
          pending = (kind, start, max(end, to))
          return
        }
        // A box that is too short to be seen takes its neighbour's colour.
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
      let (from, to) = (position(of: task.start), position(of: task.end))
      if task.spans.isEmpty { add("task", from: from, to: to) }
      for span in task.spans {
        add(span.activity.rawValue, from: position(of: span.start), to: position(of: span.end))
      }
      if to - from > 4 { overlay += row.box("edge", from: from, to: from + 1) }
      if task.status != .ok { overlay += row.box("failed", from: from, to: max(from + 2, to)) }
    }
    flush()
    return result + overlay
  }

  /// Draws a line for each mark on the axis of time, and its label below the rows.
  private func axis(from top: Double, to bottom: Double) -> String {
    let step = Self.step(for: end.count)
    return stride(from: 0, through: end.count, by: step).map { time in
      let x = SVG.number(position(of: Nanoseconds(time)))
      return """
        <line class="line" x1="\(x)" x2="\(x)" y1="\(SVG.number(top))" y2="\(SVG.number(bottom + 4))" stroke-opacity="0.6"/>\
        <text class="faint" x="\(x)" y="\(SVG.number(bottom + 17))" text-anchor="middle" font-size="11">\
        \(Self.label(time, step))</text>

        """
    }.joined()
  }

  /// Returns the distance of two marks on the axis: 1, 2 or 5 times a power of ten, for four to ten marks.
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
}
