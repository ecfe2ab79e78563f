import MarkedText
import Model
import Testing

/// Hosts with names in other letters, with every strategy. Names below `localhost` are this machine's.
struct HostNameTests {
  @Test func everyStrategyAsksForItInASCII() async throws {
    let bench = try Workbench()
    _ = try bench.write("urls.txt", "http://xn--bcher-kva.localhost:PORT/line # the same\n")
    _ = try bench.write(
      "names.yaml",
      """
      variables: { city: bücher }
      workloads:
        web: { plugin: download, urls: ["http://BÜCHER.localhost:PORT/a", "http://${city}.localhost:PORT/b"], repeat: 2 }
        lines: { plugin: download, urls_from: urls.txt }
        fails: { plugin: download, urls: ["http://bücher.localhost:PORT/c"], expect_status: 404 }
      trials: 1
      warmup: 0
      """ + "\n" + EveryStrategy.section)
    let outcome = try await bench.whileRecording(
      "sed -i \"s|PORT|$port|\" urls.txt; $CONCRUN names.yaml -v; echo $port")
    let port = outcome.output.split(separator: "\n").last ?? ""
    let trials = try bench.trials("names")
    #expect(trials.count == 21)
    for trial in trials where trial.workload != "fails" {
      #expect(trial.status == .ok, "\(trial.cellID): \(trial.error ?? "")")
    }
    for trial in trials where trial.workload == "fails" {
      let words = "200 from http://bücher.localhost:\(port)/c (xn--bcher-kva.localhost)"
      #expect(trial.error?.contains(words) == true, "\(trial.cellID): \(trial.error ?? "")")
    }
    #expect(outcome.error.contains("from http://BÜCHER.localhost:\(port)/a (xn--bcher-kva.localhost)"))
    #expect(outcome.error.contains("from http://xn--bcher-kva.localhost:\(port)/line (bücher.localhost)"))
    let requests = try bench.recordedRequests()
    #expect(requests.count == 7 * 6)
    #expect(requests.allSatisfy { $0.host == "xn--bcher-kva.localhost:\(port)" })
  }

  @Test func mistakesAreLocated() async throws {
    let bench = try Workbench()
    _ = try bench.write("urls.txt", "http://b%FC.example/\n")
    let text = MarkedText(
      """
      workloads:
        a: { plugin: download, urls: ["http://bücher.localhost/", «"http://b%C3%BCcher.localhost/"»] }
        b: { plugin: download, urls: [«"http://b\\u200bücher.localhost/"»] }
        c: { plugin: download, urls: [«"http://-ü.localhost/"»] }
        d: { plugin: download, urls: [«"http://bücher.localhost/ü"»] }
        e: { plugin: download, urls_from: «urls.txt» }
        f: { plugin: download, urls: ["http://127.0.0.1/"], proxy: «"http://%.localhost/"» }
      strategies: { sync: }
      """)
    let outcome = try await bench.concrun("check", try bench.write("m.yaml", text.text))
    #expect(outcome.exit == 65)
    let messages = [
      "'urls': 'http://b%C3%BCcher.localhost/': '%' can't stand in a host's name: write the character itself",
      "'urls': 'http://b\\u{200b}ücher.localhost/': U+200B, which nobody can see, can't stand in a host's name",
      "'urls': 'http://-ü.localhost/': the part '-ü' of the host's name begins or ends with a hyphen",
      "'urls': 'http://bücher.localhost/ü': 'ü' can't stand in a URL: write %C3%BC",
      "'urls_from': 'http://b%FC.example/': '%' can't stand in a host's name: write the character itself",
      "'proxy': 'http://%.localhost/': '%' can't stand in a host's name: write the character itself",
    ]
    #expect(
      outcome.error.split(separator: "\n").filter { $0.hasPrefix("m.yaml") }
        == zip(text.places(in: "m.yaml"), messages).map { "\($0): error: \($1)" })
  }

  @Test func requestsToOthersAreCountedByHost() async throws {
    let bench = try Workbench()
    let text = MarkedText(
      """
      workloads: { «w»: { plugin: download, urls: ["http://bücher.example/", "http://xn--bcher-kva.example/"], repeat: 600 } }
      strategies: { sync: }
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.concrun("check", try bench.write("many.yaml", text.text))
    #expect(outcome.exit == 65)
    let words = "1200 requests to bücher.example (xn--bcher-kva.example), and 1000 are allowed"
    #expect(outcome.error.hasPrefix("\(text.places(in: "many.yaml")[0]): error: this run would send \(words)\n"))
  }
}
