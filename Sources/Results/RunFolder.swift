internal import OS

/// The folder of a run, `results/<experiment>/<run_id>`, and the paths of its files.
package struct RunFolder: Hashable, Sendable {
  /// The path of the folder.
  package let path: String

  /// Makes the value for a folder, which need not exist.
  package init(path: String) {
    self.path = path
  }

  /// The path of the table of trials.
  package var trials: String { "\(path)/trials.csv" }
  /// The path of the table of cells.
  package var summary: String { "\(path)/summary.csv" }
  /// The path of the table of tasks.
  package var tasks: String { "\(path)/tasks.csv" }
  /// The path of the workers' activities, as trace events.
  package var timeline: String { "\(path)/timeline.json" }
  /// The path of the run's description.
  package var manifest: String { "\(path)/manifest.json" }
  /// The path of the journal, from which a run is resumed.
  package var journal: String { "\(path)/journal.jsonl" }
  /// The path of the output of hooks.
  package var hookLog: String { "\(path)/hooks.log" }
  /// The path of the copy of the experiment file.
  package var experiment: String { "\(path)/experiment.yaml" }

  /// Makes the folder of a new run, named by the time.
  ///
  /// - Parameters:
  ///   - output: the folder of all results.
  ///   - time: the run id; if it is taken, `-2`, `-3` and so on follow it.
  /// - Throws: an error if a folder can't be made.
  package static func create(
    in output: String, experiment: String, at time: String
  ) throws(OutputError) -> (folder: RunFolder, runID: String) {
    let parent = "\(output)/\(experiment)"
    var number = 1
    do {
      try Files.makeFolders(parent)
      while true {
        let runID = number == 1 ? time : "\(time)-\(number)"
        if try Files.makeFolder("\(parent)/\(runID)") {
          return (RunFolder(path: "\(parent)/\(runID)"), runID)
        }
        number += 1
      }
    } catch {
      throw OutputError(parent, error)
    }
  }

  /// Makes the link `latest` point at this run.
  ///
  /// - Throws: an error if the link can't be made.
  package func becomeLatest() throws(OutputError) {
    guard let slash = path.lastIndex(of: "/") else { return }
    let link = "\(path[..<slash])/latest"
    do {
      try Files.link(link, to: String(path[path.index(after: slash)...]))
    } catch {
      throw OutputError(link, error)
    }
  }

  /// Returns the folders of an experiment's runs that have a journal, the newest first.
  package static func all(in output: String, experiment: String) -> [RunFolder] {
    let parent = "\(output)/\(experiment)"
    let names = (try? Files.list(parent)) ?? []
    return names.filter { $0 != "latest" && Files.kind(of: "\(parent)/\($0)/journal.jsonl") == .file }
      .sorted { order(of: $0) > order(of: $1) }
      .map { RunFolder(path: "\(parent)/\($0)") }
  }

  /// Returns the sort key of a run id: the time, then the number after it.
  private static func order(of runID: String) -> (String, Int) {
    let parts = runID.split(separator: "-", maxSplits: 1)
    return (String(parts.first ?? ""), parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
  }

  /// Writes a file whole.
  ///
  /// - Parameter isPrivate: whether only its owner may read it.
  /// - Throws: an error if the file can't be written.
  package func write(_ bytes: [UInt8], to path: String, isPrivate: Bool = false) throws(OutputError) {
    do {
      try Files.write(bytes, to: path, isPrivate: isPrivate)
    } catch {
      throw OutputError(path, error)
    }
  }
}

extension RunFolder {
  /// Returns the folder of a run for its path, or for the path of an experiment's results, which means the latest run.
  ///
  /// - Throws: an error if neither has a trials.csv.
  package static func locate(_ path: String) throws(InputError) -> RunFolder {
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    switch Files.kind(of: trimmed) {
    case .folder:
      if Files.kind(of: "\(trimmed)/trials.csv") == .file { return RunFolder(path: trimmed) }
      if Files.kind(of: "\(trimmed)/latest/trials.csv") == .file { return RunFolder(path: "\(trimmed)/latest") }
      throw InputError(path, "is neither a run's folder nor an experiment's: there is no trials.csv in it")
    case .file, .other, nil: throw InputError(path, "there is no such run")
    }
  }

  /// Reads a file.
  ///
  /// - Throws: an error if the file can't be read or has more than 4 GiB.
  package func read(_ path: String) throws(InputError) -> [UInt8] {
    do {
      return try TextFile.bytes(path, limit: 1 << 32)
    } catch {
      throw InputError(path, "can't be read: \(error.errno)")
    }
  }
}
