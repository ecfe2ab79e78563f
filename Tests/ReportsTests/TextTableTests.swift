import Reports
import Testing

struct TextTableTests {
  private var table: TextTable {
    var table = TextTable([("name", .left), ("n", .right), ("", .left)])
    table.rows = [["größe", "1", ""], ["b|c", "100", ""]]
    return table
  }

  @Test func columnsStandUnderEachOther() {
    #expect(
      table.plain() == """
          name     n
          größe    1
          b|c    100

        """)
  }

  @Test func emptyColumnsAreLeftOut() {
    #expect(table.compacted.columns.map(\.title) == ["name", "n"])
    #expect(table.compacted.rows == [["größe", "1"], ["b|c", "100"]])
  }

  @Test func markdownEscapesItsBars() {
    #expect(
      table.compacted.markdown == """
        | name | n |
        | :-- | --: |
        | größe | 1 |
        | b\\|c | 100 |

        """)
  }

  @Test func titlesThatAreAllEmptyTakeNoLine() {
    var table = TextTable([("", .left), ("", .left)])
    table.rows = [["a", "b"]]
    #expect(table.plain(indent: "") == "a  b\n")
  }
}
