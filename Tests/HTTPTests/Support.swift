import EventLoop
import HTTP
import OS
import Synchronization
import Testing
import Time

/// The two ways to make a request: every answer and every failure must be the same.
enum Client: String, CaseIterable, Sendable {
  case blocking, loop

  /// Fetches URLs one after the other, with one session.
  func fetch(
    _ urls: [String], _ settings: HTTPClientSettings = HTTPClientSettings()
  ) throws -> [Result<HTTPResponse, HTTPFailure>] {
    switch self {
    case .blocking:
      let client = try BlockingClient(settings)
      return urls.map { url in Result { try client.fetch(url) }.mapError { $0 as? HTTPFailure ?? .unknown($0) } }
    case .loop:
      return try onLoop { loop in
        var results: [Result<HTTPResponse, HTTPFailure>] = []
        let lane = try LoopClient(settings, on: loop).openLane()
        for url in urls {
          do {
            results.append(.success(try await lane.fetch(url)))
          } catch {
            results.append(.failure(error as? HTTPFailure ?? .unknown(error)))
          }
        }
        return results
      }
    }
  }

  func fetch(_ url: String, _ settings: HTTPClientSettings = HTTPClientSettings()) throws -> HTTPResponse {
    try #require(fetch([url], settings).first).get()
  }

  /// The failure that a request must come to.
  func failure(_ url: String, _ settings: HTTPClientSettings = HTTPClientSettings()) throws -> HTTPFailure {
    switch try #require(fetch([url], settings).first) {
    case .failure(let failure): return failure
    case .success(let response): throw Unexpected(response: response)
    }
  }
}

extension Client {
  /// The failure of a request that a server leaves hanging. On a busy machine the time may be up before the request got so
  /// far: then it is made again, with more time.
  func failure(
    _ url: String, _ settings: HTTPClientSettings, whenGivenTimeFor kind: HTTPFailure.Kind
  ) throws -> HTTPFailure {
    var settings = settings
    settings.timeout = .milliseconds(500)
    var failure = try failure(url, settings)
    while failure.kind != kind, settings.timeout < .seconds(30) {
      settings.timeout = settings.timeout * 4
      failure = try self.failure(url, settings)
    }
    return failure
  }
}

struct Unexpected: Error {
  var response: HTTPResponse
}

extension HTTPFailure {
  static func unknown(_ error: any Error) -> HTTPFailure { HTTPFailure(.connect, "not a failure of HTTP: \(error)") }
}

/// Runs a body as a task of a new event loop, on a thread of its own.
func onLoop<T: Sendable>(_ body: @escaping @Sendable (EventLoop) async throws -> T) throws -> T {
  let loop = try EventLoop()
  let result = ResultBox<T>()
  let thread = try OSThread.spawn {
    Task(executorPreference: loop) {
      do {
        result.value.withLock { $0 = nil }
        let value = try await body(loop)
        result.value.withLock { $0 = .success(value) }
      } catch {
        result.value.withLock { $0 = .failure(error) }
      }
      loop.stop()
    }
    loop.run()
    loop.detachAll()
  }
  thread.join()
  return try #require(result.value.withLock { $0 }).get()
}

final class ResultBox<T: Sendable>: Sendable {
  let value = Mutex<Result<T, any Error>?>(nil)
}
