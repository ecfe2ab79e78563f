import Glibc

/// The limit on the connections of this process.
enum DescriptorLimit {
  /// Raises the soft limit on open files to the hard one. Where that fails, the limit stays.
  static func raise() {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(resource, &limit)
  }
}
