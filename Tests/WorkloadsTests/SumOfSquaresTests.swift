import Model
import PluginKit
import Testing

@testable import Workloads

struct SumOfSquaresTests {
  @Test(arguments: [0, 1, 2, 3, 10, 1023, 1024, 1025, 65_537])
  func theLoopAgreesWithTheFormula(n: UInt64) {
    #expect(SumOfSquares.sum(below: n, by: Worker(index: 0)) == SumOfSquares.formula(below: n))
  }

  @Test func whatIsDoneInPartsIsTheSame() {
    var squares = SumOfSquares(below: 10_000)
    var parts = 1
    while squares.advance(by: 1500, by: Worker(index: 0)) { parts += 1 }
    #expect(parts == 7)
    #expect(squares.sum == SumOfSquares.formula(below: 10_000))
  }

  @Test func valuesThatAreKnown() {
    #expect(SumOfSquares.formula(below: 4) == 0 + 1 + 4 + 9)
    // 5,000,000 overflows 64 bits: Python says sum(i * i for i in range(5_000_000)).
    #expect(SumOfSquares.formula(below: 5_000_000) == 41_666_654_166_667_500_000)
    #expect(SumOfSquares.formula(below: 5_000_000) > UInt128(UInt64.max))
  }

  @Test func theChecksumWeighsTasksByTheirPlace() throws {
    let workload = try SumOfSquaresWorkload(
      ParameterValues(["start": .integer(2), "count": .integer(2), "result_bytes": .integer(0)]))
    #expect(workload.taskCount == 2)
    #expect(workload.expectedChecksum == 1 * 1 + 2 * 5)
  }
}
