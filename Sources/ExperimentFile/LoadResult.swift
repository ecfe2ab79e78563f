package import Model
package import YAML

/// A file and the plan that it describes.
package struct LoadedExperiment: Sendable {
  /// The file.
  package var source: Source
  /// The plan of the file, with at least one cell.
  package var plan: Plan
  /// The messages of the file's warnings, in the order of the file.
  package var warnings: [String]
}

/// The result of loading all files of one call. There are experiments only if there are no errors.
package struct LoadResult: Sendable {
  /// The experiments in the order of the files, without those that `--only` leaves no cell of.
  package var experiments: [LoadedExperiment]
  /// The diagnostics of the command line, then those of each file in its order.
  package var diagnostics: [Diagnostic]
  /// Messages about parts of the command line that no file has a place or a name for.
  package var usageErrors: [String]
  /// The secrets of all files, those with errors included.
  package var secrets: Secrets

  /// True if the files or the command line have an error.
  package var hasErrors: Bool { !usageErrors.isEmpty || diagnostics.contains { $0.severity == .error } }
}
