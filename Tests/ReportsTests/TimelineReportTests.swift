import Model
import Reports
import TestFiles
import Testing
import TimeLiterals

/// Timelines as pictures.
struct TimelineReportTests {
  private func timeline(workers: Int = 2, isCut: Bool = false) -> Timeline {
    let tracks = (0..<workers).map { worker in
      Timeline.Track(
        worker: worker,
        tasks: [
          Timeline.Task(
            index: worker, start: 1_000_000, end: 5_000_000, status: worker == 1 ? .failed : .ok, bytes: 10,
            spans: [.init(.computing, from: 1_000_000, to: 2_000_000), .init(.waiting, from: 2_000_000, to: 5_000_000)])
        ])
    }
    return Timeline(tracks: tracks, wall: 6_000_000, isCut: isCut)
  }

  @Test func aPictureOfTwoTrials() throws {
    let report = TimelineReport([
      .init(title: "web/threads/note=%3Ca%3E&b<c>", timeline: timeline(), status: .failed, workers: 4),
      .init(title: "web/sync", timeline: timeline(workers: 1, isCut: true), status: .ok, workers: nil),
    ])
    #expect(try report.svg == golden("timeline.svg", report.svg))
  }

  @Test func textOfOthersIsNoMarkup() {
    let svg = TimelineReport([.init(title: "<script>&", timeline: timeline(), status: nil, workers: nil)]).svg
    #expect(svg.contains("&lt;script&gt;&amp;"))
    #expect(!svg.contains("<script>"))
  }

  @Test func manyWorkersAreNotAllDrawn() {
    let svg = TimelineReport([.init(title: "t", timeline: timeline(workers: 250), status: .ok, workers: 260)]).svg
    #expect(svg.contains("10 workers had no task; 50 more workers not drawn"))
    #expect(!svg.contains("worker 210<"))
  }

  @Test func noTrialsAreAPictureToo() {
    #expect(TimelineReport([]).svg.hasPrefix("<svg"))
  }
}
