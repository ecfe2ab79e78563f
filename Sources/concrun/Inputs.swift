internal import ArgumentParser
internal import ExperimentFile
internal import OS
internal import YAML

/// Paths of the command line → files, read.
enum Inputs {
  /// One byte more than a file may have, so that a larger one is noticed without being read.
  private static let limit = Limits.standard.bytes + 1

  /// - Throws: exit 66 where something isn't there, after telling all of it.
  static func read(_ paths: [String]) throws -> [Source] {
    var missing: [String] = []
    var files: [String] = []
    for path in paths {
      switch Files.kind(of: path) {
      case .file: files.append(path)
      case .folder:
        let found = experiments(in: path)
        if found.isEmpty { missing.append("\(path): there is no *.yaml or *.yml file in this folder") }
        files += found
      case .other: missing.append("\(path): isn't a file")
      case nil: missing.append("\(path): there is no such file or folder")
      }
    }
    var sources: [Source] = []
    var seen: Set<String> = []
    for file in files where seen.insert(file).inserted {
      do {
        sources.append(Source(name: file, bytes: try TextFile.bytes(file, limit: limit)))
      } catch {
        missing.append("\(file): \(error.errno)")
      }
    }
    for line in missing {
      Console.error("concrun: \(line)")
    }
    if !missing.isEmpty { throw ExitCode(ExitStatus.noInput) }
    return sources
  }

  private static func experiments(in folder: String) -> [String] {
    let names = (try? Files.list(folder)) ?? []
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return names.filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasPrefix(".") }
      .map { prefix + $0 }
      .filter { Files.kind(of: $0) == .file }
  }

  /// Reads and checks experiment files; tells every problem.
  ///
  /// - Throws: exit 65 where a file is invalid, 64 where the command line doesn't fit the files.
  static func load(_ paths: [String], _ overrides: Overrides) throws -> [LoadedExperiment] {
    let result = ExperimentFile.load(try read(paths), overrides: overrides, catalog: BuiltIn.catalog)
    report(result.diagnostics)
    for error in result.usageErrors {
      Console.error("concrun: \(error)")
    }
    if result.diagnostics.contains(where: { $0.severity == .error }) { throw ExitCode(ExitStatus.invalidFile) }
    if !result.usageErrors.isEmpty { throw ExitCode(ExitStatus.usage) }
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
