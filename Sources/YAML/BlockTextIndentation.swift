/// The repair of block texts whose first line begins with a tab, which libyaml refuses although YAML has them.
///
/// libyaml takes the tab for indentation as long as it doesn't know how far the text is indented. A digit after `|` or
/// `>` says so. Nothing that has a mark follows on that line, so no mark moves.
struct BlockTextIndentation {
  private(set) var bytes: [UInt8]
  /// The bytes that libyaml may read once more for the sake of repairs: each of them begins from the start.
  private var budget = 64 << 20
  /// Where digits were put in, in bytes of the source.
  private var places: [Int] = []

  init(of source: Source) {
    bytes = source.bytes
  }

  /// Puts the digit in.
  ///
  /// - Returns: false if the error isn't about such a text, or if no digit helps.
  mutating func repair(_ error: SyntaxError, in source: Source) -> Bool {
    guard error.problem == "found a tab character where an indentation space is expected",
      error.context == "while scanning a block scalar", budget >= bytes.count
    else { return false }
    let line = source.rest(at: Mark(line: error.mark.line, column: 1))
    let blanks = line.prefix { $0 == " " }.count
    let digit = blanks - max(0, error.indentation)
    let place = source.byte(at: error.contextMark)
    guard line.dropFirst(blanks).first == "\t", (1...9).contains(digit), !places.contains(place),
      place < source.bytes.count, "|>".utf8.contains(source.bytes[place])
    else { return false }
    let moved = places.count { $0 < place }
    bytes.insert(UInt8(ascii: "0") + UInt8(digit), at: place + 1 + moved)
    places.append(place)
    budget -= bytes.count
    return true
  }
}
