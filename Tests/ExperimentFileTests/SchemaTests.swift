import Foundation
import Hermetic
import Model
import Testing
import YAML

@testable import ExperimentFile

/// The JSON Schema says of a file what the check says, as far as a schema can: by a validator that isn't ours.
struct SchemaTests {
  /// What is read without an error, oddly written or not.
  private static let accepted = [
    minimal, MutationTests.everything,
    minimal + "x-anything: [1, { a: b }]",
    "x-nap: &nap { plugin: sleep, tasks: 3 }\nworkloads: { a: *nap, b: { <<: *nap, tasks: 4 } }\nstrategies: { sync: }",
    minimal + "trials: 1_000\nwarmup: 0\nseed: 1e3\ntimeout: 1.5 min\nmax_failed: 5 %",
    minimal + "trials: '5'\nmax_failed: '0.05'\ntimeout: 90s\nmax_rate: 1_000/min\norder: 'blocks'",
    minimal + "trials: {}\norigin:\ndescription: 2026-11-22",
    minimal
      + "zip: [[a, b], [c, d]]\nvariables: { a: [1, 2], b: [3, 4], c: [no, 2], d: { from: 1s, to: 2s, step: 1s } }",
    "workloads: { sleep: , nap: { plugin: sleep, tasks: 5_000_000, size: 64KiB, duration: 0, fair: no, share: 5% } }\n"
      + "strategies: { sync: {} }",
    "workloads: { sleep: { duration: { from: 1ms, to: 4ms, factor: 2 }, size: [0, 1kB, '2'], fair: [yes, False] } }\n"
      + "strategies: { threads: { max_workers: { from: 1, to: 1e1, step: 3 } } }",
    "variables: { k: [1, 2], f: [yes, no] }\n"
      + "workloads: { sleep: { tasks: '${k}', duration: '${k}ms', fair: '${f}', size: ['${k}KiB'], share: '0.${k}' } }\n"
      + "strategies: { sync: , threads: { max_workers: '${k}' } }\nexclude: [{ k: [1, '!=2'], strategy: threads }]",
    "workloads: { sleep: { names: { axis: [[a], [b, 1]] } } }\nstrategies: { sync: }",
    "workloads: { w: { plugin: fetch, urls_from: urls.txt } }\nstrategies: { sync: }",
    "strategies: { program: { command: [x, 1, true], metrics: { rate: 'r=(\\d+)' } } }",
    "strategies: { a: { plugin: program, command: { axis: [[x], [y]] }, metrics: { axis: [{ r: x }, { r: y }] } } }",
    "workloads: { sleep: }\nstrategies: { threads: }\nsweep: { max_workers: [1, 2] }\nhooks: { before_run: [true] }\nenv: { A: 1 }\nrecord: tasks",
    "workloads: [sleep]\nstrategies: [sync, { threads: { max_workers: 4 } }, { b: { plugin: sync } }]",
    "workloads: { 'größe eins': { plugin: sleep } }\nstrategies: { 日本: { plugin: sync } }",
    "variables: { k: 3, s: sync, o: blocks, t: 5s }\nworkloads: { sleep: { tasks: { from: 1, to: '${k}', step: 1 } } }\n"
      + "strategies: { a: { plugin: '${s}' } }\ntrials: '${k}'\norder: '${o}'\ntimeout: '${t}'\nwarmup: '${k}'",
    "variables: { v: '$${x}', d: { from: 0, to: 4ms, step: 2ms }, p: { from: 20%, to: 0%, step: -10% }, "
      + "r: { from: 1/s, to: 4/s, factor: 2 }, m: { from: 2, to: 0, step: -0.5 }, z: { from: 0, to: 60/min, step: 30/min } }\n"
      + minimal,
    "workloads: { sleep: { share: { from: 0.4, to: 0, step: -0.2 }, duration: { from: 4ms, to: 1ms, step: -1ms } } }\n"
      + "strategies: [sync]\nexclude: [{ workload: null }]\nenv: { A: '${tasks}' }\nhooks: { after_trial: [a, '${tasks}'] }",
    minimal + "origin: { latency: '${x}ms', size: { from: 4, to: 1, step: -1 } }\nvariables: { x: [1, 2] }",
    minimal + "arrivals: { rate: { from: 30/s, to: 20/s, step: -5/s } }",
    minimal + "arrivals: { ramp: { from: 0/s, to: 10/s, over: 5s } }",
    minimal
      + "arrivals: { process: poisson, ramp: { from: [1/s, 2/s], to: { from: 5/s, to: 9/s, step: 1/s }, over: '5s' } }",
    minimal + "arrivals: { rate: [500/s, 1_000/min], process: [poisson] }\nallow_remote: { hosts: [a.example] }",
  ]

  /// What no schema of the same declarations may let through.
  private static let rejected = [
    "strategies: { program: { command: x } }", "strategies: { program: { command: [x], comand: [y] } }",
    "strategies: { program: { command: [x], metrics: [x] } }", "strategies: { a: { command: [x] } }",
    "strategies: { a: { plugin: sleep } }", "strategies: { threads: 5 }", "strategies: [[sync]]", "strategies:",
    "strategies: []",
    minimal + "trials: many", minimal + "trials: [1, 2]", minimal + "trials: 0", minimal + "trials: 1.5",
    minimal + "trials: { max: 20 }", minimal + "order: random", minimal + "order:",
    minimal + "timeout: 5", minimal + "timeout: 5 seconds", minimal + "timeout: soon", minimal + "max_rate: 50",
    minimal + "max_failed: 5", minimal + "max_failed: x%", minimal + "record: all", minimal + "warmup: -1",
    minimal + "variables: { 1a: x }", minimal + "variables: { status: x }", minimal + "variables: { origin_x: 1 }",
    minimal + "variables: { a: '${b}' }", minimal + "variables: { a: [] }", minimal + "variables: { a: { from: 1 } }",
    minimal + "arrivals: { process: poisson }", minimal + "arrivals: { rate: 5/s, process: bursts }",
    minimal + "arrivals: { rate: 5/s, ramp: { from: 0/s, to: 10/s, over: 5s } }",
    minimal + "arrivals: { ramp: { from: 0/s, to: 10/s } }", minimal + "arrivals: { ramp: 5/s }",
    minimal + "arrivals: { ramp: { from: 0/s, to: 10/s, over: 5 } }",
    minimal + "arrivals: { ramp: { from: 0/s, to: 10/s, over: 5s, step: 1/s } }",
    minimal + "arrivals:", minimal + "origin: { latency: fast }", minimal + "origin: { size: -1 }",
    minimal + "allow_remote: { max_requests: 5 }", minimal + "hooks: { before_run: [] }",
    minimal + "exclude: [{}]", minimal + "exclude: [x]", minimal + "zip: [a]", minimal + "env: [a]",
    minimal + "sweep: { max_worker: [1] }",
    "workloads: { sleep: { tasks: x } }\nstrategies: { sync: }",
    "workloads: { sleep: { tasks: 1.5 } }\nstrategies: { sync: }",
    "workloads: { sleep: { tasks: 012x } }\nstrategies: { sync: }",
    "workloads: { sleep: { tasks: '012' } }\nstrategies: { sync: }",
    "workloads: { sleep: { tasks: '0x1F' } }\nstrategies: { sync: }",
    "workloads: { sleep: { tasks: { from: 1, to: 4 } } }\nstrategies: { sync: }",
    "workloads: { sleep: { tasks: { from: 1, to: 4, step: 1, factor: 2 } } }\nstrategies: { sync: }",
    "workloads: { sleep: { tasks: [] } }\nstrategies: { sync: }",
    "workloads: { sleep: { size: 5 kb } }\nstrategies: { sync: }",
    "workloads: { sleep: { fair: { from: 1, to: 2, step: 1 } } }\nstrategies: { sync: }",
    "workloads: { sleep: { fair: maybe } }\nstrategies: { sync: }",
    "workloads: { sleep: { share: 2 } }\nstrategies: { sync: }",
    "workloads: { sleep: { names: x } }\nstrategies: { sync: }",
    "workloads: { sleep: { names: { axes: [[x]] } } }\nstrategies: { sync: }",
    "workloads: { w: { plugin: fetch } }\nstrategies: { sync: }",
    "workloads: { w: { plugin: fetch, urls: [a], urls_from: b } }\nstrategies: { sync: }",
    "workloads: { w: { plugin: fetch, urls: [] } }\nstrategies: { sync: }",
    "workloads: { fetch: }\nstrategies: { sync: }",
    "workloads: { 'a/b': { plugin: sleep } }\nstrategies: { sync: }",
    "workloads: { ' a': { plugin: sleep } }\nstrategies: { sync: }",
    "workloads: { 'a ': { plugin: sleep } }\nstrategies: { sync: }",
  ]

  @Test func whatIsReadIsValid() throws {
    for text in Self.accepted {
      let errors = load(text, name: "lists/test.yaml").diagnostics.filter { $0.severity == .error }.map(\.message)
      #expect(
        errors.allSatisfy { $0.contains("not an axis") || $0.contains("is called 'null'") },
        "the test is wrong: \(text): \(errors)")
    }
    let found = try Validator(jsonSchema(of: catalog)).problems(of: Self.accepted)
    for (text, problems) in zip(Self.accepted, found) { #expect(problems == [], "\(text)") }
  }

  @Test func whatIsWrongIsInvalid() throws {
    let found = try Validator(jsonSchema(of: catalog)).problems(of: Self.rejected)
    for (text, problems) in zip(Self.rejected, found) {
      #expect(load(text).hasErrors, "the test is wrong: \(text)")
      #expect(["1.1", "1.2"].allSatisfy { version in problems.contains { $0.hasPrefix(version) } }, "\(text)")
    }
  }

  /// Mistakes that other tests make, where what is wrong is a name.
  @Test func unknownNamesAreInvalid() throws {
    let texts = DiagnosticTests.mistakes.map(\.0).filter { text in
      load(text).diagnostics.contains { $0.message.hasPrefix("unknown ") }
    }
    #expect(texts.count > 1)
    let found = try Validator(jsonSchema(of: catalog)).problems(of: texts)
    for (text, problems) in zip(texts, found) { #expect(!problems.isEmpty, "\(text)") }
  }

  @Test func parametersOfEveryTypeHaveASchema() throws {
    let settings = [
      ParameterSchema("any", .any, help: ""), ParameterSchema("file", .file, help: ""),
      ParameterSchema(
        "lock", .switchable([ParameterSchema("interval", .duration, default: .number(0.005), help: "")]),
        default: .boolean(false), help: ""),
      ParameterSchema("version", .choice(["1.1", "2", "none", "null"]), help: ""),
    ]
    let catalog = Catalog(
      strategies: [PluginDescription(.strategy, "s", summary: "", parameters: settings)],
      workloads: [PluginDescription(.workload, "w", summary: "")])
    let validator = Validator(jsonSchema(of: catalog))
    func problems(_ values: [String]) throws -> [[String]] {
      try validator.problems(of: values.map { "strategies: { s: { \($0) } }" })
    }
    let good = [
      "any: { a: [1, null] }", "any:", "file: a.so", "file: [a.so, b.so]", "file: 1", "lock: no", "lock: true",
      "lock: { interval: 5ms }", "lock: {}", "lock: [false, { interval: 1ms }]", "lock: { interval: '${x}' }",
      "version: 1.1", "version: 2", "version: [1.1, '2']", "version: none", "version: null",
    ]
    for (text, found) in zip(good, try problems(good)) { #expect(found == [], "\(text)") }
    let bad = [
      "file: ''", "file: { a: b }", "file:", "lock: 5ms", "lock: { intervall: 5ms }", "lock: { interval: 5 }",
      "version: 3", "version: { a: b }",
    ]
    for (text, found) in zip(bad, try problems(bad)) { #expect(!found.isEmpty, "\(text)") }
  }
}

/// Every key of the file, and every key inside, misspelt: the check and the schema object to the same ones.
struct MutationTests {
  static let everything = """
    description: all of it
    variables: { name: [a, b] }
    workloads:
      nap: { plugin: sleep, tasks: 3, duration: 1ms, names: ["${name}"] }
      web: { plugin: fetch, urls: ["${origin}/"], repeat: 2 }
    strategies:
      sync: { plugin: sync }
      threads: { max_workers: { from: 1, to: 4, factor: 2 }, chunk_size: 2 }
    sweep: { max_workers: [1] }
    exclude: [{ workload: nap, strategy: threads, max_workers: ">1" }]
    baseline: sync
    trials: { count: 10, precision: 5%, max: 50, budget: 10min }
    warmup: 1
    order: blocks
    seed: 1
    timeout: 60s
    max_failed: 1%
    hooks: { before_run: [a], after_run: [b], before_trial: [c], after_trial: [d] }
    env: { NAME: value }
    origin: { latency: 1ms, size: 1KiB }
    arrivals: { rate: 500/s, process: constant }
    max_rate: 50/s
    allow_remote: { hosts: [a.example], max_requests: 5 }
    warmup_tasks: 1
    record: tasks
    """

  @Test func everyKeyThatTheCheckDoesNotKnowIsInvalid() throws {
    let keys = try Regex("[a-z_]+(?=:)")
    let mutants = Self.everything.ranges(of: keys).map { range in
      Self.everything.replacingCharacters(in: range, with: "q" + Self.everything[range])
    }
    let unknown = mutants.filter { text in load(text).diagnostics.contains { $0.message.hasPrefix("unknown ") } }
    #expect(unknown.count > 45, "the keys of variables, labels and environments may be anything")
    let found = try Validator(jsonSchema(of: catalog)).problems(of: unknown)
    for (text, problems) in zip(unknown, found) { #expect(!problems.isEmpty, "\(text)") }
  }

  /// A key that is declared is also read, and the other way round.
  @Test func everyDeclaredKeyIsRead() {
    for key in FileKey.allCases {
      let text = (key == .strategies ? "\n" : "strategies: { sync: }\n") + "\(key.rawValue): [[{}]]"
      let found = load(text).diagnostics.filter { $0.severity == .error && $0.span?.start.line == 2 }
      #expect(!found.isEmpty, "\(key.rawValue)")
    }
  }
}

/// Python's jsonschema.
private struct Validator {
  private let schema: Value

  init(_ schema: Value) { self.schema = schema }

  /// Of each text, what is wrong with it.
  func problems(of texts: [String]) throws -> [[String]] {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized.path
    let python = "\(repository)/.venv/bin/python"
    try #require(
      FileManager.default.isExecutableFile(atPath: python),
      "there is no \(python): run the tests with 'make test', which makes it")
    let files = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ("\($0)", Value.string($1)) })
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.environment = TestEnvironment.shared.variables
    process.arguments = ["-B", "\(repository)/Tests/Support/validate.py"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let request = try JSONEncoder().encode(["schema": schema, "files": .map(files)])
    DispatchQueue.global().async {
      input.fileHandleForWriting.write(request)
      input.fileHandleForWriting.closeFile()
    }
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let found = try JSONDecoder().decode([String: [String]].self, from: answer)
    return try texts.indices.map { try #require(found["\($0)"]) }
  }
}
