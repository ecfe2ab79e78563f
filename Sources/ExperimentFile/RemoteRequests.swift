internal import Model

/// How many requests a run sends to machines of others, and whether it may.
enum RemoteRequests {
  static func check(_ cells: [Cell], _ declaration: Declaration, _ diagnostics: inout Diagnostics) {
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
      diagnostics.error(
        node, "this run would send \(count) requests to \(host), and \(limit) are allowed",
        hint: "its owner agrees? allow_remote: { hosts: [\(host)], max_requests: \(count) }")
    }
  }

  /// Of one trial, by remote host; redirects aren't known.
  private static func requests(of cell: Cell, extra: Int) -> [String: Int] {
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
