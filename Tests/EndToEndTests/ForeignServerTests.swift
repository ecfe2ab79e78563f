import Foundation
import Model
import Testing

/// Downloads from servers that nobody here wrote: nginx, and Python's http.server.
struct ForeignServerTests {
  /// What a fetch comes to: a file's bytes, or a failure of that class.
  private enum Answer {
    case file(String)
    case failure(String)
  }

  private struct Fetches {
    var label: String
    /// As the experiment file has them.
    var options: String
    var answers: [(url: String, answer: Answer)]
  }

  /// PLAIN, TLS and PYTHON stand for the servers' URLs.
  private static let fetches = [
    Fetches(
      label: "nginx", options: "",
      answers: [[(String, Answer)]](
        repeating: ["empty", "one", "kilo", "mega", "text"].map { ("PLAIN/\($0)", .file($0)) }, count: 4
      ).flatMap { $0 }),
    Fetches(
      label: "http2", options: "http_version: 2, verify_tls: false",
      answers: ["empty", "one", "kilo", "mega", "text", "chunked"].map {
        ("TLS/\($0)", .file($0 == "chunked" ? "text" : $0))
      }),
    Fetches(
      label: "posted", options: "http_version: 2, ca_file: cert.pem, method: POST, body_from: www/kilo",
      answers: Array(repeating: ("TLS/posted", .file("one")), count: 3)),
    Fetches(label: "untrusted", options: "", answers: [("TLS/one", .failure("tls"))]),
    Fetches(
      label: "trusted", options: "ca_file: cert.pem", answers: [("TLS/kilo", .file("kilo")), ("TLS/one", .file("one"))]),
    Fetches(
      label: "others", options: "ca_file: other.pem, http_version: 2", answers: [("TLS/one", .failure("tls"))]),
    Fetches(
      label: "gzip", options: "headers: { Accept-Encoding: gzip }",
      answers: [("PLAIN/text", .file("text")), ("PLAIN/kilo", .file("kilo"))]),
    Fetches(label: "chunked", options: "", answers: [("PLAIN/chunked", .file("text"))]),
    Fetches(
      label: "redirects", options: "",
      answers: [
        ("PLAIN/moved", .file("kilo")), ("PLAIN/found?at=PYTHON/mega", .file("mega")),
        ("PLAIN/loop", .failure("too_many_redirects")),
      ]),
    Fetches(
      label: "statuses", options: "",
      answers: [
        ("PLAIN/nothing", .failure("status")), ("PLAIN/broken", .failure("status")), ("PLAIN/none", .file("empty")),
      ]),
    Fetches(
      label: "limited", options: "max_bytes: 1KiB",
      answers: [
        ("PLAIN/kilo", .file("kilo")), ("PLAIN/mega", .failure("too_large")),
        ("PLAIN/chunked", .failure("too_large")),
      ]),
    Fetches(
      label: "python", options: "",
      answers: [
        ("PYTHON/empty", .file("empty")), ("PYTHON/one", .file("one")), ("PYTHON/mega", .file("mega")),
        ("PYTHON/folder", .file("folder/index.html")), ("PYTHON/nothing", .failure("status")),
      ]),
    Fetches(label: "slow", options: "", answers: [("PLAIN/slow", .file("slow"))]),
  ]

  /// Binds its ports, then becomes nginx, which inherits them: nobody else can take them.
  private static let nginx = #"""
    import os, socket
    listeners = [socket.create_server(("127.0.0.1", 0), backlog=511) for _ in range(2)]
    plain, tls = (listener.getsockname()[1] for listener in listeners)
    open("nginx.conf", "w").write("""
      %s daemon off; pid nginx.pid;
      events { worker_connections 512; }
      http {
        log_format fields "$uri $server_protocol $sent_http_content_encoding $sent_http_transfer_encoding";
        access_log access.log fields;
        client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
        root www; sendfile on; default_type application/octet-stream;
        ssl_certificate cert.pem; ssl_certificate_key key.pem;
        server {
          listen 127.0.0.1:%d; listen 127.0.0.1:%d ssl http2;
          keepalive_requests 50;
          location = /text { gzip on; gzip_types text/plain; default_type text/plain; }
          location = /chunked { alias www/text; sub_filter_types *; sub_filter "no such text" ""; }
          location = /moved { return 301 /kilo; }
          location = /found { return 302 $arg_at; }
          location = /loop { return 302 /loop; }
          location = /broken { return 500; }
          location = /none { return 204; }
          location = /posted { return 200 x; }
          location = /slow { limit_rate 64k; }
        }
      }
      """ % ("user root;" if os.getuid() == 0 else "", plain, tls))
    for listener in listeners: listener.set_inheritable(True)
    os.environ["NGINX"] = "".join(f"{listener.fileno()};" for listener in listeners)
    open("ports", "w").write(f"{plain} {tls}\n")
    os.execv("/usr/sbin/nginx", ["nginx", "-p", os.getcwd() + "/", "-c", "nginx.conf", "-e", "stderr"])
    """#

  /// Makes the files and prints their sizes and CRC-32.
  private static let files = #"""
    import os, zlib
    os.makedirs("www/folder")
    bodies = {
      "empty": b"", "one": b"x", "kilo": os.urandom(1 << 10), "mega": os.urandom(1 << 20),
      "text": "".join(f"{line}\n" for line in range(20_000)).encode(), "slow": os.urandom(96 << 10),
      "folder/index.html": b"<p>index</p>",
    }
    for name, body in bodies.items():
      open(f"www/{name}", "wb").write(body)
      print(name, len(body), zlib.crc32(body))
    """#

  /// Starts the servers, runs the experiment `foreign.yaml`, and stops them; they stop by themselves if nobody does.
  private func run(_ bench: Workbench, _ experiment: String) async throws -> Workbench.Outcome {
    _ = try bench.write("foreign.yaml", experiment)
    _ = try bench.write("nginx.py", Self.nginx)
    _ = try bench.write("files.py", Self.files)
    return try await bench.shell(
      """
      python3 files.py || exit 9
      for name in other cert; do
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
          -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out $name.pem 2> openssl.log || exit 9
      done
      timeout 3600 python3 nginx.py > nginx.log 2>&1 & nginx=$!
      timeout 3600 python3 -u -m http.server 0 --bind 127.0.0.1 --directory www > python.log 2>&1 & python=$!
      trap 'kill $nginx $python; wait' EXIT
      answers() { curl -q -s -k -m 5 --noproxy '*' -o answer "$@" 2>> curl.log; }
      until test -s ports && read plain tls < ports && port=$(sed -n 's/.* port \\([0-9]*\\) .*/\\1/p' python.log) &&
        test "$port" && answers http://127.0.0.1:$plain/one && answers https://127.0.0.1:$tls/one &&
        answers http://127.0.0.1:$port/one
      do kill -0 $nginx && kill -0 $python || { cat *.log >&2; exit 9; }; sleep 0.02; done
      sed -i "s|PLAIN|http://127.0.0.1:$plain|g; s|TLS|https://127.0.0.1:$tls|g; s|PYTHON|http://127.0.0.1:$port|g" \
        foreign.yaml
      $CONCRUN foreign.yaml --quiet
      """)
  }

  @Test func everyStrategyGetsWhatTheyServe() async throws {
    let bench = try Workbench()
    let workloads = Self.fetches.map { fetches in
      let urls = fetches.answers.map { "\"\($0.url)\"" }.joined(separator: ", ")
      let options = ["plugin: download", "verify: body", fetches.options].filter { $0 != "" }.joined(separator: ", ")
      return "  \(fetches.label): { \(options), urls: [\(urls)] }"
    }
    let outcome = try await run(
      bench,
      """
      workloads:
      \(workloads.joined(separator: "\n"))
      strategies:
        sync:
        threads: { max_workers: 4 }
        async: { max_workers: 8 }
        tasks: { max_workers: 8, threads: 2 }
        processes: { max_workers: 2 }
      trials: 1
      warmup: 0
      record: tasks
      """)
    #expect(outcome.exit == 1, "some fail, on purpose: \(outcome.error)")
    var files: [String: (bytes: String, crc: UInt64)] = [:]
    for line in outcome.output.split(separator: "\n") {
      let fields = line.split(separator: " ").map { String($0) }
      files[fields[0]] = (fields[1], try #require(UInt64(fields[2])))
    }
    let trials = try bench.trials("foreign")
    #expect(trials.count == 5 * Self.fetches.count)
    let tasks = Dictionary(grouping: try bench.rows("foreign", "tasks")) { $0["cell_id"] ?? "" }
    for trial in trials {
      let fetches = try #require(Self.fetches.first { $0.label == trial.workload })
      let rows = (tasks[trial.cellID] ?? []).sorted { Int($0["task"] ?? "") ?? 0 < Int($1["task"] ?? "") ?? 0 }
      var sum: UInt64 = 0
      var expected: [String] = []
      for (index, (_, answer)) in fetches.answers.enumerated() {
        switch answer {
        case .file(let name):
          let (bytes, crc) = try #require(files[name])
          sum &+= UInt64(index + 1) &* crc
          expected.append("ok \(bytes)")
        case .failure(let name): expected.append("failed \(name)")
        }
      }
      let came = rows.map { row in
        let status = row["status"] ?? ""
        return "\(status) \(row[status == "ok" ? "bytes" : "failure"] ?? "")"
      }
      #expect(came == expected, "\(trial.cellID): \(trial.error ?? "")")
      let digits = String(sum, radix: 16)
      #expect(trial.checksum == String(repeating: "0", count: 16 - digits.count) + digits, "\(trial.cellID)")
      if trial.workload == "slow" {
        // 96 KiB at 64 KiB a second, of which nginx gives the first second's at once.
        let times = try ["start_s", "end_s"].map { try #require(Double(rows.first?[$0] ?? "")) }
        #expect(times[1] - times[0] >= 0.5, "\(trial.cellID)")
      }
    }
    // It was asked, and it answered, as meant.
    let log = try String(contentsOfFile: "\(bench.folder)/access.log", encoding: .utf8).split(separator: "\n")
    for line in ["/text HTTP/1.1 gzip chunked", "/chunked HTTP/1.1 - chunked", "/mega HTTP/2.0 - -"] {
      #expect(log.count { $0 == line } >= 5, "\(line)")
    }
  }

  /// nginx ends an HTTP/2 connection after its fifty requests, whatever is under way: libcurl asks once more.
  @Test func connectionsThatTheServerEndsAreNoFailures() async throws {
    let bench = try Workbench()
    let outcome = try await run(
      bench,
      """
      workloads: { w: { plugin: download, urls: [TLS/one], repeat: 2000, http_version: 2, verify_tls: false } }
      strategies: { sync: , async: { max_workers: 20 }, tasks: { max_workers: 20, threads: 2 } }
      trials: 1
      warmup: 0
      """)
    #expect(outcome.exit == 0, "\(outcome.error)")
    #expect(try bench.trials("foreign").allSatisfy { $0.status == .ok && $0.tasksOK == 2000 })
  }
}
