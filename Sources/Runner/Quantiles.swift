internal import Time

/// Returns a quantile of sorted times, in seconds, by linear interpolation between the neighbours (type 7 of Hyndman & Fan, 1996; what
/// NumPy does by default).
func quantile(_ p: Double, ofSorted values: [Nanoseconds]) -> Double? {
  guard let last = values.last else { return nil }
  let place = p * Double(values.count - 1)
  let lower = Int(place.rounded(.down))
  guard lower + 1 < values.count else { return last.seconds }
  let (low, high) = (values[lower], values[lower + 1])
  return (Double(low.count) + (place - Double(lower)) * Double((high - low).count)) / Nanoseconds.perSecond
}
