internal import Model
internal import YAML

/// A decoder of `allow_remote: { hosts: [example.com], max_requests: 5000 }`.
struct RemoteDecoder {
  private static let hosts = ParameterSchema(
    "hosts", .list(.string), required: true, help: "Their names, without scheme, port and path.")
  private static let maxRequests = ParameterSchema(
    "max_requests", .integer, minimum: 0, help: "The most requests of a run to each of them. Default: no limit.")
  static let settings = [hosts, maxRequests]

  let reader: ValueReader

  func decode(_ node: Node) -> RemoteLimits {
    var limits = RemoteLimits()
    guard let entries = node.entries else {
      reader.log.error(
        node, "'allow_remote' must be a mapping, and this is \(node.kindName)",
        hint: "allow_remote: { hosts: [example.com], max_requests: 5000 }")
      return limits
    }
    let known = Self.settings.map(\.name)
    for entry in entries where !known.contains(entry.keyText) {
      reader.log.error(
        entry.key, "unknown key '\(entry.keyText)' in 'allow_remote'",
        hint: Spelling.hint(for: entry.keyText, among: known))
    }
    guard let hosts = node["hosts"] else {
      reader.log.error(node, "'allow_remote' needs 'hosts'", hint: "allow_remote: { hosts: [example.com] }")
      return limits
    }
    let isRead = reader.read(hosts, as: Self.hosts) != nil
    for item in isRead ? hosts.sequence ?? [] : [] {
      guard let text = item.text else { continue }
      do throws(HostName.Problem) {
        if let host = try HTTPURL.host(named: text) {
          limits.hosts.insert(host)
        } else {
          reader.log.error(
            item, "'\(text)' isn't the name of a host", hint: "without scheme, port and path: example.com")
        }
      } catch {
        reader.log.error(item, "'\(text)' isn't the name of a host: \(error)")
      }
    }
    limits.maxRequests = node["max_requests"].flatMap { reader.read($0, as: Self.maxRequests)?.integer }
    return limits
  }
}
