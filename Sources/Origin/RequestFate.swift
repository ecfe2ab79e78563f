/// The outcome of chance for one request. The same settings and number always give the same fate.
struct RequestFate: Hashable {
  var isError: Bool
  var isStalled: Bool
  /// Seconds until the answer starts.
  var delay: Double

  /// - Parameter number: of the request, from 1, over the whole server.
  init(of number: Int, under settings: OriginSettings) {
    isStalled = settings.stallEvery > 0 && number % settings.stallEvery == 0
    delay = settings.latency + (isStalled ? settings.stall : 0)
    if settings.jitter > 0 {
      delay += settings.jitter * Self.chance(settings.seed, number, stream: 0)
    }
    isError = settings.errorRate > 0 && Self.chance(settings.seed, number, stream: 1) < settings.errorRate
  }

  /// A number in [0, 1).
  private static func chance(_ seed: UInt64, _ number: Int, stream: UInt64) -> Double {
    let place = UInt64(truncatingIfNeeded: number) &* 2 &+ stream
    let bits = OriginBody.scrambled(OriginBody.scrambled(seed) &+ place &* 0x9e37_79b9_7f4a_7c15)
    return Double(bits >> 11) * 0x1p-53
  }
}
