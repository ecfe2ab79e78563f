import MarkedText
import Model
import Testing
import YAML

@testable import ExperimentFile

/// Values are read without anybody who reports, and reported each once.
struct ReadingTests {
  private let schema = ParameterSchema("sizes", .list(.map(.size)), minimum: 1, help: "")

  @Test func allReasonsAreThrownInTheOrderOfTheFile() throws {
    let text = MarkedText("[{ a: «x» }, { b: 1KiB }, «5», { c: «[]», d: «1kb» }]")
    let node = try parse(text.source()).root
    let error = try #require(throws: Unreadable.self) { try schema.value(of: node) }
    #expect(error.diagnostics.map(\.span) == text.spans)
  }

  @Test func boundsAreOfWhatCouldBeRead() throws {
    let text = MarkedText("«[]»")
    let node = try parse(text.source()).root
    let error = try #require(throws: Unreadable.self) { try schema.value(of: node) }
    #expect(error.diagnostics.map(\.message) == ["the number of entries of 'sizes' must be at least 1"])
    #expect(error.diagnostics.map(\.span) == text.spans)
  }

  @Test func aLogHasEachDiagnosticOnce() throws {
    let node = try parse(MarkedText("[{ a: x }]").source()).root
    let log = DiagnosticLog(secrets: SecretLog(environment: [:]))
    for _ in 0..<2 {
      #expect(log.report { () throws(Unreadable) in try schema.value(of: node) } == nil)
    }
    #expect(log.sorted.map(\.message) == ["'sizes.a' must be a size: 'x' isn't a size"])
    #expect(log.hasErrors)
  }
}
