import Conversation
import Model
import Testing
import Time
import TimeLiterals

struct MessageTests {
  private let preparation = Preparation(
    strategy: "threads", parameters: ["max_workers": .integer(5)], workload: "sleep",
    work: ["duration": .number(0.005), "names": .list([.string("ü\n")])])

  @Test func hostMessagesComeBack() throws {
    for message in [HostMessage.prepare(preparation), .run] {
      let line = try message.line()
      #expect(line.last == UInt8(ascii: "\n"))
      #expect(line.dropLast().allSatisfy { $0 != UInt8(ascii: "\n") })
      #expect(try HostMessage(line: line.dropLast()) == message)
    }
  }

  @Test func pluginMessagesComeBack() throws {
    let usage = Done.Usage(
      cpuUser: 1, cpuSystem: 2, voluntarySwitches: 3, involuntarySwitches: 4, maxRSSBytes: 5)
    let done = Done(
      wall: 12, setup: 1, teardown: 2, checksum: "00000000000001a4", metrics: ["a": 1.5], usage: usage)
    for message in [PluginMessage.ready, .done(done), .done(Done(wall: 1)), .error(Complaint("no \"luck\"\n"))] {
      #expect(try PluginMessage(line: message.line()) == message)
    }
  }

  @Test func theNamesOfTheContract() throws {
    let line = String(decoding: try HostMessage.prepare(preparation).line(), as: UTF8.self)
    #expect(
      line == """
        {"parameters":{"max_workers":5},"strategy":"threads","type":"prepare",\
        "work":{"duration":0.005,"names":["ü\\n"]},"workload":"sleep"}

        """)
    let text = #"{"type":"done","wall_ns":7,"setup_ns":1,"teardown_ns":2,"checksum":"x","metrics":{},"more":[1]}"#
    #expect(
      try PluginMessage(line: text.utf8)
        == .done(Done(wall: 7, setup: 1, teardown: 2, checksum: "x", metrics: [:])))
  }

  @Test(arguments: [
    ("", "isn't JSON"), ("{", "isn't JSON"), ("[]", "isn't an object"), ("{}", "'type' is missing"),
    (#"{"type":"dance"}"#, "unknown message type 'dance'"), (#"{"type":"done"}"#, "'wall_ns' is missing"),
    (#"{"type":"done","wall_ns":"x"}"#, "'wall_ns' has the wrong type"), (#"{"type":"error"}"#, "'message' is missing"),
  ])
  func badMessages(text: String, words: String) {
    do throws(ConversationError) {
      _ = try PluginMessage(line: text.utf8)
      Issue.record("accepted")
    } catch {
      #expect("\(error)".contains(words))
    }
  }
}

/// Spans are whole numbers of nanoseconds in a message; the key names the unit.
struct SpanCodingTests {
  @Test func aSpanIsAWholeNumber() throws {
    let usage = Done.Usage(cpuUser: 1, cpuSystem: 2, voluntarySwitches: 3, involuntarySwitches: 4, maxRSSBytes: nil)
    let done = Done(wall: 9_007_199_254_740_993, setup: -1, loopStallMax: 7, usage: usage)
    let line = String(decoding: try PluginMessage.done(done).line(), as: UTF8.self)
    #expect(
      line == #"{"loop_stall_max_ns":7,"setup_ns":-1,"type":"done","usage":{"cpu_system_ns":2,"cpu_user_ns":1,"#
        + #""involuntary_switches":4,"voluntary_switches":3},"wall_ns":9007199254740993}"# + "\n")
    #expect(try PluginMessage(line: line.utf8) == .done(done))
  }

  @Test(
    arguments: [
      ("1.5", "it has a number that isn't whole, or is too large"),
      ("1e30", "it has a number that isn't whole, or is too large"),
      (#""1""#, "'wall_ns' has the wrong type"), ("null", "'wall_ns' is missing"),
      ("[1]", "'wall_ns' has the wrong type"),
    ])
  func nothingElseIsASpan(value: String, problem: String) {
    let line = #"{"type":"done","wall_ns":\#(value)}"#
    #expect(throws: ConversationError.badMessage(line, problem)) { try PluginMessage(line: line.utf8) }
  }
}

struct HostConversationTests {
  private let done = Done(wall: 1)

  @Test func goesItsWay() throws {
    var conversation = HostConversation()
    #expect(conversation.expected == "ready")
    #expect(try conversation.receive(.ready) == .run)
    #expect(conversation.expected == "done")
    #expect(try conversation.receive(.done(done)) == .finish(done))
    #expect(conversation.expected == nil)
  }

  @Test(arguments: [[], [PluginMessage.ready]])
  func mayGiveUpAtAnyTime(before: [PluginMessage]) throws {
    var conversation = HostConversation()
    for message in before { _ = try conversation.receive(message) }
    #expect(try conversation.receive(.error(Complaint("no"))) == .giveUp(Complaint("no")))
  }

  @Test(arguments: [
    [PluginMessage.done(Done(wall: 1))], [.ready, .ready], [.ready, .done(Done(wall: 1)), .done(Done(wall: 1))],
    [.error(Complaint("x")), .ready],
  ])
  func answersOutOfTurn(messages: [PluginMessage]) {
    var conversation = HostConversation()
    #expect(throws: ConversationError.self) {
      for message in messages { _ = try conversation.receive(message) }
    }
  }

}

struct LineSplitterTests {
  @Test func aByteOrderMarkIsNoPartOfTheFirstLine() throws {
    var splitter = LineSplitter()
    let mark = "\u{feff}"
    let lines =
      try splitter.append([UInt8](mark.utf8.prefix(2)))
      + splitter.append([UInt8]("\(mark)a\n\(mark)b\n".utf8.dropFirst(2)))
    #expect(lines.map { String(decoding: $0, as: UTF8.self) } == ["a", "\(mark)b"])
  }

  @Test(arguments: 1...7)
  func linesDoNotDependOnHowTheyArrive(piece: Int) throws {
    let bytes = Array("one\n\ntwo\nthree\nrest".utf8)
    var splitter = LineSplitter()
    var lines: [String] = []
    for start in stride(from: 0, to: bytes.count, by: piece) {
      lines += try splitter.append(Array(bytes[start..<min(start + piece, bytes.count)])).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    #expect(lines == ["one", "", "two", "three"])
  }

  @Test func aFloodWithoutLineFeedsIsAnError() throws {
    var splitter = LineSplitter(limit: 100)
    _ = try splitter.append([UInt8](repeating: 65, count: 100))
    #expect(throws: ConversationError.lineTooLong(limit: 100)) { try splitter.append([65]) }
  }
}
