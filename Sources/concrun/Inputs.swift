internal import ArgumentParser
internal import ExperimentFile
internal import OS
internal import YAML

/// Why a file that an experiment names can't be read.
private struct InputProblem: Error, CustomStringConvertible {
  let description: String
}

/// Paths of the command line → files, read.
enum Inputs {
  /// One byte more than a file may have, so that a larger one is noticed without being read.
  private static let limit = Limits.standard.bytes + 1

  /// Reads what is there; tells what isn't.
  private static func read(_ paths: [String]) -> (sources: [Source], isComplete: Bool) {
    var problems: [String] = []
    var files: [String] = []
    for path in paths {
      switch Files.kind(of: path) {
      case .file: files.append(path)
      case .folder:
        do {
          let found = try experiments(in: path)
          if found.isEmpty { problems.append("\(path): there is no *.yaml or *.yml file in this folder") }
          files += found
        } catch {
          problems.append("\(path): \(error.errno)")
        }
      case .other: problems.append("\(path): isn't a file")
      case nil:
        let command = RootCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
          .first { spellingHint(for: path, among: [$0])?.hasPrefix("did you mean") == true }
        let hint = command.map { "; did you mean 'concrun \($0)'?" } ?? ""
        problems.append("\(path): there is no such file or folder\(hint)")
      }
    }
    var sources: [Source] = []
    var seen: Set<String> = []
    for file in files where seen.insert(Files.canonical(file) ?? file).inserted {
      do {
        sources.append(Source(name: file, bytes: try TextFile.bytes(file, limit: limit)))
      } catch {
        problems.append("\(file): \(error.errno)")
      }
    }
    for line in problems {
      Console.error("concrun: \(line)")
    }
    return (sources, problems.isEmpty)
  }

  private static func experiments(in folder: String) throws(SystemError) -> [String] {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return try Files.list(folder)
      .filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasPrefix(".") }
      .map { prefix + $0 }
      .filter { Files.kind(of: $0) == .file }
  }

  /// Reads and checks experiment files; tells every problem of all of them.
  ///
  /// - Throws: exit 65 where a file is invalid, 66 where one is missing, 64 where the command line doesn't fit them.
  static func load(_ paths: [String], _ overrides: Overrides) throws -> [LoadedExperiment] {
    let (sources, isComplete) = read(paths)
    let result = ExperimentFile.load(
      sources, overrides: overrides, catalog: BuiltIn.catalog,
      readFile: { path in
        do throws(SystemError) {
          return try TextFile.bytes(path, limit: limit)
        } catch {
          throw InputProblem(description: "\(error.errno)")
        }
      }, plugins: InstalledPlugins().found, objection: BuiltIn.objection)
    report(result.diagnostics)
    for error in result.usageErrors {
      Console.error("concrun: \(error)")
    }
    let errors = result.diagnostics.filter { $0.severity == .error }
    if errors.contains(where: { !$0.source.isCommandLine && !$0.isUnavailable }) {
      throw ExitCode(ExitStatus.invalidFile)
    }
    if errors.contains(where: \.isUnavailable) { throw ExitCode(ExitStatus.unavailable) }
    if !isComplete { throw ExitCode(ExitStatus.noInput) }
    if !result.usageErrors.isEmpty || !errors.isEmpty { throw ExitCode(ExitStatus.usage) }
    return result.experiments
  }

  private static func report(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      Console.error(
        diagnostic.rendered { severity in
          Console.paint(severity.rawValue, severity == .error ? .red : .yellow)
        })
    }
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    if errors > 0 {
      Console.error(
        "\(errors) error\(errors == 1 ? "" : "s")"
          + (warnings > 0 ? ", \(warnings) warning\(warnings == 1 ? "" : "s")" : ""))
    }
  }
}
