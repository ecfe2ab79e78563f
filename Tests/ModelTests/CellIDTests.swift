import Model
import Testing

/// The id of a cell, from its parts to its text and back.
struct CellIDTests {
  private func id(_ levels: [(String, String)]) -> CellID {
    CellID(workload: "web", strategy: "threads", levels: levels.map { .init(axis: $0, text: $1) })
  }

  @Test func axesAreInAlphabeticalOrder() {
    #expect(id([("size", "64KiB"), ("max_workers", "4")]).text == "web/threads/max_workers=4,size=64KiB")
  }

  @Test func aCellWithoutAxesHasTwoParts() {
    #expect(id([]).text == "web/threads")
    #expect(CellID("web/threads") == id([]))
  }

  @Test(arguments: [
    ("a b", "a%20b"), ("1/2", "1%2F2"), ("50%", "50%25"), ("a,b=c", "a%2Cb%3Dc"), ("\"x\"", "%22x%22"),
    ("tab\t", "tab%09"),
    ("größe", "größe"), ("\u{a0}", "%C2%A0"), ("", ""),
  ])
  func charactersThatWouldSplitAnIDAreEscaped(level: String, text: String) {
    #expect(id([("axis", level)]).text == "web/threads/axis=\(text)")
    #expect(CellID("web/threads/axis=\(text)").level(of: "axis") == level)
  }

  /// Whatever a level is, its text tells it exactly.
  @Test func everyIDSurvivesItsText() {
    var random = SplitMix64(seed: 5)
    let scalars = Array("ab0/,=%\" \t\n\u{7f}é漢🙂\u{2028}.".unicodeScalars)
    for _ in 0..<500 {
      let levels = (0..<3).map { axis in
        let length = 1 + Int(random.next() % 6)
        let text = (0..<length).map { _ in String(scalars[Int(random.next() % UInt64(scalars.count))]) }.joined()
        return CellID.AxisLevel(axis: "axis\(axis)", text: text)
      }
      let id = CellID(workload: "w", strategy: "s", levels: levels)
      #expect(CellID(id.text) == id, "\(id.text)")
      #expect(id.text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace })
    }
  }

  @Test func textThatIsNoIDIsAStrategy() {
    #expect(CellID("threads").strategy == "threads")
    #expect(CellID("threads").workload == CellID.unnamedWorkload)
    #expect(CellID("web/threads/nonsense,max_workers=4").levels == [.init(axis: "max_workers", text: "4")])
    #expect(CellID("").strategy == "")
  }
}
