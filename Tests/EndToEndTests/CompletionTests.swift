import Foundation
import Hermetic
import Testing

/// The TAB key, as bash sees it: the script that `make install` installs, called as bash calls it.
struct CompletionTests {
  /// What is offered for the last of these words.
  private func offered(_ words: [String]) async throws -> [String] {
    let bench = try Workbench()
    for file in ["b.yml", "c.txt", "trials.csv", "a.yaml"] { _ = try bench.write(file, "") }
    for folder in ["experiments", "results"] {
      try FileManager.default.createDirectory(atPath: "\(bench.folder)/\(folder)", withIntermediateDirectories: true)
    }
    let list = ([builtExecutable] + words).map { "'\($0)'" }.joined(separator: " ")
    let outcome = try await bench.shell(
      """
      source <('\(repository)/completions/generate' bash '\(builtExecutable)')
      COMP_WORDS=(\(list)); COMP_CWORD=\(words.count); COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
      read -r _ _ _ _ function _ < <(complete -p concrun)
      "$function" concrun "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """)
    #expect(outcome.exit == 0, "\(outcome.error)")
    return outcome.output.split(separator: "\n").map(String.init).sorted()
  }

  @Test func theFirstWordIsASubcommandOrAPath() async throws {
    let all = try await offered([""])
    #expect(Set(all).isSuperset(of: ["run", "check", "plan", "new", "schema", "a.yaml", "b.yml", "experiments"]))
    #expect(!all.contains("c.txt") && !all.contains("trials.csv"))
    #expect(try await offered(["pl"]) == ["plan", "plugins"])
    #expect(try await offered(["a"]) == ["a.yaml"])
    #expect(Set(try await offered(["--"])).isSuperset(of: ["--quick", "--output", "--version"]))
  }

  @Test func pathsAndOptionsFollowWithAndWithoutRun() async throws {
    for before in [["run"], [], ["check"]] {
      let words = before + ["a.yaml"]
      #expect(try await offered(words + [""]) == ["a.yaml", "b.yml", "experiments", "results"])
      #expect(try await offered(words + ["--qu"]).contains("--quick"))
    }
    #expect(try await offered(["a.yaml", "--output", ""]) == ["experiments", "results"])
    #expect(try await offered(["run", "--set", ""]) == [])
    #expect(try await offered(["a.yaml", "--only", ""]) == [])
  }

  @Test func valuesAndRuns() async throws {
    #expect(try await offered(["plan", "--format", ""]) == ["csv", "json", "table"])
    #expect(try await offered(["a.yaml", "--progress", "p"]) == ["plain"])
    #expect(try await offered(["summary", ""]) == ["experiments", "results", "trials.csv"])
    #expect(try await offered(["compare", "results", "t"]) == ["trials.csv"])
  }

  @Test func pluginsByName() async throws {
    #expect(Set(try await offered(["plugins", ""])).isSuperset(of: ["sync", "threads", "download", "null"]))
    #expect(try await offered(["plugins", "sl"]) == ["sleep"])
  }
}
