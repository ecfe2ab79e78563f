import MarkedText
import Model
import Testing

/// `ca_file`: what can't be used is reported before the run. ForeignServerTests has what every strategy does with it.
struct CertificateTests {
  @Test func mistakesAreLocated() async throws {
    let bench = try Workbench()
    _ = try await bench.shell("mkdir sub && echo none > sub/empty.pem")
    let text = MarkedText(
      """
      workloads:
        a: { plugin: download, urls: ["https://127.0.0.1/"], ca_file: «nowhere.pem» }
        b: { plugin: download, urls: ["https://127.0.0.1/"], ca_file: [«empty.pem»] }
        c: { plugin: download, urls: ["https://127.0.0.1/"], ca_file: «.» }
        d: { plugin: download, urls: ["https://127.0.0.1/"], ca_file: «''» }
        e: { plugin: download, urls: ["https://127.0.0.1/"], ca_file: «empty.pem», verify_tls: false }
        f: { plugin: download, urls: ["https://127.0.0.1/"], «cafile»: empty.pem }
      strategies: { sync: }
      """)
    let outcome = try await bench.concrun("check", try bench.write("sub/m.yaml", text.text))
    #expect(outcome.exit == 65)
    let messages = [
      "'ca_file': there is no file sub/nowhere.pem",
      "'ca_file': sub/empty.pem has no certificate in PEM: a line -----BEGIN CERTIFICATE----- begins one",
      "'ca_file': sub/. isn't a file",
      "'ca_file' must be the path of a file: it is empty",
      "'ca_file': with verify_tls: false, no certificate is checked",
      "unknown key 'cafile' for workload 'f'",
    ]
    #expect(
      outcome.error.split(separator: "\n").filter { $0.hasPrefix("sub/m.yaml") }
        == zip(text.places(in: "sub/m.yaml"), messages).map { "\($0): error: \($1)" })
  }

  @Test func pluginsThatDoNotKnowOfIt() async throws {
    let bench = try Workbench()
    _ = try await bench.shell(
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=a -keyout k -out c.pem")
    let text = MarkedText(
      """
      plugins: [\(repository)/plugins/python/plugin]
      workloads: { w: { plugin: download, urls: ["https://127.0.0.1/"], ca_file: «c.pem» } }
      strategies: { sync: , python_sync: }
      """)
    let outcome = try await bench.concrun("check", try bench.write("p.yaml", text.text))
    #expect(outcome.exit == 65)
    #expect(
      outcome.error.contains(
        "\(text.places(in: "p.yaml")[0]): error: strategy 'python_sync' doesn't know of 'ca_file'\n"),
      "\(outcome.error)")
  }
}
