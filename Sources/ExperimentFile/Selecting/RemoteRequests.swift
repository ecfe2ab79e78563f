internal import Model
internal import YAML

/// The limit on requests that a run sends to machines of others.
struct RemoteRequests {
  let declaration: Declaration
  let log: DiagnosticLog

  /// Reports hosts that all trials of all cells together would send too many requests.
  func check(_ cells: [Cell]) {
    guard declaration.workloads.contains(where: { $0.plugin.requests != nil }) else { return }
    let settings = declaration.settings
    let trials = settings.blocks.upperBound + settings.warmup
    var total: [String: Int] = [:]
    var culprit: [String: String] = [:]
    for cell in cells {
      for (host, count) in requests(of: cell, extra: settings.warmupTasks) {
        let (all, overflow) = count.multipliedReportingOverflow(by: trials)
        total[host] = overflow ? .max : (total[host] ?? 0).addingReportingOverflow(all).partialValue
        if culprit[host] == nil { culprit[host] = cell.workload }
      }
    }
    for (host, count) in total.sorted(by: { $0.key < $1.key }) {
      guard let limit = settings.remote.limit(for: host), count > limit else { continue }
      let label = culprit[host]
      let node = declaration.workloads.first { $0.label == label }?.node ?? declaration.root.start
      log.error(
        node, "this run would send \(count) requests to \(HostName.both(host)), and \(limit) are allowed",
        hint: "its owner agrees? allow_remote: { hosts: [\(HostName.readable(host))], max_requests: \(count) }")
    }
  }

  /// Counts the requests of one trial by remote host. Redirects aren't known.
  private func requests(of cell: Cell, extra: Int) -> [String: Int] {
    var cell = cell
    cell.workloadPlugin = cell.workloadPlugin.map { log.secrets.secrets.reveal($0) }
    guard let items = cell.requestItems else { return [:] }
    let repetitions = cell.workloadPlugin?.parameters[ParameterName.repetitions]?.integer ?? 1
    var counts: [String: Int] = [:]
    for item in items {
      guard let url = item.string.flatMap(HTTPURL.init), !url.isLocal else { continue }
      counts[url.host, default: 0] += repetitions
    }
    return counts.mapValues { $0 + extra }
  }
}
