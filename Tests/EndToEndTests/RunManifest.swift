import Foundation

/// What manifest.json says of the embedded server.
struct RunManifest: Decodable {
  struct Sides: Decodable, Equatable {
    var origin: Int
    var clients: Int?
  }

  struct Counts: Decodable {
    var cell_id: String
    var trials: Int
    var requests: Sides
    var bytes: Sides
    var connections: Int
    var most_at_once: Int
  }

  var warnings: [String]
  var reconciliation: [Counts]?
}

extension Workbench {
  /// That of an experiment's latest run.
  func manifest(_ experiment: String) throws -> RunManifest {
    let path = "\(folder)/results/\(experiment)/latest/manifest.json"
    return try JSONDecoder().decode(RunManifest.self, from: Data(contentsOf: URL(filePath: path)))
  }
}
