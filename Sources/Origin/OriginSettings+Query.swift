/// The error of a query parameter that has no such value.
package struct QueryProblem: Error, Hashable, CustomStringConvertible {
  /// The name of the parameter.
  package var parameter: String
  /// The value as the query has it, decoded.
  package var value: String
  /// The values that the parameter can have, in words.
  package var allowed: String

  /// The parameter, its value and what to write instead.
  package var description: String { "\(parameter)=\(value): write \(allowed)" }
}

extension OriginSettings {
  /// Returns these settings with those of a URL's query in their place.
  ///
  /// Parameters with other names mean nothing here: URLs have all kinds. Of two with one name the last counts.
  ///
  /// - Parameter query: without its question mark; values may be percent-encoded, and `5%` may stay as it is.
  package func merging(query: Substring) throws(QueryProblem) -> OriginSettings {
    var merged = self
    for pair in query.split(separator: "&") {
      let equals = pair.firstIndex(of: "=") ?? pair.endIndex
      let value = Self.decoded(pair[equals...].dropFirst())
      if let allowed = merged.set(pair[..<equals], to: value) {
        throw QueryProblem(parameter: String(pair[..<equals]), value: String(value), allowed: allowed)
      }
    }
    return merged
  }

  /// - Returns: what to write, where `value` isn't allowed; `nil` otherwise, and for names that aren't ours.
  private mutating func set(_ name: Substring, to value: Substring) -> String? {
    func store<T>(_ value: T?, at path: WritableKeyPath<Self, T>, if isAllowed: (T) -> Bool) -> Bool {
      guard let value, isAllowed(value) else { return false }
      self[keyPath: path] = value
      return true
    }
    func storeDuration(at path: WritableKeyPath<Self, Double>) -> String? {
      store(QueryQuantity.duration(value), at: path, if: Self.durations.contains)
        ? nil : "a duration from 0 to 1h, with its unit (ns, us, ms, s, min, h), such as 5ms"
    }
    switch name {
    case "size":
      return store(QueryQuantity.size(value), at: \.size, if: Self.sizes.contains)
        ? nil : "a size from 0 to 1GiB (B, kB, KiB, MB, MiB, GB, GiB), such as 64KiB"
    case "latency": return storeDuration(at: \.latency)
    case "jitter": return storeDuration(at: \.jitter)
    case "stall": return storeDuration(at: \.stall)
    case "bandwidth":
      if value == "unlimited" {
        bandwidth = nil
        return nil
      }
      let size = QueryQuantity.size(value.hasSuffix("/s") ? value.dropLast(2) : value)
      return store(size, at: \.bandwidth, if: { $0.map(Self.bandwidths.contains) ?? false })
        ? nil : "a size a second from 1B to 1000GB (B, kB, KiB, MB, MiB, GB, GiB), such as 1MiB, or unlimited"
    case "error_rate":
      return store(QueryQuantity.share(value), at: \.errorRate, if: Self.shares.contains)
        ? nil : "a share from 0 to 1, such as 5% or 0.05"
    case "status":
      return store(QueryQuantity.integer(value), at: \.status, if: Self.statuses.contains)
        ? nil : "a status from 200 to 599"
    case "close":
      return store(QueryQuantity.boolean(value), at: \.close, if: { _ in true }) ? nil : "true or false"
    case "corrupt":
      return store(QueryQuantity.boolean(value), at: \.corrupt, if: { _ in true }) ? nil : "true or false"
    case "stall_every":
      return store(QueryQuantity.integer(value), at: \.stallEvery, if: { $0 >= 0 })
        ? nil : "a whole number of requests, such as 500, or 0 for never"
    default: return nil
    }
  }

  /// Undoes percent-encoding. A percent sign without two hexadecimal digits stands for itself.
  private static func decoded(_ text: Substring) -> Substring {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
      if byte == UInt8(ascii: "%"), digits.count == 2 {
        bytes.append(UInt8(digits[0] * 16 + digits[1]))
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return Substring(decoding: bytes, as: UTF8.self)
  }
}
