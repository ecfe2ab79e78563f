internal import CLibcurl
internal import OS
internal import Synchronization

/// The system's folder of certificates, each found by its name's hash: only those that are needed are read.
enum CertificateFolder {
  private static let known = Mutex<String??>(nil)

  /// - Returns: `nil` where libcurl has none, or it isn't made for that.
  static func path(of handle: EasyHandle) -> String? {
    known.withLock { known in
      if let known { return known }
      let path = clibcurl_get_text(handle.raw, CURLINFO_CAPATH).map { String(cString: $0) }
      let usable = path.flatMap { path in
        (try? Files.list(path))?.contains { $0.hasSuffix(".0") } == true ? path : nil
      }
      known = .some(usable)
      return usable
    }
  }
}
