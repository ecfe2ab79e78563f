internal import Synchronization

/// The most memory that one of several processes had resident.
final class LargestProcess: Sendable {
  private let most = Atomic<Int>(0)

  func report(_ bytes: Int) {
    most.max(bytes, ordering: .relaxed)
  }

  /// `nil`: nobody reported.
  var bytes: Int? {
    let bytes = most.load(ordering: .relaxed)
    return bytes > 0 ? bytes : nil
  }
}
