package import Runs

extension RunRemark {
  /// The remark in words.
  package var text: String {
    switch self {
    case .unreadableManifest: "its manifest.json is of another version: not read"
    case .incomplete(let state, let trials): "\(state) after \(Humanize.plural(trials, "trial"))"
    case .cutShort: "its last line is cut short"
    case .severalHosts(let hosts): "trials of different machines: \(hosts.joined(separator: ", "))"
    case .of(let path, let remark): "\(path): \(remark.text)"
    }
  }
}
