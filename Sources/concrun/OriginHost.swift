internal import FoundationEssentials
internal import Model
internal import OS
internal import Runner
internal import SystemPackage

/// The embedded servers of a run: a process for each number of threads that its cells want.
final class OriginHost: TrialOrigin {
  private var servers: [Int: Server] = [:]

  /// Starts what the plan's cells need; nothing where they need none.
  init(for plan: Plan) throws {
    for cell in plan.cells {
      guard let settings = cell.origin else { continue }
      let threads = OriginParameters.threads(settings)
      if servers[threads] == nil { servers[threads] = try Server(threads: threads) }
    }
  }

  func url(threads: Int) -> String { servers[threads]?.url ?? "" }

  /// The server's URL, where there is exactly one.
  var onlyURL: String? { servers.count == 1 ? servers.first?.value.url : nil }

  func begin(_ settings: [String: Value]) throws {
    _ = try server(settings).ask(.begin(settings), as: OriginReply.self)
  }

  func end(_ settings: [String: Value]) throws -> OriginReport {
    guard let report = try server(settings).ask(.end, as: OriginReply.self).report else {
      throw OriginHostError("it told no counts")
    }
    return report
  }

  private func server(_ settings: [String: Value]) throws -> Server {
    guard let server = servers[OriginParameters.threads(settings)] else { throw OriginHostError("it isn't there") }
    return server
  }

  /// One process, and the two pipes to talk to it.
  private final class Server {
    let url: String
    private var process: ChildProcess
    private let input: Descriptor
    private let output: Descriptor
    private var lines = LineBuffer()

    init(threads: Int) throws {
      let (inputRead, inputWrite) = try Descriptor.pipe().split()
      let inputEnd = Descriptor(owning: inputRead)
      input = Descriptor(owning: inputWrite)
      let (outputRead, outputWrite) = try Descriptor.pipe().split()
      output = Descriptor(owning: outputRead)
      let outputEnd = Descriptor(owning: outputWrite)
      let errors = try Descriptor.duplicate(.standardError)
      let environment = ThisProcess.environment.map { "\($0.key)=\($0.value)" }
      process = try ChildProcess(
        [ThisProcess.executable, OriginProcess.hiddenCommand, String(threads)], environment: environment,
        standardInput: inputEnd, standardOutput: outputEnd, standardError: errors)
      let hello: OriginReply = try Self.answer(from: output, &lines)
      guard let url = hello.url else { throw OriginHostError(hello.problem ?? "it didn't start") }
      self.url = url
    }

    func ask(_ order: OriginOrder, as type: OriginReply.Type) throws -> OriginReply {
      do {
        try input.write([UInt8](JSONEncoder().encode(order)) + [UInt8(ascii: "\n")])
      } catch {
        throw OriginHostError("it has ended")
      }
      let reply: OriginReply = try Self.answer(from: output, &lines)
      if let problem = reply.problem { throw OriginHostError(problem) }
      return reply
    }

    private static func answer(from output: borrowing Descriptor, _ lines: inout LineBuffer) throws -> OriginReply {
      let deadline = MonotonicClock.now() + 10_000_000_000
      while true {
        if let line = lines.next() {
          guard let reply = try? JSONDecoder().decode(OriginReply.self, from: Data(line)) else {
            throw OriginHostError("it said '\(String(decoding: line.prefix(80), as: UTF8.self))'")
          }
          return reply
        }
        guard try !waitUntilReadable([output.file], deadline: deadline).isEmpty else {
          throw OriginHostError("it didn't answer within 10 s")
        }
        guard let bytes = try output.file.readSome() else { continue }
        if bytes.isEmpty { throw OriginHostError("it has ended") }
        lines.append(bytes)
      }
    }

    deinit {
      process.killGroup()
    }
  }
}

/// What the runner tells an origin process, a line of JSON each.
enum OriginOrder: Codable {
  case begin([String: Value])
  case end
}

/// What an origin process says: at its start its URL, then one answer to each order.
struct OriginReply: Codable {
  var url: String?
  var problem: String?
  var report: OriginReport?
}

struct OriginHostError: Error, CustomStringConvertible {
  let description: String

  init(_ problem: String) {
    description = "the origin: \(problem)"
  }
}

/// Lines of what was read so far.
struct LineBuffer {
  private var bytes: [UInt8] = []

  mutating func append(_ more: [UInt8]) { bytes += more }

  mutating func next() -> [UInt8]? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { bytes.removeFirst(end + 1) }
    return Array(bytes[..<end])
  }
}
