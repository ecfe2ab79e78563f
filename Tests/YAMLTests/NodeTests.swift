import Testing
import YAML

@Suite struct NodeTests {
  private let root = outcome(of: "m: {a: 1}\nl: [x]\nt: text\nn:\nq: ''\n").root

  @Test func mapping() throws {
    let node = try #require(root?["m"])
    #expect(node.entries?.map(\.keyText) == ["a"])
    #expect(node["a"]?.text == "1")
    #expect(node["b"] == nil)
    #expect(node.text == nil)
    #expect(node.sequence == nil)
    #expect(!node.isNull)
    #expect(node.kindName == "a mapping")
  }

  @Test func list() throws {
    let node = try #require(root?["l"])
    #expect(node.sequence?.map(\.text) == ["x"])
    #expect(node["x"] == nil)
    #expect(node.entries == nil)
    #expect(node.kindName == "a list")
  }

  @Test(arguments: [
    ("m", "a mapping"), ("l", "a list"), ("t", "a single value"), ("n", "nothing"), ("q", "a single value"),
  ])
  func kindName(key: String, expected: String) {
    #expect(root?[key]?.kindName == expected)
  }

  @Test(arguments: [
    ("a:", true), ("a: ~", true), ("a: null", true), ("a: Null", true), ("a: NULL", true), ("a: !!null ~", true),
    ("a: nULL", false), ("a: ''", false), ("a: 'null'", false), ("a: !!str null", false), ("a: []", false),
    ("a: |\n", false),
  ])
  func isNull(text: String, expected: Bool) {
    #expect(outcome(of: text).root?["a"]?.isNull == expected)
  }

  @Test func canBeMadeByHand() {
    let source = Source(name: "--set a=1", bytes: Array("1".utf8))
    let span = Span(start: Mark(line: 1, column: 1), end: Mark(line: 1, column: 2))
    let scalar = Node(content: .scalar(Node.Scalar(text: "1", isPlain: true)), span: span, source: source)
    let entry = Node.Entry(key: scalar, keyText: "1", value: scalar)
    #expect(Node(content: .mapping([entry]), span: span, source: source)["1"]?.source === source)
  }
}
