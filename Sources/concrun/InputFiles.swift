internal import ExperimentFile
internal import Model
internal import OS
internal import YAML

/// The files that the paths of a command line lead to, with their contents.
struct InputFiles {
  /// The files, each of them once.
  private(set) var sources: [Source] = []
  /// A sentence for each path that leads to nothing.
  private(set) var problems: [String] = []
  /// One byte more than a file may have: a larger one is noticed without reading all of it.
  private static let limit = Limits.standard.bytes + 1

  /// Reads the files.
  ///
  /// - Parameters:
  ///   - paths: files, or folders of files.
  ///   - commands: names of commands, for a path that is a misspelt command.
  init(_ paths: [String], commands: [String]) {
    let found = paths.flatMap { files(at: $0, commands) }
    var seen: Set<String> = []
    for file in found where seen.insert(Files.canonical(file) ?? file).inserted {
      do {
        sources.append(Source(name: file, bytes: try TextFile.bytes(file, limit: Self.limit)))
      } catch {
        problems.append("\(file): \(error.errno)")
      }
    }
  }

  private mutating func files(at path: String, _ commands: [String]) -> [String] {
    switch Files.kind(of: path) {
    case .file: return [path]
    case .folder:
      do {
        let found = try Self.experiments(in: path)
        if found.isEmpty { problems.append("\(path): there is no *.yaml or *.yml file in this folder") }
        return found
      } catch {
        problems.append("\(path): \(error.errno)")
      }
    case .other: problems.append("\(path): isn't a file")
    case nil:
      let command = commands.first { spellingHint(for: path, among: [$0])?.hasPrefix("did you mean") == true }
      let hint = command.map { "; did you mean 'concrun \($0)'?" } ?? ""
      problems.append("\(path): there is no such file or folder\(hint)")
    }
    return []
  }

  private static func experiments(in folder: String) throws(SystemError) -> [String] {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return try Files.list(folder)
      .filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasPrefix(".") }
      .map { prefix + $0 }
      .filter { Files.kind(of: $0) == .file }
  }

  /// Reads a file that an experiment file names.
  @Sendable static func read(_ path: String) throws -> [UInt8] {
    do throws(SystemError) {
      return try TextFile.bytes(path, limit: FileContent.maximumBytes + 1)
    } catch {
      throw Problem(description: "\(error.errno)")
    }
  }

  /// The reason why a file that an experiment names can't be read.
  private struct Problem: Error, CustomStringConvertible {
    let description: String
  }
}
