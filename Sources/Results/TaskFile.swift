internal import Model
internal import OS

/// tasks.csv of a run that is going on.
final class TaskFile {
  private let file: AppendFile
  private let path: String
  /// In bytes: what of it belongs to trials that the journal has.
  private(set) var length: Int

  /// - Parameter length: what an earlier sitting is known to have written; `nil`: a new file.
  init(_ path: String, length: Int?) throws(OutputError) {
    self.path = path
    let header = CSV.line(TaskTable.header)
    self.length = length ?? header.count
    do throws(SystemError) {
      file = try AppendFile(path)
      try file.truncate(to: length ?? 0)
      if length == nil { try file.append(header) }
    } catch {
      throw OutputError(path, error)
    }
  }

  func append(_ tasks: [TaskRow], of trial: Trial) throws(OutputError) {
    let bytes = TaskTable.csv(tasks, of: trial)
    do throws(SystemError) {
      try file.append(bytes)
      try file.sync()
    } catch {
      throw OutputError(path, error)
    }
    length += bytes.count
  }
}
