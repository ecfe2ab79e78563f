import Testing

@testable import YAML

/// Questions about lines and columns have the answers that reading the whole text gives.
struct SourceIndexTests {
  private static let pieces: [String] = [
    "a", "ß", "日", "👍", "\n", "\r\n", "\r", "\u{85}", "\u{2028}", String(repeating: "x", count: 600),
    String(repeating: "é", count: 300),
  ]

  @Test(arguments: 0..<60) func answersAreThoseOfTheWholeText(seed: UInt64) {
    var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let text = (0..<random(30)).map { _ in Self.pieces[random(Self.pieces.count)] }.joined()
    let source = Source(name: "test", bytes: Array(((seed % 2 == 0 ? "" : "\u{feff}") + text).utf8))
    let lines = lines(of: text)
    for (index, line) in lines.enumerated() {
      #expect(source.line(index + 1) == line)
      #expect(source.length(ofLine: index + 1) == line.unicodeScalars.count)
      let scalars = Array(line.unicodeScalars)
      let start = random(scalars.count + 1)
      let end = start + random(scalars.count - start + 1)
      var part = String.UnicodeScalarView()
      part.append(contentsOf: scalars[start..<end])
      #expect(source.text(ofLine: index + 1, start..<end) == String(part))
      let place = source.byte(at: Mark(line: index + 1, column: start + 1))
      #expect(source.mark(ofByte: place) == Mark(line: index + 1, column: start + 1))
    }
    #expect(source.line(lines.count + 1) == nil)
    #expect(source.line(0) == nil)
  }

  private func lines(of text: String) -> [String] {
    var lines = [""]
    var before: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where before == "\r": break
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": lines.append("")
      default: lines[lines.count - 1].unicodeScalars.append(scalar)
      }
      before = scalar
    }
    return lines
  }
}
