import Model
import Testing

struct ResolvedPluginTests {
  private let sleep = PluginDescription(
    .workload, "sleep", summary: "",
    parameters: [
      ParameterSchema("tasks", .integer, default: .integer(160), help: ""), ParameterSchema("seed", .integer, help: ""),
    ])

  @Test func missingValuesAreTheDefaults() {
    #expect(ResolvedPlugin(sleep, completing: [:]).parameters == ["tasks": .integer(160)])
    #expect(ResolvedPlugin(sleep, completing: ["tasks": .integer(1)]).parameters == ["tasks": .integer(1)])
    #expect(ResolvedPlugin(sleep, parameters: [:]).parameters.isEmpty)
  }

  @Test func aPluginIsKnownByItsNameAndItsValues() {
    let other = PluginDescription(.workload, "sleep", summary: "another text")
    #expect(ResolvedPlugin(sleep, parameters: [:]) == ResolvedPlugin(other, parameters: [:]))
    #expect(ResolvedPlugin(sleep, parameters: [:]) != ResolvedPlugin(sleep, parameters: ["tasks": .integer(1)]))
    let null = PluginDescription(.workload, "null", summary: "")
    #expect(ResolvedPlugin(sleep, parameters: [:]) != ResolvedPlugin(null, parameters: [:]))
  }

  @Test func aCellKnowsWhichRequestsItSends() {
    let fetch = PluginDescription(.workload, "fetch", summary: "", requests: .init(items: ["urls", "urls_from"]))
    func cell(_ work: ResolvedPlugin?) -> Cell {
      Cell(
        id: "w/s", workload: "w", strategy: "s", levels: [], workloadPlugin: work,
        strategyPlugin: ResolvedPlugin(PluginDescription(.strategy, "sync", summary: ""), parameters: [:]))
    }
    let urls = Value.list([.string("http://127.0.0.1/")])
    #expect(cell(ResolvedPlugin(fetch, parameters: ["urls_from": urls])).requestItems == urls.list)
    #expect(cell(ResolvedPlugin(fetch, parameters: [:])).requestItems == [])
    #expect(cell(ResolvedPlugin(sleep, parameters: ["urls": urls])).requestItems == nil)
    #expect(cell(nil).requestItems == nil)
    #expect(!cell(nil).sendsRequests)
  }
}
