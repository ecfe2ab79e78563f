internal import CZlib
import Glibc

/// What has come of an answer: written by libcurl's callbacks while a request is under way.
struct Answer {
  enum Phase {
    /// There is no connection yet, perhaps not to where a redirect led.
    case connecting
    /// For the first byte of an answer.
    case waiting
    case answering
  }

  /// Of the body.
  private(set) var bytes = 0
  /// Of the body, where it was asked for.
  private(set) var checksum: UInt = 0
  private(set) var isTooLarge = false
  private(set) var phase = Phase.connecting
  /// How often the request was sent: more than once after a redirect, or where a connection broke.
  private(set) var attempts = 0
  private let limit: Int
  private let computesChecksum: Bool
  private let followsRedirects: Bool
  private var mayRedirect = false
  private var isRedirect = false

  init(limit: Int, computesChecksum: Bool, followsRedirects: Bool) {
    self.limit = limit
    self.computesChecksum = computesChecksum
    self.followsRedirects = followsRedirects
  }

  /// For the next request.
  mutating func clear() {
    self = Answer(limit: limit, computesChecksum: computesChecksum, followsRedirects: followsRedirects)
  }

  /// There is a connection, and the request is going to be sent.
  mutating func begin() {
    phase = .waiting
    attempts += 1
  }

  /// A line of the header: the status line, a field, or the empty one at the end.
  mutating func takeHeader(_ line: UnsafePointer<CChar>, _ count: Int) {
    if count >= 12, strncmp(line, "HTTP/", 5) == 0, let blank = memchr(line, 0x20, count) {
      let status = atoi(blank.assumingMemoryBound(to: CChar.self))
      mayRedirect = [301, 302, 303, 307, 308].contains(status)
      isRedirect = false
      // 1xx says only that an answer will come.
      phase = status < 200 ? .waiting : .answering
    } else if count > 9, strncasecmp(line, "location:", 9) == 0 {
      isRedirect = mayRedirect
    } else if count <= 2, isRedirect, followsRedirects {
      phase = .connecting
    }
  }

  /// - Returns: false where there is more of a body than may be.
  mutating func take(_ part: UnsafePointer<CChar>, _ count: Int) -> Bool {
    guard count <= limit - bytes else {
      isTooLarge = true
      return false
    }
    bytes += count
    if computesChecksum {
      checksum = part.withMemoryRebound(to: UInt8.self, capacity: count) {
        CZlib.crc32(checksum, $0, UInt32(count))
      }
    }
    return true
  }
}
