/// The note of a connection that it is counted. It isn't if it only asks for the counts.
struct ConnectionMark {
  private var period: Int?
  private var hasBeenUsed = false

  mutating func connect(_ tally: Tally) {
    period = tally.connect()
  }

  mutating func use(by request: Request, _ tally: Tally) {
    if hasBeenUsed { return }
    if request.asksForCounts {
      if let period { tally.forgetConnection(of: period) }
      period = nil
    } else {
      hasBeenUsed = true
      if period == nil { period = tally.connect() }
    }
  }

  mutating func disconnect(_ tally: Tally) {
    if period != nil { tally.disconnect() }
    period = nil
  }
}
