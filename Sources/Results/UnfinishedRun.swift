package import Model

/// What there is to go on with.
package enum UnfinishedRun: Sendable {
  case noRuns
  /// There are runs, and each has all its trials, and its summary. Whether the newest one's are all ok.
  case allWhole(isOK: Bool)
  case unfinished(RunFolder)

  /// The newest run of a plan's experiment that isn't whole.
  ///
  /// - Throws: where it is of another plan, or can't be read, so that it can't be gone on with.
  package static func find(for plan: Plan, in output: String) throws(InputError) -> UnfinishedRun {
    let digest = plan.digest
    var newest: Journal.Contents?
    for folder in RunFolder.all(in: output, experiment: plan.experiment) {
      guard let journal = Journal.read(folder.journal, experiment: plan.experiment) else {
        throw InputError(folder.journal, "can't be read: its first line is damaged; run without --resume")
      }
      let manifest = manifest(folder).flatMap { $0.state == "completed" ? $0 : nil }
      if journal.digest == digest {
        guard let manifest, isWhole(journal.trials, manifest, for: plan) else { return .unfinished(folder) }
      } else if manifest == nil {
        throw InputError(
          folder.path, "was planned differently: the file or the options changed since; run without --resume")
      }
      newest = newest ?? journal
    }
    return newest.map { .allWhole(isOK: $0.trials.allSatisfy { $0.status == .ok }) } ?? .noRuns
  }

  private static func manifest(_ folder: RunFolder) -> Manifest? {
    guard let bytes = try? folder.read(folder.manifest) else { return nil }
    return try? Manifest.read(bytes, path: folder.manifest)
  }

  /// Whether a completed run has all that the plan asks for now. Where that may be more than was asked for then, it is
  /// gone on with, and ends at once if it has that, too.
  private static func isWhole(_ trials: [Trial], _ manifest: Manifest, for plan: Plan) -> Bool {
    let settings = plan.settings
    let blocks = trials.map(\.block).max() ?? 0
    if trials.count < plan.cells.count * (settings.warmup + blocks) { return false }
    let isLongEnough = trials.count >= plan.trialCount
    let asked = manifest.plan
    switch manifest.stopReason {
    case .trials, nil: return isLongEnough && settings.precision == nil
    case .precision: return isLongEnough && (settings.precision ?? 1) >= (asked.precision ?? 1)
    case .max: return isLongEnough && (settings.precision == nil || settings.blocks.upperBound <= blocks)
    case .budget: return settings.budget.map { $0 <= asked.budgetSeconds ?? 0 } ?? false
    }
  }
}
