internal import Conversation
internal import FoundationEssentials
internal import Model
internal import OS
internal import Origin
internal import OriginControl
internal import SystemPackage
internal import Time

/// The process `concrun __origin THREADS [PORT]`: the embedded server of a run. It takes orders from its standard input
/// and ends with it.
enum OriginProcess {
  static func main(_ arguments: [String]) -> Never {
    do {
      setPreciseTimers()
      var settings = OriginSettings()
      settings.threads = arguments.count > 2 ? Int(arguments[2]) ?? 1 : 1
      do {
        let port = arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0
        let server = try OriginServer.start(settings, port: port)
        try say(OriginReply(url: server.url))
        try serve(server)
        server.stop()
      } catch let error as OriginError {
        try say(OriginReply(problem: "\(error)"))
      }
      ThisProcess.exit(0)
    } catch {
      // The process that asked has gone.
      ThisProcess.exit(1)
    }
  }

  private static func serve(_ server: OriginServer) throws {
    var lines = LineSplitter()
    var before = ResourceUsage.ofSelf()
    var start = MonotonicClock.now()
    while let bytes = try FileDescriptor.standardInput.readSome(), !bytes.isEmpty {
      for line in try lines.append(bytes) {
        let order = try JSONDecoder().decode(OriginOrder.self, from: Data(line))
        switch order.kind {
        case .begin(let values):
          do throws(OriginError) {
            try server.begin(OriginParameters.settings(values))
            before = .ofSelf()
            start = MonotonicClock.now()
            try? say(OriginReply(number: order.number))
          } catch {
            try? say(OriginReply(number: order.number, problem: "\(error)"))
          }
        case .end:
          let counts = server.counts()
          let used = ResourceUsage.ofSelf() - before
          try say(
            OriginReply(
              number: order.number,
              report: OriginReport(
                requests: counts.requests, bytes: counts.bytes, connections: counts.connections,
                mostAtOnce: counts.mostAtOnce, cpuSeconds: used.cpu.seconds,
                elapsedSeconds: (MonotonicClock.now() - start).seconds, received: counts.received)))
        }
      }
    }
  }

  private static func say(_ reply: OriginReply) throws {
    try FileDescriptor.standardOutput.writeFully([UInt8](JSONEncoder().encode(reply)) + [UInt8(ascii: "\n")])
  }
}
