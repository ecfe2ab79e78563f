import Foundation
import Model
import Testing

/// What docs/plugins.md tells its readers to write works, letter by letter.
struct DocumentTests {
  @Test func everyListingIsShort() throws {
    let listings = try Listing.all(in: "docs/plugins.md")
    let document = try String(contentsOfFile: "\(repository)/docs/plugins.md", encoding: .utf8)
    #expect(listings.count == document.split(separator: "<!-- test:").count - 1, "every mark is followed by a block")
    #expect(listings.allSatisfy { $0.lines < 60 })
  }

  /// As strategies, called as the files are, beside a built-in one.
  @Test func thePluginsRun() async throws {
    let plugins = try Listing.all(in: "docs/plugins.md").filter { $0.name.hasSuffix(".py") }
    #expect(!plugins.isEmpty)
    let bench = try Workbench()
    _ = try await bench.shell("mkdir plugins")
    for plugin in plugins { _ = try bench.write("plugins/\(plugin.name)", plugin.text) }
    _ = try await bench.shell("chmod +x plugins/*")
    let names = plugins.map { $0.name.dropLast(3) + ": {}" }.joined(separator: ", ")
    let file = try bench.write(
      "p.yaml",
      "workloads: { sums: { plugin: sum_of_squares, start: 1000, count: 9 } }\nstrategies: { sync: {}, \(names) }")
    let run = try await bench.concrun(file, "--quick", "--quiet")
    #expect(run.exit == 0, "\(run.error)")
    let trials = try bench.trials("p")
    #expect(trials.count == 3 * (plugins.count + 1))
    #expect(trials.allSatisfy { $0.status == .ok && $0.tasksOK == 9 })
    #expect(Set(trials.map(\.checksum)).count == 1)
  }

  @Test func theLibrariesRun() async throws {
    let listings = try Listing.all(in: "docs/plugins.md")
    let document = try String(contentsOfFile: "\(repository)/docs/plugins.md", encoding: .utf8)
    let bench = try Workbench()
    for listing in listings { _ = try bench.write(listing.name, listing.text) }
    for listing in listings where listing.name.hasSuffix(".c") {
      let library = listing.name.dropLast(2) + ".so"
      let command = "cc -O2 -shared -fPIC -o \(library) \(listing.name)"
      #expect(document.contains("    \(command)\n"), "the document says how it is compiled")
      let compiled = try await bench.shell(
        "\(command) -Wall -Werror -I '\(repository)/Sources/CConcrunWorkload/include'")
      #expect(compiled.exit == 0, "\(compiled.error)")
    }
    let experiments = listings.filter { $0.name.hasSuffix(".yaml") }
    #expect(!experiments.isEmpty)
    for listing in experiments {
      let run = try await bench.concrun(listing.name, "--quick", "--quiet")
      #expect(run.exit == 0, "\(run.error)")
      let trials = try bench.trials(String(listing.name.dropLast(5)))
      #expect(trials.count > 3)
      #expect(trials.allSatisfy { $0.status == .ok && $0.tasksOK ?? 0 > 1 })
      #expect(Set(trials.map(\.checksum)).count == 1)
    }
  }

  /// Among the numbers below 20,000 there are 2,262 primes.
  @Test func thePrimesAreCountedRight() async throws {
    let bench = try Workbench()
    let listing = try #require(try Listing.all(in: "docs/plugins.md").first { $0.name == "primes.c" })
    _ = try bench.write("primes.c", listing.text)
    let compiled = try await bench.shell(
      "cc -O2 -shared -fPIC -I '\(repository)/Sources/CConcrunWorkload/include' -o primes.so primes.c")
    #expect(compiled.exit == 0)
    let file = try bench.write(
      "p.yaml",
      """
      workloads: { p: { plugin: native, library: primes.so, parameters: { tasks: 1, length: 20_000 } } }
      strategies: { sync: }
      """)
    #expect(try await bench.concrun(file, "--quick", "--quiet").exit == 0)
    #expect(try bench.trials("p").allSatisfy { $0.checksum == "00000000000008d6" })
  }
}
