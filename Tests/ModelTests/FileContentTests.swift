import Model
import Testing

struct FileContentTests {
  /// The values that the authors of FNV publish.
  @Test(arguments: [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8")])
  func digests(text: String, digest: String) {
    #expect(FileContent(path: "p", content: Array(text.utf8)).digest == digest)
  }

  @Test func valuesAreReadBack() {
    let content = FileContent(path: "a/b", content: [1, 2, 3])
    #expect(FileContent(content.value) == content)
    #expect(ParameterType.content.accepts(content.value))
    for value in [Value.string("a/b"), .map([:]), .map(["path": .string("a"), "bytes": .integer(1)]), .null] {
      #expect(FileContent(value) == nil)
      #expect(!ParameterType.content.accepts(value))
    }
  }

  @Test func otherBytesDoNotMatch() {
    let content = FileContent(path: "p", content: [1, 2])
    #expect(content.matches([1, 2]))
    for other in [[], [1], [2, 1], [1, 2, 0]] as [[UInt8]] { #expect(!content.matches(other)) }
  }
}
