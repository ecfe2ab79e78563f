import Foundation
import Hermetic
import Model
import Results
import Subprocess
import SystemPackage
import Testing
import TrialRows

/// A folder of its own for a test, and concrun to run in it, in an environment of its own. Gone when the test is.
final class Workbench: Sendable {
  /// The working directory of all that is run.
  let folder: String
  private let root: String
  let environment: TestEnvironment
  /// Digits that no other process of this machine has among its arguments.
  let mark = String(UInt64.random(in: 1_000_000_000_000...9_999_999_999_999))

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "concrun-\(UUID().uuidString)").path
    folder = "\(root)/work"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    environment = TestEnvironment(in: root)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: root)
  }

  struct Outcome {
    var exit: Int32?
    var signal: Int32?
    var output: String
    var error: String
  }

  /// Writes a file and returns its name.
  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
    return name
  }

  func concrun(_ arguments: String...) async throws -> Outcome {
    try await run(builtExecutable, arguments) { _ in }
  }

  /// - Parameter meanwhile: is given the process id.
  func concrun(_ arguments: [String], meanwhile: @escaping @Sendable (Int32) async throws -> Void) async throws
    -> Outcome
  {
    try await run(builtExecutable, arguments, meanwhile: meanwhile)
  }

  func shell(_ command: String) async throws -> Outcome {
    try await run("/bin/bash", ["-o", "pipefail", "-c", command]) { _ in }
  }

  private func run(
    _ path: String, _ arguments: [String], meanwhile: @escaping @Sendable (Int32) async throws -> Void
  ) async throws -> Outcome {
    let variables = environment.variables.merging(["CONCRUN": builtExecutable]) { $1 }
    let result = try await Subprocess.run(
      .path(FilePath(path)), arguments: Arguments(arguments),
      environment: .custom(Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0), $1) })),
      workingDirectory: FilePath(folder), input: .none, output: .string(limit: 64 << 20),
      error: .string(limit: 64 << 20)
    ) { execution in
      try await meanwhile(execution.processIdentifier.value)
    }
    var outcome = Outcome(output: result.standardOutput, error: result.standardError)
    switch result.terminationStatus {
    case .exited(let code): outcome.exit = code
    case .signaled(let number): outcome.signal = number
    }
    return outcome
  }

  /// The rows of an experiment's latest run.
  func trials(_ experiment: String) throws -> [Trial] {
    let path = "\(folder)/results/\(experiment)/latest/trials.csv"
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
    return try TrialTable.read(bytes, path: path).trials
  }

  /// The rows of a table of an experiment's latest run, by column.
  ///
  /// - Parameter table: the name of the file, without `.csv`.
  func rows(_ experiment: String, _ table: String) throws -> [[String: String]] {
    let path = "\(folder)/results/\(experiment)/latest/\(table).csv"
    var lines = CSVReader([UInt8](try Data(contentsOf: URL(filePath: path))))
    let header = lines.next() ?? []
    return lines.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// How many trials an unfinished run has on the disk.
  func trialsSoFar(_ experiment: String) -> Int {
    (try? trials(experiment).count) ?? 0
  }

  /// Command lines with this bench's mark in them.
  var marked: [String] {
    let pids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return pids.filter { Int32($0) != nil }.compactMap { pid in
      guard let bytes = try? Data(contentsOf: URL(filePath: "/proc/\(pid)/cmdline")) else { return nil }
      let line = String(decoding: bytes.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
      return line.contains(mark) ? line : nil
    }
  }

  /// Waits until something holds; false if it doesn't for minutes.
  func eventually(_ condition: @Sendable () throws -> Bool) async throws -> Bool {
    for _ in 0..<10_000 {
      if try condition() { return true }
      try await Task.sleep(for: .milliseconds(20))
    }
    return false
  }
}

/// The checkout that the tests were built from.
let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized.path
