import Foundation
import Testing

/// Two runs on one machine disturb each other, so both say so.
struct OtherRunTests {
  private func write(_ name: String, waitsFor file: String, _ bench: Workbench) throws {
    _ = try bench.write(
      "\(name).yaml",
      """
      strategies:
        p: { plugin: program, command: [sh, -c, "touch under_way_\(name); until [ -e \(file) ]; do sleep 0.02; done"] }
      trials: 1
      warmup: 0
      """)
  }

  private func isThere(_ name: String, _ bench: Workbench) -> Bool {
    FileManager.default.fileExists(atPath: "\(bench.folder)/\(name)")
  }

  @Test func bothRunsAreWarned() async throws {
    let bench = try Workbench()
    try write("first", waitsFor: "go1", bench)
    try write("second", waitsFor: "go2", bench)
    async let one = bench.concrun("first.yaml", "-q")
    #expect(try await bench.eventually { isThere("under_way_first", bench) })
    async let two = bench.concrun("second.yaml", "-q")
    #expect(try await bench.eventually { isThere("under_way_second", bench) })
    _ = try bench.write("go1", "")
    let first = try await one
    _ = try bench.write("go2", "")
    let second = try await two
    #expect(first.exit == 0 && second.exit == 0)
    for (outcome, name, other) in [(first, "first", "second"), (second, "second", "first")] {
      let pattern = try Regex(
        "^  warning: (another run uses this machine: the process [0-9]+ runs '\(other)', and each disturbs the times of "
          + "the other)\n$")
      let match = try #require(try pattern.wholeMatch(in: outcome.error), "\(outcome.error)")
      let sentence = try #require(match.output[1].substring)
      let manifest = try String(contentsOfFile: "\(bench.folder)/results/\(name)/latest/manifest.json", encoding: .utf8)
      #expect(manifest.contains(sentence))
    }

    let alone = try await bench.concrun("first.yaml", "-q")
    #expect(alone.error == "", "a run that has ended disturbs nobody")
  }

  /// The warning stays when the run is resumed alone.
  @Test func anEarlierSittingIsStillWarnedOf() async throws {
    let bench = try Workbench()
    try write("first", waitsFor: "go1", bench)
    try write("second", waitsFor: "go2", bench)
    async let one = bench.concrun("first.yaml", "-q")
    #expect(try await bench.eventually { isThere("under_way_first", bench) })
    let killed = try await bench.concrun(["second.yaml", "-q"]) { pid in
      let isUnderWay = try await bench.eventually { isThere("under_way_second", bench) }
      #expect(isUnderWay)
      kill(pid, SIGKILL)
    }
    #expect(killed.error.contains("runs 'first'"))
    _ = try bench.write("go1", "")
    _ = try await one
    _ = try bench.write("go2", "")
    let resumed = try await bench.concrun("second.yaml", "-q", "--resume")
    #expect(resumed.exit == 0 && resumed.error == "")
    let manifest = try String(contentsOfFile: "\(bench.folder)/results/second/latest/manifest.json", encoding: .utf8)
    #expect(manifest.components(separatedBy: "another run uses this machine").count == 2, "once")
  }
}
