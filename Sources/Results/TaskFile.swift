internal import Model
internal import OS

/// The tasks.csv of a run in progress.
final class TaskFile {
  private let file: AppendFile
  private let path: String

  /// Opens the file, and keeps the rows of earlier sittings.
  ///
  /// - Parameter trials: the trials of the journal. Rows of other trials are removed: the journal may lack a trial
  ///   whose tasks were already written.
  init(_ path: String, keeping trials: [Trial]) throws(OutputError) {
    self.path = path
    do throws(SystemError) {
      let old = trials.isEmpty ? [] : (try? TextFile.bytes(path, limit: 1 << 36)) ?? []
      try Files.write(CSV.line(TaskTable.header) + TaskTable.rows(of: trials, in: old), to: path)
      file = try AppendFile(path)
    } catch {
      throw OutputError(path, error)
    }
  }

  func append(_ tasks: [TaskRow], of trial: Trial) throws(OutputError) {
    do throws(SystemError) {
      try file.append(TaskTable.csv(tasks, of: trial))
      try file.sync()
    } catch {
      throw OutputError(path, error)
    }
  }
}
