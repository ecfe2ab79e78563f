/// What kind of failure a task came to; the raw value is what tasks.csv calls it.
package enum TaskFailure: String, CaseIterable, Hashable, Sendable {
  /// The workload's own failures, which no class fits.
  case error
  case resolve
  case connect
  case refused
  case tls
  case timeoutConnect = "timeout_connect"
  case timeoutFirstByte = "timeout_first_byte"
  case timeoutBody = "timeout_body"
  case reset
  case truncated
  case tooLarge = "too_large"
  case tooManyRedirects = "too_many_redirects"
  case `protocol`
  /// An answer with a status that wasn't expected.
  case status
  /// An answer with a body that wasn't expected.
  case verify
  /// The trial was ended while it was under way.
  case cancelled
  /// Something else took too long.
  case timeout

  /// Whether a time limit ended the task.
  package var isTimeout: Bool {
    switch self {
    case .timeoutConnect, .timeoutFirstByte, .timeoutBody, .timeout: true
    default: false
    }
  }

  /// As a record has it: 0 is no failure.
  var code: UInt8 { UInt8((Self.allCases.firstIndex(of: self) ?? 0) + 1) }

  init?(code: UInt8) {
    guard code > 0, code <= Self.allCases.count else { return nil }
    self = Self.allCases[Int(code) - 1]
  }
}
