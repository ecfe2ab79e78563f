/// The requests and connections that an origin has seen.
///
/// Requests for the counts themselves aren't among them, nor connections that made no others.
package struct OriginCounts: Hashable, Sendable {
  /// Requests received whole; malformed ones aren't.
  package var requests = 0
  /// Requests answered to the last byte.
  package var completed = 0
  /// Bytes of bodies given to the kernel, of unfinished answers too.
  package var bytes = 0
  /// Connections accepted.
  package var connections = 0
  /// Connections open now.
  package var open = 0
  /// Requests neither answered whole nor given up, now. A connection has one at a time, unless it pipelines.
  package var inFlight = 0
  /// The most requests in flight at once.
  package var mostAtOnce = 0
  /// Requests answered 500 because of `errorRate`.
  package var errors = 0
  /// Requests held up by `stallEvery`.
  package var stalls = 0
  /// Bytes of the bodies of requests.
  package var received = 0

  /// Nothing yet.
  package init() {}

  /// One JSON object on one line.
  package var json: String {
    """
    {"requests":\(requests),"completed":\(completed),"bytes":\(bytes),"connections":\(connections),"open":\(open),\
    "in_flight":\(inFlight),"most_at_once":\(mostAtOnce),"errors":\(errors),"stalls":\(stalls),\
    "received":\(received)}

    """
  }

  /// The counts to go on with: what is open or in flight stays, and counts as received.
  func restarted() -> OriginCounts {
    var next = OriginCounts()
    next.open = open
    next.inFlight = inFlight
    next.mostAtOnce = inFlight
    next.requests = inFlight
    return next
  }
}
