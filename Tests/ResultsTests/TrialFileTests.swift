import Foundation
import Model
import Results
import TestFiles
import Testing

/// Reading tables of trials into columns, concrun's own and others'.
@Suite struct TrialFileTests {
  private func read(_ text: String) throws -> TrialFile {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    return try TrialFile.read(try folder.write(text.utf8, to: "t.csv"))
  }

  /// The same rows, whatever ends a line or stands before the first, and wherever the pieces of the file end.
  @Test(arguments: ["\n", "\r\n", "\r"], [0, 1, 2, 17])
  func rowsAcrossPieces(lineEnd: String, shift: Int) throws {
    // More than two pieces of 1 MiB: rows of many lengths, quotes, and line breaks within them.
    var random = SplitMix64(seed: UInt64(shift))
    var text = "\u{FEFF}cell_id,note,wall_s" + lineEnd
    var expected: [Double] = []
    while text.utf8.count < 2_200_000 {
      let wall = Double(1 + random.next(below: 1_000_000)) / 1000
      expected.append(wall)
      let note = String(repeating: "x", count: random.next(below: 200) + shift)
      text += "\"w/a,\"\"\(expected.count % 3)\"\"\",\"\(note)\(lineEnd),\"\"\",\(wall)" + lineEnd
    }
    let file = try read(text)
    #expect(file.columns.values(.measure(.wall)) == expected)
    #expect(Set(file.columns.cells.map(\.id)) == ["w/a,\"0\"", "w/a,\"1\"", "w/a,\"2\""])
    #expect(!file.isCut)
  }

  @Test func columnsOfOtherProgramsMayStandAnywhere() throws {
    let file = try read("status,wall_s,strategy,size,max_workers,workers,block\nok,1,a,7,2.0,2,1\nok,9,a,8,2.0,2,1\n")
    #expect(file.axes == ["size", "max_workers"])
    #expect(file.columns.cells.map(\.id) == ["work/a/max_workers=2,size=7", "work/a/max_workers=2,size=8"])
    #expect(file.columns.cells[0].levels == [.integer(7), .integer(2)])
    #expect(try read("strategy,workers,wall_s\na,1,1\na,2,1\n").columns.cells.count == 2)
  }

  /// The last attempt counts, wherever it stands. Tables of other programs may have several trials in a block.
  @Test(arguments: [
    ("run_id", [[1, 1, 1, 9], [2, 1, 1, 2], [2, 2, 2, 8], [2, 1, 2, 3]], [9, 3, 8]),
    ("run_id", [[1, 1, 3, 9], [1, 1, 1, 2], [1, 1, 3, 5], [1, 2, 1, 7]], [9, 7]),
    ("hour", [[1, 1, 1, 9], [1, 1, 2, 2]], [9, 2]),
  ])
  func theLastAttemptCounts(id: String, rows: [[Int]], expected: [Double]) throws {
    let lines = rows.map { "\(id)-\($0[0]),w/a,\($0[1]),\($0[1]),\($0[2]),ok,\($0[3])\n" }
    let file = try read("\(id),cell_id,block,trial,attempt,status,wall_s\n" + lines.joined())
    #expect(file.columns.values(.measure(.wall)) == expected)
  }

  @Test func warmUpsAreLeftOutHoweverTheyAreWritten() throws {
    let file = try read("strategy,warmup,wall_s\na,true,9\na,True,9\na,FALSE,1\na,,1\n")
    #expect(file.columns.count == 2)
    #expect(file.warmups == 2)
    #expect(throws: InputError.self) { try read("strategy,warmup,wall_s\na,yes,9\n") }
  }

  @Test(arguments: [
    ("strategy,wall_s\na,0x10\n", "row 2: wall_s is '0x10', and no time"),
    ("strategy,wall_s\na, 1\n", "row 2: wall_s is ' 1', and no time"),
    ("strategy,wall_s\na,inf\n", "row 2: wall_s is 'inf', and no time"),
    ("strategy,wall_s\na,\n", "row 2: wall_s is '', and no time"),
    ("strategy,max_workers,wall_s\na,two,1\n", "row 2: 'two' is no number of workers"),
    ("strategy,max_workers,wall_s\na,-3,1\n", "row 2: '-3' is no number of workers"),
  ])
  func mistakes(text: String, reason: String) {
    #expect { try read(text) } throws: { ($0 as? InputError)?.reason == reason }
  }

  /// concrun ends every line; another program may not end the last one.
  @Test func aLineThatWasCut() throws {
    let own = try read("run_id,cell_id,wall_s\nr,w/a,1.07\nr,w/a,1")
    #expect(own.isCut)
    #expect(own.columns.values(.measure(.wall)) == [1.07])
    let other = try read("cell_id,wall_s\nw/a,1.07\nw/a,2")
    #expect(!other.isCut)
    #expect(other.columns.count == 2)
    #expect(try read("cell_id,wall_s\nw/a,1.07\nw/a").isCut)
  }

  @Test func blocksOfSeveralRunsAreDifferentBlocks() throws {
    let file = try read("run_id,cell_id,block,wall_s\nr1,w/a,1,1\nr1,w/b,1,1\nr2,w/a,1,1\nr2,w/b,1,1\n")
    #expect(file.runs == ["r1", "r2"])
    #expect(file.columns.blocks.count == 2)
    #expect(file.columns.blockOfTrial == [0, 0, 1, 1])
  }

  /// A name is shown on a terminal.
  @Test func namesHaveNoControlCharacters() throws {
    #expect(try read("cell_id,wall_s\n\u{1b}[31mw/a,1\n").columns.cells[0].id == "[31mw/a")
  }
}
