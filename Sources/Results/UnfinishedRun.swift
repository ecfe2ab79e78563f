package import Model

/// The run that `--resume` can continue, if any.
package enum UnfinishedRun: Sendable {
  case noRuns
  /// All runs have all their trials and a summary. The value tells whether all trials of the newest run are ok.
  case allWhole(isOK: Bool)
  case unfinished(RunFolder)

  /// Returns the newest incomplete run of a plan's experiment.
  ///
  /// - Parameter output: the folder of all results.
  /// - Throws: an error if that run's journal can't be read, or belongs to another plan.
  package static func find(for plan: Plan, in output: String) throws(InputError) -> UnfinishedRun {
    var newest: Journal.Contents?
    for folder in RunFolder.all(in: output, experiment: plan.experiment) {
      guard let journal = Journal.read(folder.journal, experiment: plan.experiment) else {
        throw InputError(folder.journal, "can't be read: its first line is damaged; run without --resume")
      }
      let manifest = manifest(folder).flatMap { $0.state == "completed" ? $0 : nil }
      if plan.hasDigest(journal.digest) {
        guard let manifest, isWhole(journal.trials.lastAttempts(), manifest, for: plan) else {
          return .unfinished(folder)
        }
      } else if manifest == nil {
        throw InputError(
          folder.path, "was planned differently: the file or the options changed since; run without --resume")
      }
      newest = newest ?? journal
    }
    return newest.map { .allWhole(isOK: $0.trials.lastAttempts().allSatisfy { $0.status == .ok }) } ?? .noRuns
  }

  private static func manifest(_ folder: RunFolder) -> Manifest? {
    guard let bytes = try? folder.read(folder.manifest) else { return nil }
    return try? Manifest.read(bytes, path: folder.manifest)
  }

  /// Returns whether a completed run has everything that the plan now asks for.
  ///
  /// If the plan may ask for more than before, the answer is false. The resumed run ends at once if it needs nothing
  /// more.
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
