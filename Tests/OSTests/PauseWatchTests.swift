import Glibc
import Testing
import Time
import TimeLiterals

@testable import OS

struct PauseWatchTests {
  private func child(_ script: String) throws -> PipedProcess {
    try PipedProcess(["sh", "-c", script], environment: ["PATH=/usr/bin:/bin"], standardError: .discarded)
  }

  private func line(of process: inout PipedProcess) throws -> String {
    var bytes: [UInt8] = []
    while bytes.last != UInt8(ascii: "\n"), case .output(let more) = try process.next(before: nil) { bytes += more }
    return String(decoding: bytes.dropLast(), as: UTF8.self)
  }

  private func wait(for pid: Int32, stopped: Bool) {
    while ProcessRecord.isStopped(pid) != stopped { MonotonicClock.sleep(until: MonotonicClock.now() + 1_000_000) }
  }

  @Test func withoutAStopThereIsNone() throws {
    var process = try child("echo; read line")
    _ = try line(of: &process)
    var watch = PauseWatch([process.pid], read: { PauseWatch.Reading(suspended: 0, waited: 0) })
    watch.finish()
    #expect(watch.pause == nil)
    let wasStopped = process.wasStopped
    #expect(!wasStopped)
  }

  /// However short it is.
  @Test func aStopOfAChildIsNeverMissed() throws {
    var process = try child("echo; read line")
    _ = try line(of: &process)
    kill(process.pid, SIGSTOP)
    wait(for: process.pid, stopped: true)
    kill(process.pid, SIGCONT)
    wait(for: process.pid, stopped: false)
    var late = PauseWatch([process.pid])
    late.finish()
    #expect(late.pause == nil, "what was before it doesn't count")

    var watch = PauseWatch([process.pid])
    kill(process.pid, SIGSTOP)
    wait(for: process.pid, stopped: true)
    kill(process.pid, SIGCONT)
    wait(for: process.pid, stopped: false)
    watch.finish()
    #expect(watch.pause != nil)
  }

  @Test func aStoppedGrandchildIsSeen() throws {
    var process = try child("sleep 300 & echo $!; wait")
    let sleeper = try #require(Int32(try line(of: &process)))
    var watch = PauseWatch([process.pid])
    kill(sleeper, SIGSTOP)
    wait(for: sleeper, stopped: true)
    let start = MonotonicClock.now()
    while watch.pause == nil {
      let wake = watch.wake(before: .distantFuture)
      MonotonicClock.sleep(until: wake)
      watch.look()
    }
    MonotonicClock.sleep(until: MonotonicClock.now() + 50_000_000)
    watch.finish()
    let pause = try #require(watch.pause)
    #expect(pause >= 50_000_000 && pause <= MonotonicClock.now() - start)
  }

  @Test func latenessIsAPauseUnlessTheCPUsWereBusy() {
    var reading = PauseWatch.Reading(suspended: 0, waited: 0)
    var watch = PauseWatch([], read: { PauseWatch.Reading(suspended: 0, waited: 0) })
    watch.take(reading, lateness: .milliseconds(400))
    #expect(watch.pause == nil)
    reading.waited = .seconds(3)
    watch.take(reading, lateness: .seconds(3))
    #expect(watch.pause == nil)
    watch.take(reading, lateness: .seconds(3))
    #expect(watch.pause == .seconds(3))

    var blind = PauseWatch([], read: { PauseWatch.Reading(suspended: 0, waited: nil) })
    blind.take(PauseWatch.Reading(suspended: 0, waited: nil), lateness: .seconds(3))
    #expect(blind.pause == nil, "where nobody knows how busy the CPUs were")
  }

  @Test func aSuspendedMachineIsAPause() {
    var watch = PauseWatch([], read: { PauseWatch.Reading(suspended: .seconds(5), waited: 0) })
    watch.take(PauseWatch.Reading(suspended: .seconds(5), waited: 0), lateness: 0)
    #expect(watch.pause == nil, "it was suspended before")
    watch.take(PauseWatch.Reading(suspended: .seconds(65), waited: 0), lateness: 0)
    #expect(watch.pause == .seconds(60))
  }
}
