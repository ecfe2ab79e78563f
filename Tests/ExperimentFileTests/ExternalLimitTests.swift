import MarkedText
import Model
import Testing
import YAML

@testable import ExperimentFile

/// What external plugins don't know of is an error before the run, at its place.
struct ExternalLimitTests {
  private func problems(
    _ marked: String, able: Set<PluginDescription.Capability>
  ) -> (messages: [String], places: [Span?], expected: [Span]) {
    let text = MarkedText(marked)
    let external = PluginDescription(
      .strategy, "mine", summary: "",
      external: .init(executable: "mine", workloads: ["fetch"], capabilities: able))
    let work = PluginDescription(
      .workload, "fetch", summary: "",
      parameters: [
        ParameterSchema("urls", .list(.string), help: ""), ParameterSchema("body", .string, needs: .body, help: ""),
        ParameterSchema("cookies", .boolean, needs: .cookies, help: ""),
        ParameterSchema("ca_file", .file, needs: .caFile, help: ""),
      ])
    let result = ExperimentFile.load(
      [text.source()],
      catalog: Catalog(
        strategies: [external, PluginDescription(.strategy, "sync", summary: "")], workloads: [work]),
      readFile: { _ in throw NoSuchFile() }, objection: { _, _ in nil })
    return (result.diagnostics.map(\.message), result.diagnostics.map(\.span), text.spans)
  }

  private static let cases: [(String, PluginDescription.Capability, String)] = [
    ("workloads: { fetch: { body: «x» } }", .body, "body"),
    ("workloads: { fetch: { cookies: «true» } }", .cookies, "cookies"),
    ("workloads: { fetch: { ca_file: «x» } }", .caFile, "ca_file"),
    ("workloads: [fetch]\narrivals: { «ramp»: { from: 1/s, to: 2/s, over: 1s } }", .ramp, "ramp"),
  ]

  @Test(arguments: cases.indices) func eachIsRefusedWhereItStands(index: Int) {
    let (text, capability, name) = Self.cases[index]
    let file = text + "\nstrategies: { sync: , m: { plugin: mine } }\n"
    let found = problems(file, able: Set(PluginDescription.Capability.allCases).subtracting([capability]))
    #expect(found.messages == ["strategy 'm' doesn't know of '\(name)'"])
    #expect(found.places == found.expected)
    #expect(problems(file, able: Set(PluginDescription.Capability.allCases)).messages == [])
    #expect(problems(text + "\nstrategies: [sync]\n", able: []).messages == [], "built-in strategies know of all")
  }

  @Test func whatIsOffNeedsNothing() {
    #expect(
      problems("workloads: { fetch: { cookies: false } }\nstrategies: { sync: , mine: }\n", able: []).messages == [])
  }

  /// Whoever doesn't know of arrivals needn't be told of ramps.
  @Test func arrivalsComeFirst() {
    let file =
      "workloads: [fetch]\narrivals: { ramp: { from: 1/s, to: 2/s, over: 1s } }\nstrategies: { sync: , mine: }\n"
    #expect(problems(file, able: []).messages == ["strategy 'mine' doesn't know of 'arrivals'"])
  }
}
