internal import CLinux
internal import PluginKit

/// The sum of i² for i in 0..<n: what CPU-bound tasks compute.
struct SumOfSquares {
  private let n: UInt64
  private var i: UInt64 = 0
  /// It doesn't fit 64 bits from n = 3,810,779 on.
  private(set) var sum: UInt128 = 0

  init(below n: UInt64) {
    self.n = n
  }

  /// Steps between two checkpoints.
  private static let stride: UInt64 = 1024

  /// Adds so many more, one by one.
  ///
  /// - Returns: false when there are none left.
  mutating func advance(by count: UInt64, by worker: Worker) -> Bool {
    let end = min(n, i + count)
    while i < end {
      let stop = min(end, i + Self.stride)
      (i, sum) = Self.add(i..<stop, to: sum)
      worker.checkpoint()
    }
    return i < n
  }

  private static func add(_ range: Range<UInt64>, to start: UInt128) -> (UInt64, UInt128) {
    var sum = start
    var i = range.lowerBound
    while i < range.upperBound {
      // Opaque, or the optimiser replaces the loop by the formula below.
      let square = clinux_opaque(i).multipliedFullWidth(by: i)
      sum &+= UInt128(square.high) << 64 | UInt128(square.low)
      i += 1
    }
    return (i, sum)
  }

  /// All of it at once.
  static func sum(below n: UInt64, by worker: Worker) -> UInt128 {
    var squares = SumOfSquares(below: n)
    _ = squares.advance(by: n, by: worker)
    return squares.sum
  }

  /// (n − 1) n (2n − 1) / 6
  static func formula(below n: UInt64) -> UInt128 {
    n == 0 ? 0 : (UInt128(n) - 1) * UInt128(n) * (2 * UInt128(n) - 1) / 6
  }
}
