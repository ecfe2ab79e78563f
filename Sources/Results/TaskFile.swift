internal import Model
internal import OS

/// tasks.csv of a run that is going on.
final class TaskFile {
  private let file: AppendFile
  private let path: String

  /// - Parameter trials: those of an earlier sitting. Only their rows are kept: of a trial that the journal lacks, some
  ///   may be there.
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
