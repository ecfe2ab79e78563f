import Glibc
internal import NIOSSL
package import Origin

/// A self-signed certificate for `localhost` and 127.0.0.1, made on the spot; gone when this is.
package final class TestCertificate: Sendable {
  package struct Failure: Error {
    package var words: String
  }

  /// What clients have to trust: a PEM file.
  package let path: String
  private let folder: String
  private let context: NIOSSLContext

  package init() throws {
    var template = Array("/tmp/concrun-tls-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(words: "mkdtemp: errno \(errno)") }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.folder = folder
    path = "\(folder)/certificate.pem"
    do {
      context = try Self.makeContext(key: "\(folder)/key.pem", certificate: path)
    } catch {
      Self.remove(folder)
      throw error
    }
  }

  deinit {
    Self.remove(folder)
  }

  /// An origin that speaks HTTPS with this certificate.
  package func startOrigin(_ settings: OriginSettings = .init()) throws -> OriginServer {
    try OriginServer.start(settings) { [context] in NIOSSLServerHandler(context: context) }
  }

  private static func makeContext(key: String, certificate: String) throws -> NIOSSLContext {
    let made = try Program.run([
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
      "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key,
      "-out", certificate,
    ])
    guard made.isSuccess else { throw Failure(words: made.errors) }
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
        privateKey: .privateKey(NIOSSLPrivateKey(file: key, format: .pem))))
  }

  private static func remove(_ folder: String) {
    unlink("\(folder)/key.pem")
    unlink("\(folder)/certificate.pem")
    rmdir(folder)
  }
}
