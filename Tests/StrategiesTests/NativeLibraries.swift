import Foundation
import Hermetic

/// Libraries for the workload `native`, compiled when a test first asks for them.
enum NativeLibraries {
  /// Its task i has the value i².
  static let odd: String = {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized.path
    let library = FileManager.default.temporaryDirectory.appending(path: "concrun-odd-\(UUID().uuidString).so").path
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = [
      "cc", "-O1", "-shared", "-fPIC", "-I", "\(repository)/Sources/CConcrunWorkload/include", "-o", library,
      "\(repository)/Tests/Support/native/odd.c",
    ]
    compiler.environment = TestEnvironment.shared.variables
    do {
      try compiler.run()
    } catch {
      preconditionFailure("cc: \(error)")
    }
    compiler.waitUntilExit()
    precondition(compiler.terminationStatus == 0, "cc can't compile odd.c")
    atexit { unlink(NativeLibraries.odd) }
    return library
  }()
}
