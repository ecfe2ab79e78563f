import Reports
import Testing

/// Columns stand below each other in a terminal, whatever the language of labels.
struct WideTextTests {
  @Test func wideLettersTakeTwoColumns() {
    var table = TextTable([("label", .left), ("n", .right)])
    table.rows = [["日本", "1"], ["größe", "22"], ["e\u{301}", "3"]]
    #expect(table.plain(indent: "") == "label   n\n日本    1\ngröße  22\ne\u{301}       3\n")
  }
}
