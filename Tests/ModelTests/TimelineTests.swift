import Model
import Testing
import Time
import TimeLiterals

struct TimelineTests {
  private func task(_ index: Int, worker: Int, _ start: Nanoseconds, _ end: Nanoseconds?) -> TaskRow {
    TaskRow(task: index, worker: worker, start: start, end: end, status: end == nil ? .failed : .ok, bytes: 1)
  }

  private func spans(_ marks: [Timeline.Mark]?, _ tasks: [TaskRow]) -> [[Timeline.Span]] {
    Timeline(tasks, marks: marks, wall: 1000).tracks.flatMap(\.tasks).map(\.spans)
  }

  @Test func aThreadComputesUnlessItWaits() {
    let marks = [
      Timeline.Mark(.waited, worker: 0, start: 140, end: 160), Timeline.Mark(.waited, worker: 0, start: 110, end: 120),
      Timeline.Mark(.waited, worker: 1, start: 100, end: 200),
    ]
    let tasks = [task(0, worker: 0, 100, 150), task(1, worker: 0, 155, 200), task(2, worker: 1, 100, 200)]
    #expect(
      spans(marks, tasks) == [
        [
          Timeline.Span(.computing, from: 100, to: 110), Timeline.Span(.waiting, from: 110, to: 120),
          Timeline.Span(.computing, from: 120, to: 140), Timeline.Span(.waiting, from: 140, to: 150),
        ],
        [Timeline.Span(.waiting, from: 155, to: 160), Timeline.Span(.computing, from: 160, to: 200)],
        [Timeline.Span(.waiting, from: 100, to: 200)],
      ])
  }

  @Test func onALoopItWaitsUnlessItHasItsTurnAndBlocksIfItWaitsThen() {
    let marks = [
      Timeline.Mark(.ran, worker: 0, start: 90, end: 110), Timeline.Mark(.ran, worker: 0, start: 150, end: 220),
      Timeline.Mark(.waited, worker: 0, start: 160, end: 170),
    ]
    let tasks = [task(0, worker: 0, 100, 200), task(1, worker: 0, 205, 300)]
    #expect(
      spans(marks, tasks) == [
        [
          Timeline.Span(.computing, from: 100, to: 110), Timeline.Span(.waiting, from: 110, to: 150),
          Timeline.Span(.computing, from: 150, to: 160), Timeline.Span(.blocking, from: 160, to: 170),
          Timeline.Span(.computing, from: 170, to: 200),
        ],
        [Timeline.Span(.computing, from: 205, to: 220), Timeline.Span(.waiting, from: 220, to: 300)],
      ])
  }

  @Test func whereNobodyLookedNothingIsKnown() {
    #expect(spans(nil, [task(0, worker: 0, 0, 10)]) == [[]])
    #expect(spans([], [task(0, worker: 0, 0, 10)]) == [[Timeline.Span(.computing, from: 0, to: 10)]])
    #expect(spans([], [task(0, worker: 0, 5, 5)]) == [[]], "an empty task has no parts")
  }

  @Test func whereMarksRanOutNothingIsKnownOfTheRest() {
    let marks = [Timeline.Mark(.ran, worker: 0, start: 0, end: 50)]
    let tasks = [task(0, worker: 0, 10, 40), task(1, worker: 0, 45, 90), task(2, worker: 1, 0, 90)]
    let timeline = Timeline(tasks, marks: marks, wall: 100, isCut: true)
    #expect(timeline.tracks.flatMap(\.tasks).map(\.spans) == [[Timeline.Span(.computing, from: 10, to: 40)], [], []])
  }

  @Test func tracksAreByWorkerAndTasksByTime() {
    let timeline = Timeline(
      [task(3, worker: 1, 50, nil), task(1, worker: 0, 20, 30), task(0, worker: 0, 0, 10)], marks: nil, wall: nil)
    #expect(timeline.tracks.map(\.worker) == [0, 1])
    #expect(timeline.tracks[0].tasks.map(\.index) == [0, 1])
    #expect(timeline.wall == 50, "of a trial that came to no end, the last that is known")
    #expect(timeline.tracks[1].tasks[0].end == 50 && timeline.tracks[1].tasks[0].status == .failed)
  }

  /// Whatever the marks are, the parts of a task are all of it, in order.
  @Test(arguments: 0..<50) func partsAddUpToTheTask(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var marks: [Timeline.Mark] = []
    for kind in [Timeline.Mark.Kind.waited, .ran] where seed % 3 != 0 || kind == .waited {
      var time = 0
      while time < 1000 {
        let start = time + Int(random.next() % 40)
        time = start + 1 + Int(random.next() % 60)
        marks.append(Timeline.Mark(kind, worker: 0, start: Nanoseconds(start), end: Nanoseconds(time)))
      }
    }
    let tasks = (0..<9).map { index in
      let start = Nanoseconds(index * 100 + Int(random.next() % 30))
      return task(index, worker: 0, start, Nanoseconds(index * 100 + 60))
    }
    for task in Timeline(tasks, marks: marks, wall: 1000).tracks[0].tasks {
      #expect(task.spans.first?.start == task.start && task.spans.last?.end == task.end)
      #expect(zip(task.spans, task.spans.dropFirst()).allSatisfy { $0.end == $1.start })
      #expect(task.spans.allSatisfy { $0.end > $0.start })
    }
  }
}
