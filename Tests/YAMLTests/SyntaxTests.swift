import MarkedText
import Testing
import YAML

@Suite struct SyntaxTests {
  @Test(arguments: [
    ("a:\n«\t»b: 1\n", "a tab can't indent; use spaces"),
    ("a:\n  b: 1\n«\t»c: 2\n", "a tab can't indent; use spaces"),
    ("a: |\n«\t»text\n", "a tab can't indent; use spaces"),
    ("«\t»a: 1", "a tab can't indent; use spaces"),
    ("a: «[»1, 2\nb: 3\n", "this '[' is never closed"),
    ("a: «[»1, 2\n", "this '[' is never closed"),
    ("a: «[»1, 2,\nb: 3\nc: 4\n", "this '[' is never closed"),
    ("a: «[»[1], ", "this '[' is never closed"),
    ("- &x «{» # open\n", "this '{' is never closed"),
    ("a: [b, «{»c: ", "this '{' is never closed"),
    ("a: «[»", "this '[' is never closed"),
    ("a: «{»x: 1\n", "this '{' is never closed"),
    ("a:\n  b: «{»x: 1\n  c: 2\n", "this '{' is never closed"),
    ("a: [1, 2«}»\n", "expected ',' or ']' here"),
    ("a: {x: 1«]»\n", "expected ',' or '}' here"),
    ("a: [\n  {b: 1}\n  «{»b: 2}\n]", "expected ',' or ']' here"),
    ("a: «\"»xx\nb: 3\n", "this quote is never closed"),
    ("a: «'»xx\nb: 3\n", "this quote is never closed"),
    ("a: «'»xx\n---\n", "this quote is never closed"),
    ("a: [$«{»x}/a]\n", "inside brackets, '${' needs quotes"),
    ("a: {b«:», c: 1}\n", "inside brackets a ':' needs a blank after it"),
    ("a: b«:» c", "a ':' can't stand here"),
    ("a: 1\n b«:» 2", "a ':' can't stand here"),
    ("a: \"x\" «y»\n", "expected a key ('name: value') of the mapping that began on line 1"),
    ("\n- a\n«b»: 1\n", "expected '-' for another item of the list that began on line 2"),
    ("a: «-» b", "a list can't begin here"),
    ("a: «?» b", "a '?' key can't stand here"),
    ("a: 1\n«b»cd\ne: 2\n", "expected 'name: value', but no ':' follows"),
    ("a: «]»", "expected a value before ']'"),
    ("a: «@»x", "a value can't begin with '@'"),
    ("a: «`»x", "a value can't begin with '`'"),
    ("a: «%»x", "a value can't begin with '%'"),
    ("a: «*».txt", "expected a name of ASCII letters, digits, '-' and '_' after '*'"),
    ("a: «&»é", "expected a name of ASCII letters, digits, '-' and '_' after '&'"),
    ("a\n...\n«b»", "the document already ended before this"),
    ("[a]«]»", "the document already ended before this"),
    ("a: \"«\\»q\"", "unknown escape '\\q'"),
    ("a: \"\\x«z»z\"", "this escape needs the hexadecimal digits of a character"),
    ("a: \"\\u«d»800\"", "this escape needs the hexadecimal digits of a character"),
    ("a: | «t»ext", "a text can't begin on the line of its '|' or '>'"),
    ("«%»YAML 2.0\n---\na", "this version of YAML isn't supported"),
    ("a: !<«»", "did not find expected tag URI while parsing a tag"),
  ])
  func message(marked: String, expected: String) throws {
    let text = MarkedText(marked)
    let outcome = outcome(of: text.source())
    #expect(outcome.isFailure)
    #expect(outcome.problems.map(\.message) == [expected])
    let span = try #require(outcome.problems.first?.span)
    #expect(span.start == text.spans.first?.start)
    #expect(span.end.line == span.start.line && (0...1).contains(span.end.column - span.start.column))
  }

  @Test(arguments: [
    ("a: [1, 2\nb: 3\n", "it must be closed before line 2"),
    ("a: [1", "it must be closed before the end"),
    ("a: {x: 1]\n", "the '{' of line 1, column 4 is still open"),
    ("a: b: c", "put a text that holds ': ' in quotes"),
    ("a\nb: 1", "is this line indented too far, or is there no ':' in the line before?"),
    ("a: *.txt", "quote a text that begins with '*' or '&'"),
    ("a: \"\\q\"", "write \\\\ for a backslash, or use single quotes"),
  ])
  func hint(text: String, expected: String) {
    #expect(outcome(of: text).problems.map(\.hint) == [expected])
  }
}
