import Glibc
import SystemPackage
import Testing
import Time
import TimeLiterals

@testable import OS

/// Serialised: these tests look at the children and descriptors of the whole process.
@Suite(.serialized) struct ChildProcessTests {
  private func run(
    _ command: String..., environment: [String] = ["PATH=/usr/bin:/bin"]
  ) throws -> (reason: ExitReason, output: String, error: String) {
    let null = try Descriptor.null()
    var process = try CapturedProcess(
      command, environment: environment, standardInput: null, keepsOutput: true)
    try process.readToEnd()
    let reason = try process.wait().reason
    return (reason, process.output.text, process.errorTail.text)
  }

  @Test func outputErrorAndExitStatus() throws {
    let result = try run("sh", "-c", "echo out; echo err >&2; exit 3")
    #expect(result.reason == .exited(3))
    #expect(result.output == "out\n")
    #expect(result.error == "err\n")
    #expect("\(result.reason)" == "exit status 3")
  }

  @Test func standardInputIsWhatWasGiven() throws {
    #expect(try run("readlink", "/proc/self/fd/0").output == "/dev/null\n")
  }

  @Test func programsAreFoundInTheirOwnPath() throws {
    #expect(throws: SystemError("sh", .noSuchFileOrDirectory)) { try run("sh", environment: ["PATH=/nowhere"]) }
    #expect(try run("sh", "-c", "echo $0", environment: ["PATH=/nowhere:/bin"]).output == "sh\n")
  }

  @Test func deathBySignal() throws {
    #expect(try run("sh", "-c", "kill -SEGV $$").reason == .signalled(SIGSEGV))
    #expect("\(ExitReason.signalled(SIGSEGV))" == "killed by SIGSEGV")
  }

  @Test func argumentsAndEnvironmentArriveAsTheyAre() throws {
    let result = try run("sh", "-c", "printf '%s|' \"$0\" \"$@\"; env", "a b", "", "ü\n", environment: ["X=1 2"])
    #expect(result.output.hasPrefix("a b||ü\n|"))
    #expect(result.output.contains("\nX=1 2\n") || result.output.contains("|X=1 2\n"))
  }

  @Test func aProgramThatIsNotThere() {
    #expect(throws: SystemError("no-such-program", .noSuchFileOrDirectory)) { try run("no-such-program") }
    #expect(throws: SystemError("/etc/passwd", .permissionDenied)) { try run("/etc/passwd") }
  }

  @Test func childrenGetNothingButTheirDescriptors() throws {
    let open = Descriptor(owning: try FileDescriptor.open("/dev/null", .readOnly))
    let listed = try run("sh", "-c", "echo /proc/self/fd/*").output
    #expect(open.raw > 3)
    #expect(!listed.contains("/fd/\(open.raw) ") && !listed.contains("/fd/\(open.raw)\n"))
  }

  @Test func signalsAreAsNewInChildren() throws {
    ThisProcess.surviveFailedWrites()
    let status = try run("cat", "/proc/self/status").output
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") })
    let mask = try #require(UInt64(line.split(separator: "\t")[1], radix: 16))
    #expect(mask & (1 << UInt64(SIGPIPE - 1)) == 0)
  }

  /// Those that programs are started with are no sockets; of these, other tests open hundreds meanwhile.
  private func openDescriptors() throws -> Int {
    try Files.list("/proc/self/fd").count { Files.linkTarget("/proc/self/fd/\($0)")?.hasPrefix("socket:") == false }
  }

  /// Other tests open and close descriptors meanwhile, but not dozens.
  @Test func leavesNoDescriptorsOpen() throws {
    _ = try run("true")
    let before = try openDescriptors()
    let leaks = try (0..<100).map { _ in try FileDescriptor.open("/dev/null", .readOnly) }
    #expect(try openDescriptors() > before + 50, "the counter sees a leak")
    for leak in leaks { try leak.close() }
    for _ in 0..<50 {
      _ = try run("true")
      #expect(throws: SystemError.self) { try run("no-such-program") }
    }
    #expect(try openDescriptors() < before + 50)
  }

  @Test func aFloodOfOutputIsCutNotKept() throws {
    let result = try run(
      "sh", "-c", "head -c 20000000 /dev/zero | tr '\\0' x; head -c 1000000 /dev/zero | tr '\\0' y >&2; echo end >&2")
    #expect(result.output.count == 4 << 20)
    #expect(result.error.count == 8 << 10)
    #expect(result.error.hasSuffix("end\n"))
  }

  @Test func whatAProgramLeavesRunningDoesNotHoldUsUp() throws {
    let result = try run("sh", "-c", "sleep 300 & echo $!")
    let pid = try #require(Int32(result.output.dropLast()))
    #expect(kill(pid, SIGKILL) == 0, "it still runs")
  }

  @Test func aDeadlineComes() throws {
    let null = try Descriptor.null()
    var process = try CapturedProcess(
      ["sleep", "60"], environment: ["PATH=/bin"], standardInput: null, keepsOutput: false)
    #expect(try !process.readToEnd(deadline: MonotonicClock.now() + 20_000_000))
    process.killTree()
    #expect(try process.wait().reason == .signalled(SIGKILL))
  }

  @Test func everyProgramLeadsAGroup() throws {
    #expect(try run("sh", "-c", "test $(cut -d' ' -f5 /proc/$$/stat) = $$").reason == .exited(0))
  }

  /// A tree that moved to another session and another group ends with its root.
  @Test func aTreeIsKilledByDescent() throws {
    let null = try Descriptor.null()
    var process = try CapturedProcess(
      ["sh", "-c", "setsid sh -c 'sleep 300 & echo $!; wait' & wait"], environment: ["PATH=/usr/bin:/bin"],
      standardInput: null, keepsOutput: true)
    while process.output.text.isEmpty { try process.readToEnd(deadline: MonotonicClock.now() + 20_000_000) }
    let sleeper = try #require(Int32(process.output.text.dropLast()))
    process.killTree()
    #expect(try process.wait().reason == .signalled(SIGKILL))
    // Its new parent may take its time to reap it.
    while let state = TextFile.text("/proc/\(sleeper)/stat")?.split(separator: " ").dropFirst(2).first, state != "Z" {
      MonotonicClock.sleep(until: MonotonicClock.now() + 1_000_000)
    }
  }

  @Test func boundedTexts() {
    var head = BoundedText.head(4)
    var tail = BoundedText.tail(4)
    for piece in ["ab", "cd", "ef\n", " \n"] {
      head.append(Array(piece.utf8))
      tail.append(Array(piece.utf8))
    }
    #expect(head.text == "abcd")
    #expect(tail.text == "f\n \n")
    #expect(tail.lastLine == "f")
  }
}
