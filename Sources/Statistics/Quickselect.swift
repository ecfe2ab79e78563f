/// Quantiles of values that need not be sorted for it (Hoare, Algorithm 65: Find, CACM 1961).
enum Quickselect {
  /// Returns the same as `quantile(_:ofSorted:)` of the sorted values, and changes their order.
  static func quantile(_ p: Double, of values: inout [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let place = p * Double(values.count - 1)
    let lower = Int(place.rounded(.down))
    let fraction = place - Double(lower)
    return values.withUnsafeMutableBufferPointer { values in
      let value = select(lower, in: values)
      guard lower + 1 < values.count, fraction > 0 else { return value }
      // Values right of it are not smaller.
      let next = values[(lower + 1)...].min() ?? value
      return next.isInfinite ? .infinity : value + fraction * (next - value)
    }
  }

  /// Moves the value that would stand at a place of the sorted values there, and returns it.
  private static func select(_ place: Int, in values: UnsafeMutableBufferPointer<Double>) -> Double {
    var left = 0
    var right = values.count - 1
    while left < right {
      let pivot = values[(left + right) / 2]
      var i = left
      var j = right
      while i <= j {
        while values[i] < pivot { i += 1 }
        while pivot < values[j] { j -= 1 }
        if i <= j {
          values.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if place <= j {
        right = j
      } else if place >= i {
        left = i
      } else {
        break
      }
    }
    return values[place]
  }
}
