internal import Conversation
internal import FoundationEssentials
package import Model
internal import OS
internal import Runner
internal import Time

/// The embedded servers of a run: a process for each number of threads that its cells ask for.
package final class OriginHost: TrialOrigin {
  private var servers: [Int: Server] = [:]
  private let executable: String

  /// Starts the servers that the plan's cells need, if any.
  ///
  /// - Parameter executable: the path of concrun, which is started again for each server.
  /// - Throws: `OriginHostError`
  package init(for plan: Plan, executable: String = ThisProcess.executable) throws {
    self.executable = executable
    for cell in plan.cells {
      guard let settings = cell.origin else { continue }
      let threads = OriginParameters.threads(settings)
      guard servers[threads] == nil else { continue }
      do {
        servers[threads] = try Server(threads: threads, executable: executable)
      } catch let error as SystemError {
        throw OriginHostError("\(error)")
      }
    }
  }

  /// Returns the URL of the server with this number of threads; empty if there is none.
  package func url(threads: Int) -> String { servers[threads]?.url ?? "" }

  /// The server's URL; `nil` unless there is exactly one server.
  package var onlyURL: String? { servers.count == 1 ? servers.first?.value.url : nil }

  /// Resets the counts of the cell's server, which then answers by these settings.
  ///
  /// A server that has died, or that doesn't answer, is started anew on the same port.
  ///
  /// - Throws: `OriginHostError` if the server doesn't answer, and can't be started anew.
  package func begin(_ settings: [String: Value]) throws {
    let server = try server(settings)
    do {
      _ = try server.ask(.begin(settings))
    } catch  where (error as? OriginHostError)?.isRefusal != true {
      let successor = try server.restarted(executable: executable)
      servers[OriginParameters.threads(settings)] = successor
      _ = try successor.ask(.begin(settings))
    }
  }

  /// Returns the counts of the cell's server since `begin`.
  ///
  /// - Throws: `OriginHostError` if the server doesn't answer.
  package func end(_ settings: [String: Value]) throws -> OriginReport {
    guard let report = try server(settings).ask(.end).report else {
      throw OriginHostError("it told no counts")
    }
    return report
  }

  /// The ids of the servers' processes.
  package var processes: Set<Int32> { Set(servers.values.map(\.pid)) }

  /// Ends the processes. After that, no server can be asked.
  package func stop() {
    for server in servers.values { server.stop() }
    servers = [:]
  }

  private func server(_ settings: [String: Value]) throws -> Server {
    guard let server = servers[OriginParameters.threads(settings)] else { throw OriginHostError("it isn't there") }
    return server
  }

  /// One process, which gets one order at a time.
  private final class Server {
    let url: String
    var pid: Int32 { process.pid }
    private let threads: Int
    private var process: PipedProcess
    private var lines = LineSplitter()
    /// The number of the last order. It tells a late answer from the answer to the next order.
    private var number = 0

    /// The time that an answer may take, as `Patience` counts it.
    private static let answerLimit = Nanoseconds.seconds(10)
    /// The time that the process has to end after its input was closed.
    private static let farewell = Nanoseconds.seconds(2)

    /// Starts a server.
    ///
    /// - Parameter port: 0 takes a free one.
    init(threads: Int, port: Int = 0, executable: String) throws {
      self.threads = threads
      var process = try PipedProcess(
        [executable, HiddenCommand.origin.rawValue, String(threads), String(port)],
        environment: ThisProcess.environmentTexts, standardError: .inherited)
      let hello = try Self.answer(0, from: &process, &lines)
      guard let url = hello.url else { throw OriginHostError(hello.problem ?? "it didn't start") }
      self.url = url
      self.process = process
    }

    /// Kills the process, and starts another one on the same port, so that the URL stays the same.
    func restarted(executable: String) throws -> Server {
      _ = try? process.end(within: nil)
      return try Server(
        threads: threads, port: url.split(separator: ":").last.flatMap { Int($0) } ?? 0, executable: executable)
    }

    func ask(_ kind: OriginOrder.Kind) throws -> OriginReply {
      number += 1
      let order = try JSONEncoder().encode(OriginOrder(number: number, kind: kind))
      process.send([UInt8](order) + [UInt8(ascii: "\n")])
      let reply = try Self.answer(number, from: &process, &lines)
      if let problem = reply.problem { throw OriginHostError(problem, isRefusal: true) }
      return reply
    }

    private static func answer(
      _ number: Int, from process: inout PipedProcess, _ lines: inout LineSplitter
    ) throws -> OriginReply {
      var patience = Patience(answerLimit, with: process.pid)
      while true {
        switch try process.next(within: &patience) {
        case .output(let bytes):
          for line in try lines.append(bytes) {
            guard let reply = try? JSONDecoder().decode(OriginReply.self, from: Data(line)) else {
              throw OriginHostError("it said '\(String(decoding: line.prefix(80), as: UTF8.self))'")
            }
            if reply.number == number { return reply }
          }
        case .closed, .ended: throw OriginHostError("it has ended")
        case .time, .attention: throw OriginHostError("it didn't answer within 10 s")
        }
      }
    }

    /// Closes the standard input of the process, which then ends.
    func stop() {
      process.hangUp()
      _ = try? process.end(within: Self.farewell)
    }
  }
}

/// An error that means that an embedded server doesn't start or doesn't answer.
package struct OriginHostError: Error, CustomStringConvertible {
  /// The problem, in the words that users see.
  package let description: String
  /// A Boolean value that is true if the server itself said that it can't do what it was asked for.
  let isRefusal: Bool

  init(_ problem: String, isRefusal: Bool = false) {
    description = "the origin: \(problem)"
    self.isRefusal = isRefusal
  }
}
