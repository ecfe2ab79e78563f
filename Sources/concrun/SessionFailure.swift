internal import HTTP
internal import OS
internal import OriginControl
internal import Results
internal import SystemPackage

/// An error that ends an experiment, with an exit status of its own.
protocol SessionFailure: Error {
  /// The messages for the user.
  var lines: [String] { get }
  var exitStatus: Int32 { get }
}

extension OutputError: SessionFailure {
  var exitStatus: Int32 { ExitStatus.cantWrite }

  var lines: [String] {
    if cause.errno == .wouldBlock { return ["concrun: another concrun is writing to \(path)"] }
    let isKept = Files.kind(of: path) == .file
    return ["concrun: \(self)"]
      + (isKept ? ["  what was measured before is kept: --resume goes on when this is mended"] : [])
  }
}

extension InputError: SessionFailure {
  var exitStatus: Int32 { ExitStatus.invalidFile }
  var lines: [String] { ["concrun: \(self)"] }
}

extension OriginHostError: SessionFailure {
  var exitStatus: Int32 { ExitStatus.unavailable }
  var lines: [String] { ["concrun: \(self)"] }
}

extension LibcurlError: SessionFailure {
  var exitStatus: Int32 { ExitStatus.unavailable }
  var lines: [String] { ["concrun: \(self)"] }
}
