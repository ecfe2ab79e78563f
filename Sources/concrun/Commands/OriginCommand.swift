internal import ArgumentParser
internal import OS
internal import Origin

struct OriginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "origin", abstract: "Run the embedded HTTP server alone.",
    discussion: """
      It answers any path with a body that depends only on the path and the size, prints its URL, and runs until it is \
      interrupted. Every setting but the threads and the seed can be changed for one request by its query: \
      /page?size=64KiB&latency=5ms&stall_every=500. It serves what it has counted as JSON at /.concrun/counts; a POST \
      there begins anew.
      """)

  @Option(help: ArgumentHelp("Where to listen on 127.0.0.1; 0 takes a free one.", valueName: "n"))
  var port = 0

  @Option(help: ArgumentHelp("Bytes of a body, such as 64KiB. Default: 1KiB.", valueName: "size"))
  var size: String?

  @Option(help: ArgumentHelp("Wait before each answer, such as 5ms.", valueName: "time"))
  var latency: String?

  @Option(help: ArgumentHelp("Up to so much more, at random.", valueName: "time"))
  var jitter: String?

  @Option(help: ArgumentHelp("Bytes per second of each answer, such as 1MiB.", valueName: "size"))
  var bandwidth: String?

  @Option(help: ArgumentHelp("The share of requests that are answered 500, such as 5%.", valueName: "share"))
  var errorRate: String?

  @Option(help: ArgumentHelp("The status of all other answers. Default: 200.", valueName: "n"))
  var status: String?

  @Flag(help: "End the connection after each answer.")
  var close = false

  @Option(help: ArgumentHelp("One request of so many waits a second longer.", valueName: "n"))
  var stallEvery: String?

  @Option(help: ArgumentHelp("How long such a request waits instead.", valueName: "time"))
  var stall: String?

  @Option(help: ArgumentHelp("Of jitter and errors.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Event-loop threads.", valueName: "n"))
  var threads = 1

  func validate() throws {
    do {
      try settings().validate()
    } catch {
      throw ValidationError("\(error)")
    }
  }

  func run() throws {
    let interrupts = try Interrupts()
    let server: OriginServer
    do {
      server = try OriginServer.start(settings(), port: port)
    } catch let error as OriginError {
      Console.error("concrun: \(error)")
      throw ExitCode(ExitStatus.unavailable)
    }
    try Console.output("\(server.url)\n")
    _ = try waitUntilReadable([interrupts.descriptor.file], deadline: nil)
    server.stop()
  }

  /// Returns the settings. The texts of the command line mean the same as in a query.
  private func settings() throws -> OriginSettings {
    let texts = [
      ("size", size), ("latency", latency), ("jitter", jitter), ("bandwidth", bandwidth), ("error_rate", errorRate),
      ("status", status), ("stall_every", stallEvery), ("stall", stall),
    ]
    var settings = OriginSettings()
    for (name, text) in texts {
      guard let text else { continue }
      do {
        settings = try settings.merging(query: "\(name)=\(text)")
      } catch {
        let option = name.replacing("_", with: "-")
        throw ValidationError("--\(option) \(text): write \(error.allowed)")
      }
    }
    settings.close = close
    settings.seed = seed
    settings.threads = threads
    return settings
  }
}
