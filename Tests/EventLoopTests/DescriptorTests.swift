import OS
import SystemPackage
import Testing
import Time
import TimeLiterals

@testable import EventLoop

/// Reads what comes, and ends the loop's task when it has what it wanted.
private final class Reader: DescriptorWatcher {
  private(set) var text = ""
  private(set) var turns = 0
  private let wanted: Int
  private let done: () -> Void

  init(wanting count: Int, _ done: @escaping () -> Void) {
    wanted = count
    self.done = done
  }

  func descriptor(_ descriptor: Int32, isReadyFor readiness: Poller.Readiness) {
    turns += 1
    let bytes = (try? FileDescriptor(rawValue: descriptor).readSome()) ?? []
    text += String(decoding: bytes, as: UTF8.self)
    if text.count == wanted { done() }
  }
}

struct DescriptorTests {
  @Test func aWatcherIsToldWhenThereIsSomethingToRead() throws {
    let (read, write) = try Descriptor.pipe().split()
    let input = Descriptor(owning: read)
    let output = Descriptor(owning: write)
    let (inputFile, outputFile) = (input.file, output.file)
    _ = try onLoop { loop in
      var reader: Reader?
      let writer = try? OSThread.spawn {
        for part in ["one ", "two ", "three"] { try? outputFile.writeFully(Array(part.utf8)) }
      }
      await withUnsafeContinuation { continuation in
        let new = Reader(wanting: 13) { continuation.resume() }
        reader = new
        try? loop.watch(inputFile.rawValue, for: .readable, new)
      }
      loop.forget(inputFile.rawValue)
      writer?.join()
      #expect(reader?.text == "one two three")
      // Forgotten, it isn't told of this.
      let turns = reader?.turns
      try? outputFile.writeFully([65])
      await loop.sleep(until: MonotonicClock.now() + 1_000_000)
      #expect(reader?.turns == turns)
    }
    withExtendedLifetime([input.raw, output.raw]) {}
  }

  /// While tasks are always ready, descriptors have their turn, too.
  @Test func readyTasksDoNotStarveDescriptors() throws {
    let (read, write) = try Descriptor.pipe().split()
    let input = Descriptor(owning: read)
    let output = Descriptor(owning: write)
    let (inputFile, outputFile) = (input.file, output.file)
    _ = try onLoop { loop in
      nonisolated(unsafe) var isDone = false
      let reader = Reader(wanting: 1) { isDone = true }
      try? loop.watch(inputFile.rawValue, for: .readable, reader)
      try? outputFile.writeFully([65])
      while !isDone { await Task.yield() }
      loop.forget(inputFile.rawValue)
    }
    withExtendedLifetime([input.raw, output.raw]) {}
  }

  @Test func aTimerFiresOnceAtItsLastMoment() throws {
    _ = try onLoop { loop in
      let start = MonotonicClock.now()
      var fired: [Instant] = []
      let timer = LoopTimer { fired.append(MonotonicClock.now()) }
      loop.set(timer, to: start + 1_000_000)
      loop.set(timer, to: start + 5_000_000)
      let cancelled = LoopTimer { fired.append(0) }
      loop.set(cancelled, to: start + 2_000_000)
      loop.set(cancelled, to: nil)
      // One wait may end before the loop has looked at timers that are due at the same time.
      for _ in 0..<10 where fired.isEmpty { await loop.sleep(until: MonotonicClock.now() + 10_000_000) }
      await loop.sleep(until: MonotonicClock.now() + 1_000_000)
      #expect(fired.count == 1)
      #expect(fired.allSatisfy { $0 >= start + 5_000_000 })
    }
  }

  /// As a time limit does that every request sets anew.
  @Test func aTimerMayBeMovedOften() throws {
    let loop = try onLoop { loop in
      let start = MonotonicClock.now()
      var fired: [Instant] = []
      let timer = LoopTimer { fired.append(MonotonicClock.now()) }
      for turn in 0..<1000 {
        loop.set(timer, to: start + .seconds(60) + Nanoseconds(turn))
        loop.set(timer, to: start - 1)
        await Task.yield()
      }
      #expect(fired.count == 1000)
      loop.set(timer, to: start + 60_000_000_000)
    }
    #expect(loop.waitingCount <= 2)
  }

  @Test func anAttachmentIsMadeOnceAndLetGo() throws {
    final class Shared {}
    nonisolated(unsafe) weak var seen: Shared?
    let loop = try onLoop { loop in
      let first = loop.attachment { Shared() }
      #expect(loop.attachment { Shared() } === first)
      seen = first
    }
    #expect(seen != nil)
    loop.detachAll()
    #expect(seen == nil)
  }
}
