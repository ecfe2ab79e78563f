internal import ExperimentFile
internal import ExternalPlugins
internal import Model
internal import OS
internal import Synchronization

/// The external plugins of this machine. Each describes itself once.
final class InstalledPlugins: Sendable {
  private let whenSlow: @Sendable (_ path: String) -> Void
  private let known = Mutex<[String: Result<[PluginDescription], any Error>]>([:])

  /// Starts without any plugin.
  ///
  /// - Parameter whenSlow: receives the path of a program that keeps the user waiting.
  init(whenSlow: @escaping @Sendable (_ path: String) -> Void) {
    self.whenSlow = whenSlow
  }

  /// Returns the strategies of one program, or of all programs in the plugin folders. Of two with one name, the first
  /// counts.
  @Sendable func found(_ named: String?) -> FoundPlugins {
    var found = FoundPlugins()
    for path in named.map({ [$0] }) ?? Self.programs() {
      do {
        for strategy in try descriptions(of: path).get() {
          if BuiltIn.strategy(strategy.name) != nil, named == nil {
            found.problems.append((path, "it offers '\(strategy.name)', which is built in"))
          } else if let other = found.strategies.first(where: { $0.name == strategy.name })?.external {
            found.problems.append(
              (path, "it offers '\(strategy.name)', and so does \(other.executable), which comes first"))
          } else {
            found.strategies.append(strategy)
          }
        }
      } catch {
        found.problems.append((path, "\(error)"))
      }
    }
    return found
  }

  private func descriptions(of path: String) -> Result<[PluginDescription], any Error> {
    let place = Files.canonical(path) ?? path
    if let known = known.withLock({ $0[place] }) { return known }
    let environment = ThisProcess.environmentTexts
    let answer = Result {
      try describe(plugin: path, by: ThisProcess.executable, environment: environment) {
        whenSlow(path)
      }
    }
    known.withLock { $0[place] = answer }
    return answer
  }

  /// Returns the programs in the plugin folders. Those of CONCRUN_PLUGIN_PATH come first.
  private static func programs() -> [String] {
    let path = ThisProcess.environment[PluginFolder.pathVariable] ?? ""
    let folders = path.split(separator: ":").map(String.init) + [PluginFolder.standard]
    var seen: Set<String> = []
    return folders.flatMap(PluginFolder.programs).filter { seen.insert(Files.canonical($0) ?? $0).inserted }
  }
}
