import Foundation
import Testing

/// `concrun origin`, asked by a client that nobody here wrote.
struct OriginCommandTests {
  /// Starts an origin, runs a command against `$url`, and stops it.
  private func withOrigin(_ options: String, _ command: String) async throws -> Workbench.Outcome {
    try await Workbench().shell(
      """
      $CONCRUN origin \(options) > url & origin=$!
      until test -s url; do kill -0 $origin || exit 9; sleep 0.01; done
      url=$(cat url)
      \(command)
      result=$?
      kill $origin
      wait $origin || exit 8
      exit $result
      """)
  }

  @Test func printsItsURLAndServesAnyPath() async throws {
    let outcome = try await withOrigin(
      "--size 10", "curl -s $url/a | wc -c; curl -s \"$url/b?size=2KiB\" | wc -c; curl -s $url/.concrun/counts")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.prefix(2) == ["10", "2048"])
    let counts = try #require(JSONSerialization.jsonObject(with: Data(lines[2].utf8)) as? [String: Int])
    #expect(counts["requests"] == 2 && counts["completed"] == 2 && counts["bytes"] == 2058)
    #expect(counts["connections"] == 2)
  }

  @Test func theSameBodyEachTimeAndElsewhereAnother() async throws {
    let outcome = try await withOrigin(
      "--size 100KiB", "for path in a a b; do curl -s $url/$path | cksum; done")
    let sums = outcome.output.split(separator: "\n")
    #expect(sums.count == 3 && sums[0] == sums[1] && sums[1] != sums[2])
  }

  @Test func settingsAreObeyed() async throws {
    let outcome = try await withOrigin(
      "--status 503 --close --error-rate 0", "curl -s -o /dev/null -D - $url/x")
    #expect(outcome.output.hasPrefix("HTTP/1.1 503 "))
    #expect(outcome.output.lowercased().contains("connection: close"))
  }

  @Test(arguments: [
    ("--latency 5", "--latency 5: write a duration"), ("--size 9GiB", "--size 9GiB"), ("--threads 0", "threads"),
    ("--status 99", "--status 99"),
  ])
  func wrongSettings(options: String, words: String) async throws {
    let outcome = try await Workbench().shell("$CONCRUN origin \(options)")
    #expect(outcome.exit == 64)
    #expect(outcome.error.contains(words))
  }

  @Test func aPortThatIsTaken() async throws {
    let outcome = try await withOrigin("", "$CONCRUN origin --port ${url##*:}; test $? = 69")
    #expect(outcome.exit == 0)
    #expect(outcome.error.contains("can't listen on 127.0.0.1"))
  }
}
