import Foundation
import Results
import TestFiles
import Testing

@Suite struct DoctorRecordTests {
  private let folder: TemporaryFolder
  private let machine = DoctorRecord.Machine(
    host: "h", cpuModel: nil, effectiveCores: 1.5, kernel: "6.1", version: "0.1.0")

  init() throws {
    folder = try TemporaryFolder()
  }

  private func medians(_ count: Int, at time: String = "t", work: String = "w") -> [DoctorRecord.Median] {
    (0..<count).map { .init(at: time, work: work, seconds: Double($0 + 1)) }
  }

  private func record(_ medians: [DoctorRecord.Median] = []) -> DoctorRecord {
    DoctorRecord(
      measuredAt: "2026-11-22T08:15:00.000Z", machine: machine, withinRunFloor: 0.011, betweenRunFloor: 0.021,
      detectableDifference: ["10": 0.02, "30": 0.01], medians: medians)
  }

  @Test func isReadBack() throws {
    let environment = ["XDG_STATE_HOME": "\(folder.path)/new/state"]
    let path = try #require(DoctorRecord.path(environment: environment))
    #expect(DoctorRecord.read(environment: environment) == nil)
    try record(medians(3)).write(path)
    let read = try #require(DoctorRecord.read(environment: environment))
    #expect(read.machine == machine)
    #expect(read.withinRunFloor == 0.011 && read.betweenRunFloor == 0.021)
    #expect(read.detectableDifference == ["10": 0.02, "30": 0.01])
    #expect(read.medians == medians(3))
    #expect(read.measuredAt == "2026-11-22T08:15:00.000Z")
  }

  @Test func namesInTheFile() throws {
    let path = "\(folder.path)/doctor.json"
    try record(medians(1)).write(path)
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path))) as? [String: Any])
    #expect(
      json.keys.sorted() == [
        "between_run_floor", "detectable_difference", "machine", "measured_at", "medians", "schema_version",
        "within_run_floor",
      ])
    #expect((json["machine"] as? [String: Any])?["effective_cores"] as? Double == 1.5)
    #expect(((json["medians"] as? [[String: Any]])?.first?["seconds"]) as? Double == 1)
  }

  @Test(arguments: ["", "{}", "garbage", #"{"schema_version": 1}"#])
  func whatIsNoRecord(text: String) throws {
    let path = try folder.write(text.utf8, to: "doctor.json")
    #expect(DoctorRecord.read(path) == nil)
  }

  @Test func anotherVersionsRecordIsNone() throws {
    var record = record()
    record.schemaVersion += 1
    try record.write("\(folder.path)/doctor.json")
    #expect(DoctorRecord.read("\(folder.path)/doctor.json") == nil)
  }

  @Test(arguments: [
    (["XDG_STATE_HOME": "/s", "HOME": "/h"], "/s/concrun/doctor.json"),
    (["HOME": "/h"], "/h/.local/state/concrun/doctor.json"),
    (["XDG_STATE_HOME": "", "HOME": "/h"], "/h/.local/state/concrun/doctor.json"),
    (["XDG_STATE_HOME": "relative", "HOME": "/h"], "/h/.local/state/concrun/doctor.json"),
    ([:], nil), (["HOME": ""], nil),
  ])
  func whereItIs(environment: [String: String], path: String?) {
    #expect(DoctorRecord.path(environment: environment) == path)
  }

  @Test func aFileInTheWay() throws {
    let file = try folder.write([], to: "state")
    #expect(throws: OutputError.self) { try record().write("\(file)/concrun/doctor.json") }
  }

  @Test func theNewestMediansAreKept() {
    let new = medians(4, at: "later")
    let known = DoctorRecord.medians(of: record(medians(49)), on: machine, and: new, of: "w")
    #expect(known == medians(49).dropFirst(3) + new)
    #expect(DoctorRecord.medians(of: nil, on: machine, and: new, of: "w") == new)
  }

  @Test func anotherMachineStartsAfresh() {
    let new = medians(2, at: "later")
    let changes: [(inout DoctorRecord.Machine) -> Void] = [
      { $0.host = "i" }, { $0.cpuModel = "faster" }, { $0.effectiveCores = 2 }, { $0.kernel = "6.2" },
      { $0.version = "0.2.0" },
    ]
    for change in changes {
      var other = machine
      change(&other)
      #expect(DoctorRecord.medians(of: record(medians(3)), on: other, and: new, of: "w") == new)
    }
    #expect(DoctorRecord.medians(of: record(medians(3, work: "old")), on: machine, and: new, of: "w") == new)
  }
}
