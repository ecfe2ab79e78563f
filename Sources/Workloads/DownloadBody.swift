internal import HTTP
internal import Model
internal import OS
internal import PluginKit
internal import Synchronization

/// The body of every request of a download: a text of the experiment file, or the bytes of another file.
final class DownloadBody: Sendable {
  /// The parameters that it is made of.
  static let parameters = [
    ParameterSchema(
      "body", .string, needs: .body,
      help:
        "The body of every request, with method POST, PUT or PATCH. Its Content-Type is "
        + "application/x-www-form-urlencoded unless headers say otherwise. JSON needs quotes, or a block text."),
    ParameterSchema(
      "body_from", .content, needs: .body,
      help:
        "Instead of body, a file that is sent byte for byte, up to 64 MiB; its path is relative to the experiment file."
    ),
  ]
  private static let methods: Set<String> = ["POST", "PUT", "PATCH"]

  private enum Source {
    case text(String)
    case file(FileContent)
  }

  private let source: Source
  private let loaded = Mutex<RequestBody?>(nil)

  /// Takes checked parameters. Returns `nil` where they have no body.
  ///
  /// - Throws: `ParameterError` where they contradict each other.
  init?(_ values: ParameterValues) throws {
    let file = values.all["body_from"].flatMap(FileContent.init)
    if let text = values.optionalString("body") {
      guard file == nil else {
        throw ParameterError(name: "body_from", problem: "there is a 'body', too, and only one of them can be sent")
      }
      source = .text(text)
    } else if let file {
      source = .file(file)
    } else {
      return nil
    }
    let method = try values.string("method")
    guard Self.methods.contains(method) else {
      throw ParameterError(
        name: file == nil ? "body" : "body_from",
        problem: "a request with method \(method) has no body: write method: POST, PUT or PATCH")
    }
    for name in (values.optionalMap("headers") ?? [:]).keys.sorted()
    where ["content-length", "transfer-encoding"].contains(name.lowercased()) {
      throw ParameterError(name: "headers", problem: "'\(name)' follows from the body: leave it out")
    }
  }

  /// Returns the bytes, which are the same for all requests of this process.
  ///
  /// - Throws: where the file can't be read, or has other bytes than when the run began.
  func load() throws -> RequestBody {
    try loaded.withLock { loaded in
      if let loaded { return loaded }
      let body = RequestBody(try bytes())
      loaded = body
      return body
    }
  }

  private func bytes() throws -> [UInt8] {
    switch source {
    case .text(let text): return Array(text.utf8)
    case .file(let file):
      let bytes: [UInt8]
      do throws(SystemError) {
        bytes = try TextFile.bytes(file.path, limit: file.bytes + 1)
      } catch {
        throw StrategyError("body_from: \(file.path): \(error.errno)")
      }
      guard file.matches(bytes) else {
        throw StrategyError("body_from: \(file.path) was changed after the run began; run the experiment anew")
      }
      return bytes
    }
  }
}
