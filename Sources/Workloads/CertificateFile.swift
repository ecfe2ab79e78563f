internal import Model
internal import OS
internal import PluginKit

/// A file of certificates in PEM, which servers are checked by.
enum CertificateFile {
  static let parameter = ParameterSchema(
    "ca_file", .file, needs: .caFile,
    help:
      "A file of certificates in PEM that servers are checked by, instead of those of the system; its path is relative "
      + "to the experiment file.")

  /// More bytes than the certificates of all authorities have.
  private static let limit = 16 << 20

  /// Returns the path of the file that the parameters name; `nil` if they name none.
  ///
  /// - Throws: `ParameterError` where the file can't be read, has no whole certificate, or wouldn't be used.
  static func path(in values: ParameterValues) throws -> String? {
    let name = parameter.name
    guard let path = values.optionalString(name) else { return nil }
    guard try values.boolean("verify_tls") else {
      throw ParameterError(name: name, problem: "with verify_tls: false, no certificate is checked")
    }
    switch Files.kind(of: path) {
    case .file: break
    case nil: throw ParameterError(name: name, problem: "there is no file \(path)")
    default: throw ParameterError(name: name, problem: "\(path) isn't a file")
    }
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try TextFile.bytes(path, limit: limit)
    } catch {
      throw ParameterError(name: name, problem: "\(path): \(error.errno)")
    }
    if let problem = PEMCheck.problem(in: bytes) { throw ParameterError(name: name, problem: "\(path) \(problem)") }
    return path
  }
}

/// A check of certificates in PEM (RFC 7468): each is Base64, and as long as it says itself.
///
/// It decodes no more than the first bytes of each: worker processes do this while the clock runs.
struct PEMCheck {
  private static let begin = Array("-----BEGIN ".utf8)
  private static let end = Array("-----END ".utf8)
  private static let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]

  /// The label of the certificate under way; `nil` between two of them.
  private var label: String?
  /// The Base64 digits of that certificate.
  private var digits = 0
  /// The first of them.
  private var head: [UInt8] = []
  private var isDamaged = false
  /// The whole certificates so far.
  private var count = 0
  /// The first label of something else, such as a key.
  private var other: String?

  /// Returns what is wrong with the content of a file, to be read after the file's name; `nil` if nothing is.
  static func problem(in bytes: [UInt8]) -> String? {
    var check = PEMCheck()
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      var line = line
      while let last = line.last, last == 0x0d || last == 0x20 || last == 0x09 { line.removeLast() }
      if let problem = check.take(line) { return problem }
    }
    if check.label != nil { return "ends within its certificate \(check.count + 1)" }
    if check.count > 0 { return nil }
    if let other = check.other { return "has no certificate, but \(other)" }
    if bytes.first == 0x30, String(validating: bytes, as: UTF8.self) == nil {
      return "isn't PEM, but perhaps DER: convert it with openssl x509 -inform der"
    }
    return "has no certificate in PEM: a line -----BEGIN CERTIFICATE----- begins one"
  }

  private mutating func take(_ line: ArraySlice<UInt8>) -> String? {
    guard let label else {
      guard line.starts(with: Self.begin), line.suffix(5).elementsEqual("-----".utf8) else { return nil }
      let name = String(decoding: line.dropFirst(Self.begin.count).dropLast(5), as: UTF8.self)
      if Self.labels.contains(name) {
        (self.label, digits, head, isDamaged) = (name, 0, [], false)
      } else {
        other = other ?? name
      }
      return nil
    }
    if line.starts(with: Self.end) {
      let isWhole = !isDamaged && isAsLongAsItSays(label)
      self.label = nil
      guard isWhole else { return "has a damaged certificate, number \(count + 1)" }
      count += 1
      return nil
    }
    for byte in line {
      if let value = Self.value(of: byte) {
        digits += 1
        if head.count < 8 { head.append(value) }
      } else if byte != UInt8(ascii: "=") {
        isDamaged = true
      }
    }
    return nil
  }

  /// Compares the length of a DER sequence with the number of bytes that are there.
  private func isAsLongAsItSays(_ label: String) -> Bool {
    guard head.count == 8 else { return false }
    let word = head.reduce(UInt64(0)) { $0 << 6 | UInt64($1) }
    let bytes = (0..<6).map { Int(word >> (40 - 8 * UInt64($0)) & 0xff) }
    guard bytes[0] == 0x30 else { return false }
    let lengthBytes = bytes[1] < 0x80 ? 0 : bytes[1] - 0x80
    guard lengthBytes <= 3 else { return false }
    let length = lengthBytes == 0 ? bytes[1] : bytes[2..<2 + lengthBytes].reduce(0) { $0 << 8 | $1 }
    let whole = 2 + lengthBytes + length
    // OpenSSL puts what it is trusted for behind it.
    return label == "TRUSTED CERTIFICATE" ? digits * 6 / 8 >= whole : digits * 6 / 8 == whole
  }

  private static func value(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
