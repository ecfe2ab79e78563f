/// A counter through every combination of some wheels; wheels that are tied turn together.
struct Odometer: Sequence, IteratorProtocol {
  private let wheels: [[Int]]
  private let counts: [Int]
  private var choice: [Int]
  private var isDone: Bool

  /// - Parameters:
  ///   - counts: the number of positions of each axis.
  ///   - tied: groups of axes of equal count that move together.
  init(counts: [Int], tied: [[Int]] = []) {
    self.counts = counts
    let inGroups = Set(tied.joined())
    wheels = counts.indices.compactMap { axis in
      if let group = tied.first(where: { $0.contains(axis) }) { return group.min() == axis ? group : nil }
      return inGroups.contains(axis) ? nil : [axis]
    }
    choice = counts.map { _ in 0 }
    isDone = counts.contains(0)
  }

  /// The number of combinations; `nil` where that overflows.
  var total: Int? {
    wheels.reduce(Int?.some(1)) { product, wheel in
      guard let product else { return nil }
      let (result, overflow) = product.multipliedReportingOverflow(by: counts[wheel[0]])
      return overflow ? nil : result
    }
  }

  mutating func next() -> [Int]? {
    guard !isDone else { return nil }
    defer { turn() }
    return choice
  }

  private mutating func turn() {
    for wheel in wheels.reversed() {
      let next = choice[wheel[0]] + 1
      let isOver = next == counts[wheel[0]]
      for axis in wheel {
        choice[axis] = isOver ? 0 : next
      }
      if !isOver { return }
    }
    isDone = true
  }
}
