import Foundation
import MarkedText
import Model
import Testing

/// Workloads in shared libraries, compiled here: `concrun_workload.h` as its users have it.
struct NativeTests {
  private static let header = "\(repository)/Sources/CConcrunWorkload/include"
  private static let strategies = """
    strategies:
      sync:
      threads: { max_workers: 3 }
      async: { max_workers: 5 }
      tasks: { threads: 2, max_workers: 5 }
      processes: { max_workers: 2 }
    trials: 2
    warmup: 0

    """

  private func compile(_ source: String, to library: String, _ flags: String = "", in bench: Workbench) async throws {
    let outcome = try await bench.shell(
      "cc -O2 -Wall -Wextra -Werror -shared -fPIC -I '\(Self.header)' \(flags) -o \(library) '\(source)'")
    try #require(outcome.exit == 0, "\(outcome.error)")
  }

  private static let odd = "\(repository)/Tests/Support/native/odd.c"

  @Test func theExampleRunsUnderAllStrategies() async throws {
    let bench = try Workbench()
    try await compile("\(repository)/plugins/native/matrix.c", to: "matrix.so", in: bench)
    let file = try bench.write(
      "m.yaml",
      Self.strategies
        + "workloads: { matrix: { plugin: native, library: matrix.so, parameters: { size: 9, tasks: 7 } } }")
    let run = try await bench.concrun(file, "--quiet")
    #expect(run.exit == 0, "\(run.error)")
    let trials = try bench.trials("m")
    #expect(trials.count == 10)
    #expect(trials.allSatisfy { $0.tasksOK == 7 && $0.bytes == 7 * 3 * 9 * 9 * 8 })
    #expect(Set(trials.map(\.checksum)) == [Self.matrixChecksum(size: 9, tasks: 7)])
  }

  /// The same by the definition of a product.
  private static func matrixChecksum(size n: UInt64, tasks: UInt64) -> String {
    let sum = (0..<tasks).reduce(UInt64(0)) { sum, task in
      let value = (0..<n * n).reduce(UInt64(0)) { value, cell in
        let product = (0..<n).reduce(UInt64(0)) { $0 &+ (cell / n * n + $1 + task) &* (2 * ($1 * n + cell % n) + 1) }
        return value &* 31 &+ product
      }
      return sum &+ (task + 1) &* value
    }
    return String(repeating: "0", count: 16 - String(sum, radix: 16).count) + String(sum, radix: 16)
  }

  /// What a task of a library does, and what becomes of the row. Task 3 is the bad one.
  private static let misbehaviour: [(how: String, status: TrialStatus, words: String)] = [
    ("segfault", .crashed, "killed by SIGSEGV, in task 3 of worker"), ("abort", .crashed, "killed by SIGABRT"),
    ("error", .failed, "1 of 20 tasks failed: task 3: no luck with 3"),
    ("late", .failed, "1 of 20 tasks failed: task 3: timeout: it took too long"),
    ("mute", .failed, "task 3: it failed and left no message"),
    ("nonsense", .failed, "task 3: run_task returned 77, which is no concrun_status"),
    ("open", .failed, "odd: open_session: no session for worker"), ("crash", .crashed, "killed by SIGSEGV"),
    ("hang", .timeout, "not done after 8 s"),
  ]

  @Test func aLibraryThatMisbehavesCostsItsOwnRowsOnly() async throws {
    let bench = try Workbench()
    try await compile(Self.odd, to: "odd.so", in: bench)
    let bad = Self.misbehaviour.map { "\($0.how): { plugin: native, library: odd.so, parameters: { how: \($0.how) } }" }
    let file = try bench.write(
      "bad.yaml",
      Self.strategies + "timeout: 8s\nworkloads:\n  good: { plugin: native, library: odd.so }\n  "
        + bad.joined(separator: "\n  "))
    let run = try await bench.concrun(file, "--quiet", "--trials", "1")
    #expect(run.exit == 1)
    let trials = try bench.trials("bad")
    #expect(trials.count == 5 * (Self.misbehaviour.count + 1))
    #expect(trials.filter { $0.workload == "good" }.allSatisfy { $0.status == .ok && $0.tasksOK == 20 })
    for (how, status, words) in Self.misbehaviour {
      for trial in trials where trial.workload == how {
        #expect(trial.status == status, "\(trial.cellID)")
        #expect(trial.error?.contains(words) == true, "\(trial.cellID): \(trial.error ?? "")")
      }
    }
    #expect(trials.filter { $0.workload == "error" }.allSatisfy { $0.tasksOK == 19 && $0.tasksFailed == 1 })
  }

  @Test(arguments: [
    ("-DNOTHING -Wno-unused-function", "returned NULL instead of what the library offers"),
    ("-DVERSION=2", "is made for version 2 of concrun_workload.h, and this concrun knows version 1"),
    ("-DSIZE=16", "says that its struct has 16 bytes"), ("-DNO_RUN -Wno-unused-function", "its 'run_task' is NULL"),
    ("-Dconcrun_workload=something_else", "has no symbol 'concrun_workload'"),
    ("-Dmalloc=not_there -fno-builtin", "can't be loaded: ./odd.so: undefined symbol: not_there"),
  ])
  func aLibraryThatIsNoneIsOneSentence(flags: String, words: String) async throws {
    let bench = try Workbench()
    try await compile(Self.odd, to: "odd.so", flags, in: bench)
    let file = try bench.write(
      "x.yaml", "workloads: { odd: { plugin: native, library: odd.so } }\nstrategies: { sync: }\nwarmup: 0")
    #expect(try await bench.concrun("check", file).exit == 0, "it isn't loaded by check")
    #expect(try await bench.concrun(file, "--quiet", "--trials", "1").exit == 1)
    let trial = try #require(try bench.trials("x").first)
    #expect(trial.status == .failed)
    #expect(trial.error?.contains(words) == true, "\(trial.error ?? "")")
  }

  @Test func parametersAreJSONAndMayRefer() async throws {
    let bench = try Workbench()
    try await compile(Self.odd, to: "odd.so", in: bench)
    let file = try bench.write(
      "x.yaml",
      """
      variables: { count: [7, 9] }
      workloads:
        odd: { plugin: native, library: odd.so, parameters: { tasks: "${count}" } }
        refused: { plugin: native, library: odd.so, parameters: { refuse: [1_000, 1.5, yes, "a\\"b", { x: null }], b: ~ } }
      strategies: { sync: }
      """)
    #expect(try await bench.concrun(file, "--quiet", "--trials", "1", "--warmup", "0").exit == 1)
    let trials = try bench.trials("x")
    #expect(trials.filter { $0.workload == "odd" }.map(\.tasks).compactMap { $0 }.sorted() == [7, 9])
    let refused = try #require(trials.first { $0.workload == "refused" }?.error)
    #expect(refused == #"odd: create: refused, given {"b":null,"refuse":[1000,1.5,"yes","a\"b",{"x":null}]}"#)
  }

  /// What the header's own reader has to pass over: names in texts, and in what is inside.
  @Test func aParameterIsFoundWhereItIs() async throws {
    let bench = try Workbench()
    try await compile(Self.odd, to: "odd.so", in: bench)
    let file = try bench.write(
      "x.yaml",
      #"""
      workloads:
        odd:
          plugin: native
          library: odd.so
          parameters: { a: { tasks: 9 }, b: [{ tasks: 8 }], c: 'x"tasks":7}]\"', tas: 6, tasks: 4, tasks2: 5 }
      strategies: { sync: }
      """#)
    #expect(try await bench.concrun(file, "--quiet", "--quick").exit == 0)
    #expect(try bench.trials("x").allSatisfy { $0.tasks == 4 })
  }

  @Test func aFileThatIsMissingIsFoundByCheck() async throws {
    let bench = try Workbench()
    _ = try await bench.shell("mkdir sub")
    let text = MarkedText("workloads: { odd: { plugin: native, library: «gone.so» } }\nstrategies: { sync: }")
    let check = try await bench.concrun("check", try bench.write("sub/x.yaml", text.text))
    #expect(check.exit == 65)
    let place = text.places(in: "sub/x.yaml")[0]
    #expect(check.error.contains("\(place): error: 'library': there is no file sub/gone.so"), "\(check.error)")
  }

  @Test func theHeaderIsCPlusPlusToo() async throws {
    let bench = try Workbench()
    let source = try bench.write(
      "x.cpp",
      """
      #include <concrun_workload.h>
      static void *create(const char *, char *, size_t) { return new int(5); }
      static uint64_t count(void *work) { return *static_cast<int *>(work); }
      static concrun_status run(void *, void *, uint64_t task, concrun_result *result, char *, size_t) {
        result->value = task;
        return CONCRUN_OK;
      }
      static void destroy(void *work) { delete static_cast<int *>(work); }
      const concrun_workload_v1 *concrun_workload(void) {
        static const concrun_workload_v1 workload = {
            CONCRUN_WORKLOAD_ABI_VERSION, sizeof(concrun_workload_v1), "x", create, count, nullptr, run, nullptr, destroy};
        return &workload;
      }
      """)
    let compiled = try await bench.shell(
      "c++ -Wall -Wextra -pedantic -Werror -shared -fPIC -I '\(Self.header)' -o x.so \(source)")
    try #require(compiled.exit == 0, "\(compiled.error)")
    let file = try bench.write("x.yaml", "workloads: { x: { plugin: native, library: x.so } }\nstrategies: { sync: }")
    #expect(try await bench.concrun(file, "--quiet", "--quick").exit == 0)
    #expect(try bench.trials("x").allSatisfy { $0.tasksOK == 5 })
  }
}
