internal import OS

/// `results/<experiment>/<run_id>`, and the files in it.
package struct RunFolder: Hashable, Sendable {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  package var trials: String { "\(path)/trials.csv" }
  package var summary: String { "\(path)/summary.csv" }
  package var tasks: String { "\(path)/tasks.csv" }
  package var timeline: String { "\(path)/timeline.json" }
  package var manifest: String { "\(path)/manifest.json" }
  package var journal: String { "\(path)/journal.jsonl" }
  package var hookLog: String { "\(path)/hooks.log" }
  package var experiment: String { "\(path)/experiment.yaml" }

  /// Makes the folder of a new run, named by the time.
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

  /// Points `latest` at this run.
  package func becomeLatest() throws(OutputError) {
    guard let slash = path.lastIndex(of: "/") else { return }
    let link = "\(path[..<slash])/latest"
    do {
      try Files.link(link, to: String(path[path.index(after: slash)...]))
    } catch {
      throw OutputError(link, error)
    }
  }

  /// The runs of an experiment, the newest first.
  package static func all(in output: String, experiment: String) -> [RunFolder] {
    let parent = "\(output)/\(experiment)"
    let names = (try? Files.list(parent)) ?? []
    return names.filter { $0 != "latest" && Files.kind(of: "\(parent)/\($0)/journal.jsonl") == .file }
      .sorted { order(of: $0) > order(of: $1) }
      .map { RunFolder(path: "\(parent)/\($0)") }
  }

  /// The time, then the number behind it.
  private static func order(of runID: String) -> (String, Int) {
    let parts = runID.split(separator: "-", maxSplits: 1)
    return (String(parts.first ?? ""), parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
  }

  package func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    do {
      try Files.write(bytes, to: path)
    } catch {
      throw OutputError(path, error)
    }
  }
}

extension RunFolder {
  /// A run's folder, or an experiment's results folder, meaning its latest run.
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

  package func read(_ path: String) throws(InputError) -> [UInt8] {
    do {
      return try TextFile.bytes(path, limit: 1 << 32)
    } catch {
      throw InputError(path, "can't be read: \(error.errno)")
    }
  }
}
