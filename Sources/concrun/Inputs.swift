internal import ArgumentParser
internal import ExperimentFile
internal import OS
internal import Results
internal import Runs
internal import YAML

/// A reader of the inputs that a command line names. It prints a message for every problem.
enum Inputs {
  /// Reads and checks experiment files.
  ///
  /// - Throws: exit 65 if a file is invalid, 66 if one is missing, 69 if a plugin that a file needs isn't available, 64
  ///   if the command line doesn't fit the files.
  static func load(_ paths: [String], _ overrides: Overrides) throws -> [LoadedExperiment] {
    let files = InputFiles(
      paths, commands: RootCommand.configuration.subcommands.compactMap { $0.configuration.commandName })
    for problem in files.problems { Console.error("concrun: \(problem)") }
    let plugins = InstalledPlugins.tellingOfSlowOnes
    let result = ExperimentFile.load(
      files.sources, overrides: overrides, catalog: BuiltIn.catalog, environment: ThisProcess.environment,
      readFile: InputFiles.read, plugins: plugins.found, objection: BuiltIn.objection)
    Console.hide(result.secrets)
    report(result.diagnostics)
    for error in result.usageErrors { Console.error("concrun: \(error)") }
    if let status = exitStatus(result, isComplete: files.problems.isEmpty) { throw ExitCode(status) }
    return result.experiments
  }

  private static func exitStatus(_ result: LoadResult, isComplete: Bool) -> Int32? {
    let errors = result.diagnostics.filter { $0.severity == .error }
    if errors.contains(where: { !$0.source.isCommandLine && !$0.isUnavailable }) { return ExitStatus.invalidFile }
    if errors.contains(where: \.isUnavailable) { return ExitStatus.unavailable }
    if !isComplete { return ExitStatus.noInput }
    return result.usageErrors.isEmpty && errors.isEmpty ? nil : ExitStatus.usage
  }

  private static func report(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      let text = diagnostic.rendered
      Console.error(
        text.severity.rawValue, text.severity == .error ? .red : .yellow, after: text.place, before: text.rest)
    }
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    if errors > 0 {
      Console.error(
        "\(errors) error\(errors == 1 ? "" : "s")"
          + (warnings > 0 ? ", \(warnings) warning\(warnings == 1 ? "" : "s")" : ""))
    }
  }

  /// Reads runs.
  ///
  /// - Throws: exit 66 if one can't be read.
  static func runs(_ paths: [String]) throws -> [FinishedRun] {
    let runs = paths.compactMap { path -> FinishedRun? in
      do throws(InputError) {
        return try FinishedRun.read(path, catalog: BuiltIn.catalog)
      } catch {
        Console.error("concrun: \(error)")
        return nil
      }
    }
    guard runs.count == paths.count else { throw ExitCode(ExitStatus.noInput) }
    return runs
  }
}
