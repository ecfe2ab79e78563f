internal import ArgumentParser
internal import ExperimentFile
internal import OS
internal import Reports
internal import SystemPackage

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make a commented experiment file to start from.",
    discussion: """
      NAME becomes experiments/NAME.yaml where there is a folder 'experiments', else NAME.yaml. With a slash, or \
      '.yaml' or '.yml' at its end, it is a path. A file that is there is never overwritten.
      """)

  @Argument(help: "What the experiment is called.")
  var name: String

  private var isFileName: Bool { name.hasSuffix(".yaml") || name.hasSuffix(".yml") }

  private var path: String {
    let file = isFileName ? name : name + ".yaml"
    let isPath = isFileName || name.contains("/")
    return !isPath && Files.kind(of: "experiments") == .folder ? "experiments/\(file)" : file
  }

  private var stem: String {
    let last = name.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    return String(isFileName ? last[..<(last.lastIndex(of: ".") ?? last.endIndex)] : last)
  }

  func validate() throws {
    if let objection = nameObjection(stem) { throw ValidationError("\(name): \(objection)") }
  }

  func run() throws {
    do throws(SystemError) {
      try Files.create(path, Array(StarterFile.text(name: stem, path: path).utf8))
    } catch {
      let advice = error.errno == .fileExists ? "it is there already; choose another name" : "\(error.errno)"
      Console.error("concrun: can't make \(path): \(advice)")
      throw ExitCode(ExitStatus.cantWrite)
    }
    // A name may have blanks in it.
    let word = path.contains(" ") ? "'\(path.replacing("'", with: "'\\''"))'" : path
    try Console.output("\(path) is made. Next: concrun \(word) --quick\n")
  }
}
