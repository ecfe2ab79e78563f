internal import OS

/// Where plugins are looked for.
package enum PluginFolder {
  /// In every folder that commands are given in.
  package static let standard = "plugins"
  /// Folders, separated by colons.
  package static let pathVariable = "CONCRUN_PLUGIN_PATH"
  /// What a plugin with a folder of its own is called, whatever follows a dot.
  static let ownName = "plugin"

  /// The programs in a folder: executable files directly in it, and those called `plugin` in the folders directly in it. A
  /// script that nobody may run is one, too: somebody forgot that.
  package static func programs(in folder: String) -> [String] {
    let names = ((try? Files.list(folder)) ?? []).filter { !$0.hasPrefix(".") }
    return names.flatMap { name -> [String] in
      let path = "\(folder)/\(name)"
      guard Files.kind(of: path) == .folder else { return isProgram(path) ? [path] : [] }
      let own = ((try? Files.list(path)) ?? []).filter { $0 == ownName || $0.hasPrefix(ownName + ".") }
      return own.map { "\(path)/\($0)" }.filter(isProgram)
    }
  }

  /// Shared libraries are often marked executable.
  private static func isProgram(_ path: String) -> Bool {
    if Files.isExecutable(path) { return !path.hasSuffix(".so") }
    return Files.kind(of: path) == .file
      && (try? TextFile.bytes(path, limit: 2)).map { $0 == Array("#!".utf8) } ?? false
  }
}
