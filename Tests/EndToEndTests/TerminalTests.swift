import Foundation
import Model
import Testing

/// Hostile bytes from every source, on a pseudo-terminal.
struct TerminalTests {
  /// ESC, CSI as C1, a title in OSC, BEL, backspaces, a carriage return, DEL, controls of direction, and no UTF-8.
  private static let hex =
    "1b5b33316d" + "c29b324a" + "1b5d303b7407" + "0808" + "0d" + "7f" + "e280ae" + "e281a6" + "d89c" + "ff"

  /// Runs concrun on a terminal of its own, and returns the bytes that it got.
  private func onTerminal(_ bench: Workbench, _ arguments: String, term: String = "xterm", more: String = "")
    async throws
    -> String
  {
    let script = """
      import os, pty, sys
      pid, terminal = pty.fork()
      if pid == 0:
          os.execl("/bin/bash", "bash", "-c", sys.argv[1])
      data = b""
      while True:
          try:
              some = os.read(terminal, 65536)
          except OSError:
              break
          if not some:
              break
          data += some
      os.waitpid(pid, 0)
      open("seen", "wb").write(data)
      """
    _ = try bench.write("terminal.py", script)
    _ = try bench.write("hostile.sh", "BYTES=$'\(Self.quoted)'\nexport BYTES \(more)\n$CONCRUN \(arguments)\n")
    let outcome = try await bench.shell("TERM=\(term) python3 terminal.py 'source ./hostile.sh'")
    #expect(outcome.exit == 0, "\(outcome.error)")
    // A terminal puts a carriage return before each line feed.
    let seen = try Data(contentsOf: URL(filePath: "\(bench.folder)/seen"))
    return String(decoding: seen, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
  }

  private static var quoted: String {
    stride(from: 0, to: hex.count, by: 2).map { "\\x\(hex.dropFirst($0).prefix(2))" }.joined()
  }

  /// The text without the sequences that concrun itself writes: colours, and the live line.
  private func withoutOwn(_ text: String) throws -> String {
    text.replacing(try Regex("\u{1b}\\[[0-9]+m|\r\u{1b}\\[2K"), with: "")
  }

  private func expectClean(_ text: String, _ source: String) throws {
    let odd = try withoutOwn(text).unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0a, 0x09: false
      case 0..<0x20, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true
      default: false
      }
    }
    #expect(odd.isEmpty, "\(source): \(odd.map { String($0.value, radix: 16) }) in \(text.debugDescription)")
  }

  private func bench() throws -> Workbench {
    let bench = try Workbench()
    _ = try bench.write(
      "h.yaml",
      """
      plugins: [\(repository)/Tests/EndToEndTests/Plugins/guarded.py]
      workloads: { "null": }
      strategies:
        sync:
        guarded: { pin: "", hex: "\(Self.hex)" }
        tool: { plugin: program, command: [bash, -c, "printf '%s\\\\n' \\"$BYTES\\" >&2; exit 3"] }
      hooks: { after_run: [bash, -c, "echo \\"$BYTES\\"; exit 4"] }
      trials: 2
      warmup: 0
      """)
    return bench
  }

  @Test func aRunWithHostileChildren() async throws {
    let bench = try bench()
    let seen = try await onTerminal(bench, "h.yaml")
    try expectClean(seen, "run")
    #expect(seen.contains("\u{1b}[31mfailed\u{1b}[0m"), "colours of its own are there")
    #expect(seen.contains("\\u{7f}\\u{202e}\\u{2066}\\u{61c}"))
    #expect(seen.contains("hook after_run: exit status 4: "))
    try expectClean(await onTerminal(bench, "summary results/h"), "summary")
  }

  @Test func aTerminalThatKnowsNoEscapes() async throws {
    let bench = try bench()
    for term in ["dumb", "''"] {
      let seen = try await onTerminal(bench, "h.yaml", term: term)
      #expect(!seen.contains("\u{1b}") && !seen.contains("\r"), "TERM=\(term): \(seen.debugDescription)")
      #expect(seen.contains("  failed: null/guarded"))
    }
    let plain = try await onTerminal(bench, "h.yaml", more: "NO_COLOR=1")
    try expectClean(plain, "NO_COLOR")
    #expect(!plain.replacingOccurrences(of: "\u{1b}[2K", with: "").contains("\u{1b}"))
    #expect(plain.contains("\r\u{1b}[2K  1/"), "the live line isn't a colour")
  }

  @Test func namesArgumentsAndFiles() async throws {
    let bench = try Workbench()
    _ = try bench.write("t.csv", "cell_id,wall_s,status,workload,strategy\n")
    let rows =
      "for i in 1 2 3 4 5 6; do printf '%s,%s,ok,%s,%s\\n' \"w$BYTES/s$BYTES\" 0.1 \"w$BYTES\" \"s$BYTES\" >> t.csv; done"
    for (name, arguments) in [
      ("a foreign table", "summary t.csv"), ("a foreign table as CSV", "summary t.csv --format csv"),
      ("a foreign table as JSON", "summary t.csv --format json"), ("a missing file", "check \"$BYTES\""),
      ("an option", "--\"$BYTES\""), ("an argument", "check a --only \"$BYTES\""), ("a name", "new \"$BYTES\""),
      ("an override", "check ok.yaml --set \"x.$BYTES=1\""), ("a file's name", "check ./*odd.yaml"),
      ("a file's texts", "check text.yaml"), ("a broken file", "check broken.yaml"),
      ("a run", "compare t.csv \"$BYTES\""),
    ] {
      let prepare = """
        ; \(rows); printf 'workloads: { w: { plugin: sleep, \\"%s\\": 1 } }\\nstrategies: { sync: }\\n' x > "$BYTES"odd.yaml
        printf 'workloads: { w: { plugin: "null" } }\\nstrategies: { sync: }\\n' > ok.yaml
        printf 'strategies: { "\\\\e[31m\\\\x9b\\u202e": }\\n"\\u202e": 1\\n' > text.yaml; printf 'a: [ %s\\n' "$BYTES" > broken.yaml
        """
      try expectClean(await onTerminal(bench, arguments, more: prepare), name)
    }
  }

  /// A spreadsheet may take such a text for a formula. Other programs take it for what it is, so it stays.
  @Test func cellsThatLookLikeFormulasStay() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "f.yaml",
      """
      variables: { v: ["=1+1", "+2", "-3", "@a"] }
      strategies: { tool: { plugin: program, command: [sh, -c, "echo '=HYPERLINK(1)' >&2; exit 1", "${v}"] } }
      trials: 1
      warmup: 0
      """)
    _ = try await bench.concrun("f.yaml", "-q")
    let text = try String(contentsOfFile: "\(bench.folder)/results/f/latest/trials.csv", encoding: .utf8)
    #expect(text.contains(",=1+1,") && text.contains(",@a,") && text.contains(",sh: exit status 1: =HYPERLINK(1),"))
    #expect(text.contains(",-3,"), "a number stays a number")
  }
}
