import Foundation
import OS

/// Folders that stand for /proc and /sys. Gone with this object.
final class FakeKernel: Sendable {
  private let folder: String

  init(_ files: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "concrun-kernel-\(UUID())").path()
    for (name, text) in files {
      let file = URL(filePath: "\(folder)/\(name)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  var files: KernelFiles { KernelFiles(proc: "\(folder)/proc", sys: "\(folder)/sys") }
}
