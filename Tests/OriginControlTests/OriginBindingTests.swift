import Model
import Origin
import Testing

@testable import OriginControl

/// The plan of a cell that downloads, as a file would have it.
func downloadPlan(
  _ urls: [String], origin: [String: Value]? = [:], parameters: [String: Value] = [:], cells: Int = 1
) -> Plan {
  let download = PluginDescription(
    .workload, "download", summary: "",
    requests: .init(items: ["urls"], bodiless: .init("method", is: .string("HEAD")), bodies: ["body"]))
  let sync = PluginDescription(.strategy, "sync", summary: "")
  let work = parameters.merging(["urls": .list(urls.map(Value.string))]) { $1 }
  return Plan(
    experiment: "e", axes: [],
    cells: (0..<cells).map { index in
      Cell(
        id: "w\(index)/sync", workload: "w\(index)", strategy: "sync", levels: [],
        workloadPlugin: ResolvedPlugin(download, parameters: work),
        strategyPlugin: ResolvedPlugin(sync, parameters: ["note": .string("at ${origin}")]), origin: origin)
    })
}

/// The embedded server's URL takes the place of references to it, and its answers come beside the parameters.
struct OriginBindingTests {
  private func bind(_ plan: Plan) -> BoundPlan {
    var binding = OriginBinding { "http://127.0.0.1:\(8000 + $0)" }
    return binding.bind(plan)
  }

  @Test func referencesBecomeTheURL() {
    let cell = bind(downloadPlan(["${origin}/a", "http://example.com/"], origin: ["threads": .integer(3)])).plan.cells[
      0]
    #expect(cell.requestItems == [.string("http://127.0.0.1:8003/a"), .string("http://example.com/")])
    #expect(cell.strategyPlugin.parameters["note"] == .string("at http://127.0.0.1:8003"))
  }

  @Test func environmentsAndHooksGetTheURLToo() {
    var plan = downloadPlan(["${origin}/a"], cells: 1)
    plan.cells[0].environment = ["URL": "${origin}/x", "TEXT": "$${origin}"]
    plan.cells[0].hooks.commands = [.beforeTrial: ["curl", "${origin}/"]]
    plan.hooks.commands = [.beforeRun: ["echo", "${origin}", "$${origin}"]]
    let bound = bind(plan).plan
    #expect(bound.cells[0].environment == ["URL": "http://127.0.0.1:8001/x", "TEXT": "${origin}"])
    #expect(bound.cells[0].hooks.commands[.beforeTrial] == ["curl", "http://127.0.0.1:8001/"])
    #expect(bound.hooks.commands[.beforeRun] == ["echo", "http://127.0.0.1:8001", "${origin}"])
  }

  /// What a file writes as `$${origin}` is a text, whether or not the cell uses the server.
  @Test(arguments: [[:], nil] as [[String: Value]?])
  func anEscapedReferenceIsAText(origin: [String: Value]?) {
    let plan = downloadPlan(["http://127.0.0.1/$${origin}"], origin: origin, parameters: ["n": .string("$$${origin}")])
    let cell = bind(plan).plan.cells[0]
    #expect(cell.requestItems == [.string("http://127.0.0.1/${origin}")])
    #expect(cell.workloadPlugin?.parameters["n"] == .string("$${origin}"))
  }

  @Test func answersAreKnownForTheServersOwnURLs() {
    let bound = bind(downloadPlan(["${origin}/a?size=9", "http://example.com/", "${origin}/b?status=404"]))
    #expect(
      bound.answers(ofCell: 0) == [
        OriginAnswer(bytes: 9, crc32: OriginBody.crc32(path: "/a", size: 9)), nil,
        OriginAnswer(bytes: 1024, crc32: OriginBody.crc32(path: "/b", size: 1024), status: 404),
      ])
  }

  /// The user's parameters are theirs: nothing is added to them.
  @Test func parametersKeepTheirNames() {
    let plan = downloadPlan(["${origin}/a"])
    let names = plan.cells[0].workloadPlugin?.parameters.keys.sorted()
    #expect(bind(plan).plan.cells[0].workloadPlugin?.parameters.keys.sorted() == names)
  }

  @Test(arguments: [(["method": Value.string("HEAD")], 0), (["method": .string("GET")], 1024), ([:], 1024)])
  func aHeadRequestHasNoBody(parameters: [String: Value], bytes: Int) {
    #expect(bind(downloadPlan(["${origin}/a"], parameters: parameters)).answers(ofCell: 0)[0]?.bytes == bytes)
  }

  @Test func statusesWithoutABodyHaveNone() {
    let answers = bind(downloadPlan(["${origin}/a?status=204", "${origin}/a?status=304"])).answers(ofCell: 0)
    #expect(answers.map { $0?.bytes } == [0, 0])
  }

  @Test(arguments: [
    (["latency": Value.number(0.005)], ["${origin}/a"], 0.005),
    (["latency": .number(0.005)], ["${origin}/a?latency=5ms"], 0.005),
    (["latency": .number(0.005)], ["${origin}/a?latency=6ms", "${origin}/a"], nil),
    (["latency": .number(0.005), "jitter": .number(0.001)], ["${origin}/a"], nil),
    (["latency": .number(0.005), "bandwidth": .integer(1000)], ["${origin}/a"], nil),
    (["latency": .number(0.005)], ["${origin}/a", "http://example.com/"], nil),
  ])
  func theInjectedWaitIsKnownWhereItIsTheSameForAll(origin: [String: Value], urls: [String], wait: Double?) {
    #expect(bind(downloadPlan(urls, origin: origin)).plan.cells[0].injectedWait == wait)
  }

  @Test func cellsWithoutTheServerStayAsTheyAre() {
    let plan = downloadPlan(["http://example.com/"], origin: nil)
    let bound = bind(plan)
    #expect(bound.answers(ofCell: 0).isEmpty)
    #expect(bound.plan.cells[0].workloadPlugin == plan.cells[0].workloadPlugin)
  }

  @Test(arguments: [
    ("http://example.com/?latency=x", nil), ("${origin}", nil), ("${origin}/a?latency=5ms&q=1", nil),
    ("${origin}a", "'${origin}a' needs a slash after ${origin}"),
    ("${origin}/.concrun/counts", "what is below /.concrun/ is the server's own"),
    ("${origin}/a?latenzy=5ms", "'latenzy' is no setting of the origin: did you mean 'latency'?"),
  ])
  func urlsThatCannotWorkAreObjectedTo(url: String, problem: String?) {
    #expect(OriginBinding.objection(to: url) == problem)
  }

  @Test func settingsThatAreNotSetAreTheServersOwn() {
    #expect(OriginParameters.settings([:]) == OriginSettings())
    let settings = OriginParameters.settings(["latency": .number(0.5), "threads": .integer(2), "seed": .integer(7)])
    #expect(settings.latency == 0.5)
    #expect(settings.threads == 2)
    #expect(settings.seed == 7)
    for schema in OriginParameters.schemas {
      #expect(schema.defaultValue.map { schema.type.accepts($0) && schema.isInRange($0) } ?? true, "\(schema.name)")
    }
  }
}
