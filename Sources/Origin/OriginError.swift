/// The reason why an origin doesn't start, or doesn't begin anew.
package enum OriginError: Error, Hashable, CustomStringConvertible {
  case invalidSetting(name: String, allowed: String)
  case cannotListen(host: String, port: Int, reason: String)

  /// One clause without a full stop.
  package var description: String {
    switch self {
    case .invalidSetting(let name, let allowed):
      "the origin's \(name) must be \(allowed)"
    case .cannotListen(let host, let port, let reason):
      "the origin can't listen on \(host), port \(port): \(reason)"
    }
  }
}
