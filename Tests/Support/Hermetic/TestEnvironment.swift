import Foundation

/// The environment of a program that a test starts: nothing of the user's gets in, and nothing of the program's gets out.
package struct TestEnvironment: Sendable {
  package let home: String
  package let temporary: String

  /// All programs that tests call by name are where the system's packages put them.
  package static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

  /// Variables of the user's that programs get nevertheless: a build that counts or checks itself goes by them.
  package static let inherited = ["LLVM_PROFILE_FILE", "ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"]

  /// For programs of tests that have no folder of their own. It ends with the process.
  package static let shared: TestEnvironment = {
    let folder = FileManager.default.temporaryDirectory.appending(path: "concrun-shared-\(UUID().uuidString)").path
    atexit {
      let home = URL(filePath: TestEnvironment.shared.home)
      try? FileManager.default.removeItem(at: home.deletingLastPathComponent())
    }
    return TestEnvironment(in: folder)
  }()

  /// Makes a home and a folder for temporary files.
  ///
  /// - Parameter folder: is the caller's to remove.
  package init(in folder: String) {
    home = "\(folder)/home"
    temporary = "\(folder)/tmp"
    for folder in [home, temporary] {
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
  }

  /// All of it, by name.
  package var variables: [String: String] {
    let own = [
      "HOME": home, "XDG_STATE_HOME": "\(home)/state", "TMPDIR": temporary, "PATH": Self.path, "LC_ALL": "C.UTF-8",
      "LANG": "C.UTF-8", "TZ": "UTC", "TERM": "xterm", "USER": "tester", "LOGNAME": "tester",
      "GIT_CONFIG_NOSYSTEM": "1",
      // Runs of different tests don't notice each other.
      "CONCRUN_NOTICES": home,
      // The checkout isn't the tests' to write to.
      "PYTHONDONTWRITEBYTECODE": "1",
      // A crash is expected here and there; the backtracer would make it a slow one.
      "SWIFT_BACKTRACE": "enable=no",
    ]
    let users = ProcessInfo.processInfo.environment.filter { Self.inherited.contains($0.key) }
    return own.merging(users) { $1 }
  }
}

/// The path of `concrun`, which is built beside the tests.
package let builtExecutable: String = {
  let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  return URL(filePath: own).deletingLastPathComponent().appending(path: "concrun").path
}()
