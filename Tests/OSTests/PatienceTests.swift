import Glibc
import Testing
import Time
import TimeLiterals

@testable import OS

struct PatienceTests {
  @Test(arguments: [
    (0, 0, 100), (100, 0, 100), (30, 0, 100), (0, 100, 0), (20, 80, 20), (10, 40, 60),
    // Four threads that all want to run, on two CPUs and on one.
    (200, 200, 50), (100, 300, 25),
  ])
  func onlyWaitingForACPUDoesNotCount(running: Nanoseconds, waiting: Nanoseconds, counted: Nanoseconds) {
    #expect(Patience.counted(elapsed: 100, CPUAccount(running: running, waiting: waiting)) == counted)
  }

  @Test func accountsGrow() {
    var change = CPUAccount()
    change.add(CPUAccount(running: 7, waiting: 9), since: CPUAccount(running: 5, waiting: 9))
    change.add(CPUAccount(running: 1, waiting: 2), since: nil)
    #expect(change == CPUAccount(running: 3, waiting: 2))
    change.add(CPUAccount(running: 1, waiting: 1), since: CPUAccount(running: 5, waiting: 9))
    #expect(change == CPUAccount(running: 3, waiting: 2), "another thread of the same number")
    #expect(CPUAccount(schedstat: "12 34 5\n") == CPUAccount(running: 12, waiting: 34))
    #expect(CPUAccount(schedstat: "0\n") == nil)
  }

  @Test func nobodyToWaitForIsNoPatience() {
    var patience = Patience(.zero, with: getpid())
    #expect(patience.nextLook <= MonotonicClock.now())
    let lasts = patience.lasts()
    #expect(!lasts)
  }

  /// More processes than CPUs want to run, below the one that is asked about.
  @Test func whatIsBelowAProcessCounts() throws {
    let loops = Machine.cpuCount() + 1
    var process = try PipedProcess(
      ["sh", "-c", "for i in $(seq \(loops)); do while :; do :; done & done; echo; wait"],
      environment: ["PATH=/usr/bin:/bin"], standardError: .discarded)
    #expect(try process.next(before: nil) == .output([10]))
    let limit = MonotonicClock.now() + .seconds(60)
    var sum = CPUAccount()
    while sum.running == .zero || sum.waiting == .zero, MonotonicClock.now() < limit {
      let accounts = CPUAccount.ofThreads(below: process.pid)
      #expect(accounts.count == loops + 1)
      sum = accounts.values.reduce(into: CPUAccount()) { $0.add($1, since: nil) }
    }
    #expect(sum.running > .zero && sum.waiting > .zero)
    #expect(try process.end(within: nil) == .signalled(SIGKILL))
    #expect(CPUAccount.ofThreads(below: process.pid).isEmpty)
  }
}
