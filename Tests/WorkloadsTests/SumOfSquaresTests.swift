import Model
import PluginKit
import Testing

@testable import Workloads

struct SumOfSquaresTests {
  @Test(arguments: [0, 1, 2, 3, 10, 1000, 65_537])
  func theLoopAgreesWithTheFormula(n: UInt64) {
    #expect(SumOfSquaresWorkload.sum(below: n) == SumOfSquaresWorkload.formula(below: n))
  }

  @Test func valuesThatAreKnown() {
    #expect(SumOfSquaresWorkload.formula(below: 4) == 0 + 1 + 4 + 9)
    // 5,000,000 overflows 64 bits: Python says sum(i * i for i in range(5_000_000)).
    #expect(SumOfSquaresWorkload.formula(below: 5_000_000) == 41_666_654_166_667_500_000)
    #expect(SumOfSquaresWorkload.formula(below: 5_000_000) > UInt128(UInt64.max))
  }

  @Test func theChecksumWeighsTasksByTheirPlace() throws {
    let workload = try SumOfSquaresWorkload(ParameterValues(["start": .integer(2), "count": .integer(2)]))
    #expect(workload.taskCount == 2)
    #expect(workload.expectedChecksum == 1 * 1 + 2 * 5)
  }
}
