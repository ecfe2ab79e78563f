/// Quantiles of sorted numbers by linear interpolation between the neighbours (type 7 of Hyndman & Fan, 1996; what
/// NumPy does by default).
func quantile(_ p: Double, ofSorted values: [Int]) -> Double? {
  guard let last = values.last else { return nil }
  let place = p * Double(values.count - 1)
  let lower = Int(place.rounded(.down))
  guard lower + 1 < values.count else { return Double(last) }
  return Double(values[lower]) + (place - Double(lower)) * Double(values[lower + 1] - values[lower])
}
