import Model
import OS
import PluginKit
import TestFiles
import Testing

@testable import Workloads

/// Files of certificates that can't be used are errors before anything runs.
struct CertificateFileTests {
  /// DER of a sequence with so many bytes in it.
  private static func sequence(_ count: Int) -> [UInt8] {
    let length: [UInt8] =
      count < 128
      ? [UInt8(count)] : count < 256 ? [0x81, UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 255)]
    return [0x30] + length + (0..<count).map { UInt8(truncatingIfNeeded: $0) }
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = Array(bytes[start...].prefix(3))
      let word = (group + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
      text += String((0...group.count).map { alphabet[word >> (18 - 6 * $0) & 63] })
      text += String(repeating: "=", count: 3 - group.count)
    }
    return text
  }

  private static func pem(_ bytes: [UInt8], label: String = "CERTIFICATE", end: String = "\n") -> String {
    var lines: [String] = []
    var rest = base64(bytes)[...]
    while !rest.isEmpty {
      lines.append(String(rest.prefix(64)))
      rest = rest.dropFirst(64)
    }
    return (["-----BEGIN \(label)-----"] + lines + ["-----END \(label)-----", ""]).joined(separator: end)
  }

  @Test(arguments: [1, 2, 3, 100, 127, 128, 129, 255, 256, 300, 2000])
  func wholeCertificates(size: Int) {
    #expect(PEMCheck.problem(in: Array(Self.pem(Self.sequence(size + 4)).utf8)) == nil)
    #expect(PEMCheck.problem(in: Array(Self.pem(Self.sequence(size + 4), end: "\r\n").utf8)) == nil)
  }

  @Test func bundlesWithOtherText() {
    let text =
      "A company's own\n" + Self.pem(Self.sequence(500)) + "\n# another\n"
      + Self.pem(Self.sequence(90), label: "X509 CERTIFICATE") + Self.pem([1, 2, 3], label: "PRIVATE KEY")
      + Self.pem(Self.sequence(90) + Self.sequence(20), label: "TRUSTED CERTIFICATE")
    #expect(PEMCheck.problem(in: Array(text.utf8)) == nil)
  }

  @Test(
    arguments: [
      ("", "has no certificate in PEM"), ("hello\n", "has no certificate in PEM"),
      (pem(sequence(9), label: "PRIVATE KEY"), "has no certificate, but PRIVATE KEY"),
      (pem(sequence(9), label: "CERTIFICATE REQUEST"), "has no certificate, but CERTIFICATE REQUEST"),
      (String(pem(sequence(900)).dropLast(40)), "ends within its certificate 1"),
      (pem(sequence(90)) + String(pem(sequence(900)).dropLast(300)), "ends within its certificate 2"),
      (pem(sequence(900)).replacing("AwQF", with: ""), "has a damaged certificate, number 1"),
      (pem(sequence(90)) + pem(sequence(90)).replacing("BwgJ", with: "B*gJ"), "has a damaged certificate, number 2"),
      (pem([0x31, 1, 2, 3, 4, 5, 6]), "has a damaged certificate, number 1"), (pem([]), "has a damaged certificate"),
    ])
  func damage(text: String, words: String) {
    #expect(
      PEMCheck.problem(in: Array(text.utf8))?.hasPrefix(words) == true,
      "\(PEMCheck.problem(in: Array(text.utf8)) ?? "")")
  }

  @Test func derIsNamed() {
    #expect(PEMCheck.problem(in: Self.sequence(300))?.contains("openssl x509 -inform der") == true)
  }

  private func problem(_ values: [String: Value]) -> String? {
    let all = ["urls": Value.list([.string("https://127.0.0.1/")])].merging(values) { $1 }
    do {
      _ = try DownloadWorkload(completed(DownloadWorkload.description, all))
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func whatCannotBeUsedIsAnObjection() throws {
    let folder = try TemporaryFolder()
    let good = try folder.write(Self.pem(Self.sequence(100)).utf8, to: "good.pem")
    let bad = try folder.write("nothing".utf8, to: "bad.pem")
    #expect(problem(["ca_file": .string(good)]) == nil)
    #expect(problem(["ca_file": .string(bad)])?.hasPrefix("'ca_file': \(bad) has no certificate in PEM") == true)
    #expect(problem(["ca_file": .string("\(good)-")]) == "'ca_file': there is no file \(good)-")
    #expect(problem(["ca_file": .string(folder.path)]) == "'ca_file': \(folder.path) isn't a file")
    #expect(
      problem(["ca_file": .string(good), "verify_tls": .boolean(false)])
        == "'ca_file': with verify_tls: false, no certificate is checked")
  }
}
