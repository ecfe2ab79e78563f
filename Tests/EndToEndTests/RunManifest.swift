import Foundation

/// What tests want to know of manifest.json.
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
    var received: Sides?
    var connections: Int
    var most_at_once: Int
  }

  struct Length: Decodable, Equatable {
    var trials: Int
    var precision: Double?
    var max_trials: Int?
    var budget_s: Double?
  }

  var state: String
  var stop_reason: String?
  var plan: Length
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
