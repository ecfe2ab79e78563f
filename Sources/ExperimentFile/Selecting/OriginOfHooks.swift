internal import Model
internal import YAML

/// The embedded server that hooks of the run refer to.
struct OriginOfHooks {
  let declaration: Declaration
  let log: DiagnosticLog

  /// Reports hooks that refer to the server of the run, where there is none or more than one.
  func check(_ cells: [Cell]) {
    guard let word = declaration.hooksWithOrigin.first else { return }
    // There is a server for each number of threads.
    let servers = Set(cells.compactMap { $0.origin.map { $0["threads"] } })
    if servers.isEmpty {
      log.error(word, "no cell uses the origin, so '${origin}' isn't there", hint: "urls: [${origin}/page]")
    } else if servers.count > 1 {
      log.error(
        word, "'threads' makes \(servers.count) servers, and a hook of the run can't tell which of them it means",
        hint: "hooks around trials can")
    }
  }
}
