import Foundation
import Hermetic
import Testing

/// Tests can't read or change what the user has: programs get nothing of the environment that the tests were started in.
struct WorkbenchTests {
  private func environment(of bench: Workbench) async throws -> [String: String] {
    let outcome = try await bench.shell("env -0")
    #expect(outcome.exit == 0)
    let pairs = outcome.output.split(separator: "\0").map { $0.split(separator: "=", maxSplits: 1) }
    return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), $0.count > 1 ? String($0[1]) : "") })
  }

  @Test func nothingOfTheUsersIsHandedOn() async throws {
    let bench = try Workbench()
    let found = try await environment(of: bench)
    // bash adds these by itself.
    let names = Set(found.keys).subtracting(["PWD", "OLDPWD", "SHLVL", "_"])
    #expect(names == Set(bench.environment.variables.keys).union(["CONCRUN"]))
    #expect(names.filter { $0.hasPrefix("CONCRUN") }.sorted() == ["CONCRUN", "CONCRUN_NOTICES"])
    #expect(found["CONCRUN_NOTICES"] == found["HOME"], "runs of other tests aren't noticed")
    #expect(names.allSatisfy { !$0.lowercased().hasSuffix("_proxy") })
    for (name, value) in bench.environment.variables { #expect(found[name] == value) }
    #expect(found["PATH"] == TestEnvironment.path)
    #expect(found["HOME"] != ProcessInfo.processInfo.environment["HOME"])
  }

  @Test func eachHasPlacesOfItsOwn() async throws {
    let one = try await environment(of: try Workbench())
    let two = try await environment(of: try Workbench())
    for name in ["HOME", "XDG_STATE_HOME", "TMPDIR", "PWD"] {
      let place = try #require(one[name])
      #expect(place != two[name], "\(name)")
      #expect(!FileManager.default.fileExists(atPath: place), "\(name) is gone with its bench")
    }
  }

  /// A doctor's record, planted where a user has his, would decide what counts as a regression.
  @Test func aRecordInTheHomeOfABenchCountsThereOnly() async throws {
    let bench = try Workbench()
    let here = try await bench.shell("mkdir -p \"$XDG_STATE_HOME/concrun\" && cd ~ && touch mine && ls -A ~ && pwd")
    #expect(here.output == "mine\nstate\n\(bench.environment.home)\n")
    let other = try await Workbench().shell("ls -A ~")
    #expect(other.output == "")
  }
}
