import Conversation
import Model
import Testing
import Time
import TimeLiterals

struct PluginOfferTests {
  private static func offer(_ parameters: String, more: String = "") throws -> PluginOffer {
    let text = """
      {"type":"description","protocol":1,"strategies":[{"name":"mine","summary":"Mine.","workloads":["null"],
      "parameters":[\(parameters)]\(more)}]}
      """
    guard case .description(let offer) = try PluginMessage(line: text.utf8) else { throw Surprise() }
    return offer
  }

  struct Surprise: Error {}

  @Test func anOfferBecomesADescription() throws {
    let offer = try Self.offer(
      """
      {"name":"max_workers","type":"integer","default":5,"minimum":1,"help":"Threads."},
      {"name":"pause","type":"duration","default":0.5,"maximum":60},
      {"name":"way","type":"choice","choices":["a","b"],"required":true},
      {"name":"names","type":"list","items":"string","default":["x"],"minimum":1}
      """, more: #","parallelism":"one_thread","metrics":["hits"],"capabilities":["arrivals"],"more":1"#)
    let description = try #require(try offer.descriptions(executable: "plugins/mine").first)
    #expect(description.name == "mine" && description.kind == .strategy && description.summary == "Mine.")
    #expect(description.parameters.map(\.name) == ["max_workers", "pause", "way", "names"])
    #expect(
      description.parameters.map(\.type) == [.integer, .duration, .choice(["a", "b"]), .list(.string)])
    #expect(description.parameters[0].defaultValue == .integer(5) && description.parameters[0].minimum == 1)
    #expect(description.parameters[2].isRequired && description.parameters[2].defaultValue == nil)
    #expect(description.metrics.map(\.name) == ["hits"])
    #expect(description.parallelism == .oneThread)
    #expect(
      description.external
        == PluginDescription.External(executable: "plugins/mine", workloads: ["null"], capabilities: [.arrivals]))
  }

  @Test(arguments: [
    (#"{"name":"k","type":"int"}"#, "strategy 'mine': parameter 'k': unknown type 'int'; known: boolean"),
    (#"{"name":"k","type":"integer","default":"x"}"#, "its default isn't integer in its range: x"),
    (#"{"name":"k","type":"integer","default":0,"minimum":1}"#, "its default isn't integer in its range: 0"),
    (#"{"name":"k","type":"integer","minimum":2,"maximum":1}"#, "its minimum is above its maximum"),
    (#"{"name":"k","type":"choice"}"#, "a choice needs 'choices'"),
    (#"{"name":"k","type":"list","items":"list"}"#, "unknown type of items 'list'"),
    (#"{"name":"1n","type":"integer"}"#, "letters, digits and _"),
    (#"{"name":"wall_s","type":"integer"}"#, "a column of the results"),
    (#"{"name":"max_workers","type":"number"}"#, "it must be an integer"),
    (#"{"name":"chunk_size","type":"integer","default":0}"#, "its default isn't integer in its range: 0"),
    (#"{"name":"max_workers","type":"integer","default":5,"minimum":-1,"maximum":0}"#, "its minimum is above"),
    (#"{"name":"k","type":"choice","choices":["x","x"]}"#, "its choices must differ"),
    (#"{"name":"k","type":"integer"},{"name":"k","type":"integer"}"#, "parameter 'k' stands twice"),
  ])
  func badParameters(parameters: String, words: String) throws {
    let offer = try Self.offer(parameters)
    let error = #expect(throws: OfferError.self) { try offer.descriptions(executable: "x") }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    (#","metrics":["wall_s"]"#, "a metric can't be called 'wall_s'"),
    (#","parallelism":"many""#, "unknown parallelism 'many'"),
    (
      #","capabilities":["magic"]"#,
      "unknown capability 'magic'; known: arrivals, max_rate, warmup_tasks, ramp, body, cookies, ca_file"
    ),
  ])
  func badStrategies(more: String, words: String) throws {
    let offer = try Self.offer("", more: more)
    let error = #expect(throws: OfferError.self) { try offer.descriptions(executable: "x") }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func anotherProtocolMayLookAsItLikes() throws {
    let text = #"{"type":"description","protocol":2,"ways":[]}"#
    guard case .description(let offer) = try PluginMessage(line: text.utf8) else { throw Surprise() }
    let error = #expect(throws: OfferError.self) { try offer.descriptions(executable: "x") }
    #expect(error?.description == "it speaks protocol 2, and this concrun speaks 1")
  }
}

struct ExternalConversationTests {
  private let offer = PluginOffer(strategies: [])

  @Test func aWholeConversation() throws {
    var conversation = ExternalConversation()
    let task = TaskReport(index: 0, worker: 0, start: 1, end: 2, status: .ok, bytes: 3)
    #expect(conversation.expected == "description")
    #expect(try conversation.receive(.description(offer)) == .prepare(offer))
    #expect(conversation.expected == "ready")
    #expect(try conversation.receive(.ready) == .start)
    #expect(conversation.expected == nil)
    conversation.started()
    #expect(conversation.expected == "done")
    #expect(try conversation.receive(.tasks([task])) == .record([task]))
    #expect(try conversation.receive(.tasks([])) == .record([]))
    #expect(try conversation.receive(.done(Done(wall: 5))) == .finish(Done(wall: 5)))
    #expect(throws: ConversationError.outOfTurn(got: "tasks", expected: "nothing")) {
      try conversation.receive(.tasks([]))
    }
  }

  @Test(arguments: [
    ([PluginMessage.ready], "'ready' came where 'description' was expected"),
    ([.description(PluginOffer(strategies: [])), .tasks([])], "'tasks' came where 'ready' was expected"),
    ([.description(PluginOffer(strategies: [])), .ready, .ready], "'ready' came where 'nothing' was expected"),
    ([.description(PluginOffer(strategies: [])), .ready, .done(Done(wall: 1))], "'done' came where 'nothing'"),
  ])
  func outOfTurn(messages: [PluginMessage], words: String) throws {
    var conversation = ExternalConversation()
    for message in messages.dropLast() { _ = try conversation.receive(message) }
    let last = try #require(messages.last)
    let error = #expect(throws: ConversationError.self) { try conversation.receive(last) }
    #expect(error?.description.contains(words) == true)
  }

  @Test func anErrorMayComeAtAnyTime() throws {
    for before in [[], [PluginMessage.description(offer)], [.description(offer), .ready]] {
      var conversation = ExternalConversation()
      for message in before { _ = try conversation.receive(message) }
      #expect(try conversation.receive(.error(Complaint("no", crashed: true))) == .giveUp("no"))
    }
  }

  @Test(arguments: [
    (#"{"type":"tasks","tasks":[[0,0,1,2,"ok"]]}"#, "'tasks[0][5]' is missing"),
    (#"{"type":"tasks","tasks":[[0,0,1,"2","ok",1]]}"#, "'tasks[0][3]' has the wrong type"),
    (#"{"type":"tasks","tasks":[[0,0,1,2,"fine",1]]}"#, "'tasks[0][4]' has a value that isn't allowed"),
    (#"{"type":"tasks","tasks":[[0,0,1.5,2,"ok",1]]}"#, "a number that isn't whole"),
    (#"{"type":"tasks"}"#, "'tasks' is missing"),
  ])
  func badTasks(text: String, words: String) {
    let error = #expect(throws: ConversationError.self) { try PluginMessage(line: text.utf8) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func aTaskMayHaveAMessageAndMore() throws {
    let text = #"{"type":"tasks","tasks":[[7,1,10,20,"failed",5,"why",[1]],[8,1,10,20,"timeout",0]]}"#
    #expect(
      try PluginMessage(line: text.utf8)
        == .tasks([
          TaskReport(index: 7, worker: 1, start: 10, end: 20, status: .failed, bytes: 5, message: "why"),
          TaskReport(index: 8, worker: 1, start: 10, end: 20, status: .timeout, bytes: 0),
        ]))
  }
}
