import Results
import Testing

@Suite struct CSVTests {
  @Test(arguments: [
    ([], "\n"),
    (["a"], "a\n"),
    (["a", "b", "c"], "a,b,c\n"),
    (["", "", ""], ",,\n"),
    (["a,b", "c"], "\"a,b\",c\n"),
    (["say \"no\""], "\"say \"\"no\"\"\"\n"),
    (["\""], "\"\"\"\"\n"),
    (["a\nb"], "\"a b\"\n"),
    (["a\r\nb"], "\"a  b\"\n"),
    (["a\rb"], "\"a b\"\n"),
    (["a\tb\u{0}c"], "\"a b c\"\n"),
    (["a,\"b\"\nc", ""], "\"a,\"\"b\"\" c\",\n"),
    (["Größe", "日本語", "🙂", "a\u{301}"], "Größe,日本語,🙂,a\u{301}\n"),
    ([" a ", "'b'", "c;d"], " a ,'b',c;d\n"),
  ])
  func quoting(fields: [String], line: String) {
    #expect(String(decoding: CSV.line(fields), as: UTF8.self) == line)
  }

  /// No field may end a line: programs that count lines, or read with `split`, see one row.
  @Test func aLineFeedOnlyEndsTheLine() {
    let everything = String(decoding: (0...127 as ClosedRange<UInt8>).map(\.self), as: UTF8.self)
    let line = CSV.line([everything, everything])
    #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
    #expect(line.last == UInt8(ascii: "\n"))
    #expect(!line.contains(UInt8(ascii: "\r")))
  }
}

@Suite struct CSVReaderTests {
  private func rows(_ text: String) -> [[String]] { Array(CSVReader(Array(text.utf8))) }

  @Test(arguments: [
    ("", []),
    ("a,b\n", [["a", "b"]]),
    ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
    ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
    ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
    ("a\rb\r", [["a"], ["b"]]),
    ("a,\n", [["a", ""]]),
    ("a,", [["a", ""]]),
    (",\n", [["", ""]]),
    ("a\n\nb\n", [["a"], [""], ["b"]]),
    ("\"a,b\",c\n", [["a,b", "c"]]),
    ("\"a\"\"b\"\n", [["a\"b"]]),
    ("\"\"\n", [[""]]),
    ("\"\",\"\"", [["", ""]]),
    ("\"a\nb\",c\r\nd,e", [["a\nb", "c"], ["d", "e"]]),
    ("\"a\r\nb\"\r\n", [["a\r\nb"]]),
    ("a\"b,c\n", [["a\"b", "c"]]),
    ("\u{FEFF}a,b\n", [["a", "b"]]),
    ("Größe,日本語,🙂\n", [["Größe", "日本語", "🙂"]]),
    ("\"never closed,\n", [["never closed,\n"]]),
  ])
  func reading(text: String, expected: [[String]]) {
    #expect(rows(text) == expected)
  }

  @Test(arguments: 0..<200) func whatIsWrittenIsRead(seed: Int) {
    var random = Random(seed: seed)
    let table = (0..<random.below(5)).map { _ in (0...random.below(4)).map { _ in random.text() } }
    let bytes = table.flatMap { CSV.line($0) }
    #expect(Array(CSVReader(bytes)) == table)
    // The last line feed isn't needed; a row of one empty field is nothing but its line feed.
    if let last = table.last, last != [""] { #expect(Array(CSVReader(Array(bytes.dropLast()))) == table) }
  }

  /// Whatever bytes there are, it comes to an end, and it takes them all.
  @Test(arguments: 0..<200) func anyBytes(seed: Int) {
    var random = Random(seed: seed)
    let alphabet = Array("a,\"\n\r".utf8) + [0xff, 0xc3, 0]
    let bytes = (0..<random.below(40)).map { _ in alphabet[random.below(alphabet.count)] }
    let rows = Array(CSVReader(bytes))
    #expect(rows.count <= bytes.count + 1)
    #expect(rows.isEmpty == bytes.isEmpty)
  }
}
