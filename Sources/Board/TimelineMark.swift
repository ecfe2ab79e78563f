/// A stretch of time in which a worker did something that its tasks' starts and ends don't tell. Times are nanoseconds since
/// t₀.
package struct TimelineMark: Sendable, BitwiseCopyable {
  package enum Kind: UInt32, Sendable {
    /// A blocking worker's thread waited; for the rest of a task it computed.
    case waited
    /// A worker of an event loop had its turn; for the rest of a task it waited.
    case ran
  }

  package var start: Int
  package var end: Int
  package var worker: UInt32
  private var kindCode: UInt32

  package init(_ kind: Kind, worker: Int, start: Int, end: Int) {
    self.start = start
    self.end = end
    self.worker = UInt32(truncatingIfNeeded: worker)
    kindCode = kind.rawValue
  }

  package var kind: Kind { Kind(rawValue: kindCode) ?? .waited }
}
