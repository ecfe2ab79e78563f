import Foundation
import Model
import Results
import Testing

/// `concrun doctor`. How good the machine is decides nothing here.
@Suite(.serialized) struct DoctorTests {
  private func doctor(_ bench: Workbench, _ options: String = "", setting: String = "") async throws
    -> Workbench.Outcome
  {
    try await bench.shell("export XDG_STATE_HOME=\"$PWD/state\"; \(setting) $CONCRUN doctor \(options)")
  }

  private func record(_ bench: Workbench) -> DoctorRecord? {
    DoctorRecord.read(environment: ["XDG_STATE_HOME": "\(bench.folder)/state"])
  }

  @Test func tellsAndKeepsWhatItMeasured() async throws {
    let bench = try Workbench()
    let outcome = try await doctor(bench)
    #expect(outcome.exit == 0, "\(outcome.error)")
    #expect(outcome.error == "")
    let lines = [
      "noise within a run", "noise between runs", "detectable, n = 10", "detectable, n = 30", "clock resolution",
      "clock reading", "timer slack", "start of a trial", "start of /bin/true", "origin, loopback", "other load",
      "stolen time", "governor", "turbo", "open files", "processes", "local ports",
    ]
    for line in lines {
      #expect(outcome.output.contains("\n  \(line)  "), "\(line)")
    }
    let first = try #require(record(bench))
    #expect(first.withinRunFloor > 0 && first.betweenRunFloor > 0)
    #expect(first.detectableDifference.keys.sorted() == ["10", "30"])
    #expect(first.machine == DoctorRecord.Machine.here(version: first.machine.version))
    #expect(Set(first.medians.map(\.at)) == [first.measuredAt])

  }

  /// Earlier medians that differ from those of today make the floor large.
  @Test func earlierMediansCount() async throws {
    let bench = try Workbench()
    #expect(try await doctor(bench).exit == 0)
    var earlier = try #require(record(bench))
    for index in earlier.medians.indices { earlier.medians[index].seconds *= 1000 }
    try earlier.write("\(bench.folder)/state/concrun/doctor.json")

    let outcome = try await doctor(bench, "--format json", setting: "ulimit -n 256;")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let kept = try #require(record(bench))
    #expect(kept.medians.count == 2 * earlier.medians.count)
    #expect(kept.betweenRunFloor > 10)
    let json = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(json["runs"] as? Int == kept.medians.count)
    #expect(json["problems"] as? [String: String] == [:])
    for (name, value) in [("between_run_floor", kept.betweenRunFloor), ("within_run_floor", kept.withinRunFloor)] {
      let printed = try #require(json[name] as? Double)
      #expect(abs(printed / value - 1) < 1e-9)
    }
    for name in ["origin_requests_per_s", "trial_spawn_s", "program_spawn_s"] {
      let measured = try #require(json[name] as? Double)
      #expect(measured > 0)
    }
    let conditions = try #require(json["conditions"] as? [String: Any])
    #expect(conditions["open_files"] as? Int == 256)
    let warnings = try #require(json["warnings"] as? [[String: String]])
    #expect(warnings.contains { $0["name"] == "open_files" && $0["advice"]?.isEmpty == false })
  }

  @Test func aRecordThatCannotBeKept() async throws {
    let bench = try Workbench()
    _ = try bench.write("state", "a file")
    let outcome = try await doctor(bench, "| head -3")
    #expect(outcome.exit == 0)
    #expect(outcome.output.split(separator: "\n").count == 2, "the first line, and one of the table")
    #expect(
      outcome.error == "concrun: the noise floors aren't kept: can't write \(bench.folder)/state/concrun/doctor.json: "
        + "Not a directory\n")
    let homeless = try await bench.shell("unset HOME XDG_STATE_HOME; $CONCRUN doctor > table")
    #expect(homeless.exit == 0)
    #expect(homeless.error.hasSuffix("neither HOME nor XDG_STATE_HOME says where\n"))
  }

  @Test(arguments: [(SIGINT, 0.05), (SIGINT, 0.7), (SIGTERM, 1.5)])
  func endsCleanly(signal: Int32, seconds: Double) async throws {
    let bench = try Workbench()
    let outcome = try await doctor(
      bench, "> out 2> err & pid=$!; sleep \(seconds); kill -\(signal) $pid; wait $pid",
      setting: "set -m; export MARK=\(bench.mark);")
    #expect(outcome.exit == 128 + signal)
    #expect(try await bench.shell("cat out err").output == "")
    #expect(record(bench) == nil)
    #expect(try processes(with: bench.mark) == [])
  }

  /// Those that have it in their environment.
  private func processes(with mark: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int32($0) != nil }.filter { pid in
      let environment = try? Data(contentsOf: URL(filePath: "/proc/\(pid)/environ"))
      return environment.map { String(decoding: $0, as: UTF8.self).contains(mark) } ?? false
    }
  }

  @Test func aFormatThatThereIsNot() async throws {
    let outcome = try await Workbench().concrun("doctor", "--format", "xml")
    #expect(outcome.exit == 64)
    #expect(outcome.error.contains("table") && outcome.error.contains("json"))
  }
}
