internal import Conversation
internal import FoundationEssentials
internal import Model
internal import OS
internal import Runner
internal import SystemPackage
internal import Time

/// The embedded servers of a run: a process for each number of threads that its cells want.
final class OriginHost: TrialOrigin {
  private var servers: [Int: Server] = [:]

  /// Starts what the plan's cells need; nothing where they need none.
  ///
  /// - Throws: `OriginHostError`
  init(for plan: Plan) throws {
    for cell in plan.cells {
      guard let settings = cell.origin else { continue }
      let threads = OriginParameters.threads(settings)
      guard servers[threads] == nil else { continue }
      do {
        servers[threads] = try Server(threads: threads)
      } catch let error as SystemError {
        throw OriginHostError("\(error)")
      }
    }
  }

  func url(threads: Int) -> String { servers[threads]?.url ?? "" }

  /// The server's URL, where there is exactly one.
  var onlyURL: String? { servers.count == 1 ? servers.first?.value.url : nil }

  func begin(_ settings: [String: Value]) throws {
    _ = try server(settings).ask(.begin(settings))
  }

  func end(_ settings: [String: Value]) throws -> OriginReport {
    guard let report = try server(settings).ask(.end).report else {
      throw OriginHostError("it told no counts")
    }
    return report
  }

  var processes: Set<Int32> { Set(servers.values.map(\.pid)) }

  /// Ends the processes. Nothing can be asked after that.
  func stop() {
    for server in servers.values { server.stop() }
    servers = [:]
  }

  private func server(_ settings: [String: Value]) throws -> Server {
    guard let server = servers[OriginParameters.threads(settings)] else { throw OriginHostError("it isn't there") }
    return server
  }

  /// One process, and the two pipes to talk to it.
  private final class Server {
    let url: String
    var pid: Int32 { process.pid }
    private var process: ChildProcess
    private var input: Descriptor?
    private let output: Descriptor
    private var lines = LineSplitter()
    /// Of the last order: an answer that comes too late is no answer to the next one.
    private var number = 0

    init(threads: Int) throws {
      let (inputRead, inputWrite) = try Descriptor.pipe().split()
      let inputEnd = Descriptor(owning: inputRead)
      input = .some(Descriptor(owning: inputWrite))
      let (outputRead, outputWrite) = try Descriptor.pipe().split()
      output = Descriptor(owning: outputRead)
      let outputEnd = Descriptor(owning: outputWrite)
      let errors = try Descriptor.duplicate(.standardError)
      let environment = ThisProcess.environment.map { "\($0.key)=\($0.value)" }
      process = try ChildProcess(
        [ThisProcess.executable, OriginProcess.hiddenCommand, String(threads)], environment: environment,
        standardInput: inputEnd, standardOutput: outputEnd, standardError: errors)
      let hello = try Self.answer(0, from: output, &lines)
      guard let url = hello.url else { throw OriginHostError(hello.problem ?? "it didn't start") }
      self.url = url
    }

    func ask(_ kind: OriginOrder.Kind) throws -> OriginReply {
      number += 1
      do {
        let line = try [UInt8](JSONEncoder().encode(OriginOrder(number: number, kind: kind)))
        switch input {
        case .some(let pipe): try pipe.write(line + [UInt8(ascii: "\n")])
        case .none: break
        }
      } catch {
        throw OriginHostError("it has ended")
      }
      let reply = try Self.answer(number, from: output, &lines)
      if let problem = reply.problem { throw OriginHostError(problem) }
      return reply
    }

    private static func answer(
      _ number: Int, from output: borrowing Descriptor, _ lines: inout LineSplitter
    ) throws -> OriginReply {
      let deadline = MonotonicClock.now() + .seconds(10)
      while true {
        guard try !waitUntilReadable([output.file], deadline: deadline).isEmpty else {
          throw OriginHostError("it didn't answer within 10 s")
        }
        guard let bytes = try output.file.readSome() else { continue }
        if bytes.isEmpty { throw OriginHostError("it has ended") }
        for line in try lines.append(bytes) {
          guard let reply = try? JSONDecoder().decode(OriginReply.self, from: Data(line)) else {
            throw OriginHostError("it said '\(String(decoding: line.prefix(80), as: UTF8.self))'")
          }
          if reply.number == number { return reply }
        }
      }
    }

    /// It ends with its standard input.
    func stop() {
      input = nil
      let deadline = MonotonicClock.now() + .seconds(2)
      let hasEnded = (try? waitUntilReadable([process.exit.file], deadline: deadline))?.isEmpty == false
      if !hasEnded { process.killGroup() }
      _ = try? process.wait()
    }
  }
}

/// What the runner tells an origin process, a line of JSON each.
struct OriginOrder: Codable {
  enum Kind: Codable {
    case begin([String: Value])
    case end
  }

  /// From 1.
  var number: Int
  var kind: Kind
}

/// What an origin process says: at its start its URL, then one answer to each order.
struct OriginReply: Codable {
  /// That of the order; 0 at the start.
  var number = 0
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
