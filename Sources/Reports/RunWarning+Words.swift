internal import Model
package import Statistics

extension RunWarning {
  /// The warning in words: the evidence, then advice.
  package var text: String {
    switch self {
    case .sequential:
      return """
        order: sequential: cells were run one after the other, so what the machine did meanwhile looks like a difference \
        of theirs. Intervals don't know of it; order: blocks does
        """
    case .trend(let trend):
      let change = "\(Humanize.percent(abs(trend.change))) \(trend.change > 0 ? "slower" : "faster")"
      return """
        trend: the machine got \(change) while the run went on. Ratios of cells hold, for their blocks share it; times \
        are of this run only. Look for other load, heat or throttling
        """
    case .bimodal(let cells, let modes):
      return """
        two levels: times of \(Self.list(cells)) keep to two, about \(Humanize.seconds(modes.low)) and \
        \(Humanize.seconds(modes.high)) (\(Humanize.percent(modes.highShare)) of the trials). A median says little then: \
        look what differs (placement on CPUs, caches, retries), and take more trials
        """
    case .outliers(let count, let trials):
      return """
        outliers: \(count) of \(trials) times are beyond Tukey's fences; none is left out. Was anything else running?
        """
    case .tooFewTrials(let cells, let fewest):
      return """
        too few trials: \(Self.list(cells)) (\(fewest == 0 ? "none" : String(fewest)) with a time): there are no \
        intervals under 6. trials: 10, or more
        """
    case .oversubscribed(let cells, let cores):
      return """
        more workers than cores: \(Self.list(cells)) compute on \(String(shortest: cores)) cores, where so many \
        workers only take turns. As many workers as cores are enough for such work
        """
    case .clientSaturated(let cells):
      return """
        busy client: in \(Self.list(cells)) the client's own CPU was the limit, not the waiting. More tasks at once \
        won't help there; more threads or processes may
        """
    case .coarseClock(let cells, let step):
      return """
        coarse clock: \(Self.list(cells)) took less than a thousand steps of the clock (\(Humanize.seconds(step)) each). \
        Give a trial more tasks
        """
    case .recordingCosts(let cells):
      return """
        recorded: record: tasks takes a microsecond or so for each task, which is more than 1 % in \(Self.list(cells)). \
        Such times are for looking at; to compare, run without it
        """
    case .observedDiffers(let cells, let by):
      let longer = by < 1 ? "\(Humanize.percent(by)) longer" : "\(Humanize.significant(by, 2)) times longer"
      return """
        seen from outside: \(Self.list(cells)) took up to \(longer) for the runner (observed_s) than for the trial (wall_s). \
        Starting and ending count where the work is so short: give a trial more tasks. Of an external plugin: does \
        its clock count nanoseconds?
        """
    case .idleWorkers(let cells):
      return """
        idle workers: \(Self.list(cells)) had more workers than tasks. The rest did nothing, so such levels are one and \
        the same
        """
    case .rateLimited(let cells):
      return """
        the rate was the limit: \(Self.list(cells)) went as fast as max_rate lets them, whatever the strategy
        """
    case .overloaded(let cells):
      return """
        overloaded: \(Self.list(cells)) did less than came in. The queue only grew, and response times say how long the \
        trial was, not how long users wait. Lower the rate of arrivals
        """
    case .originSaturated(let cells):
      return """
        busy origin: in \(Self.list(cells)) the embedded server was busy nearly all the time: it was the limit, not the \
        strategy. Give it more threads (origin: threads), or tasks more to do
        """
    case .originDiffers(let cells, let how):
      return "counts differ: in \(Self.list(cells)) the origin counted otherwise than the clients: \(how)"
    case .originSilent(let trials):
      return "\(Humanize.plural(trials, "trial")) without the origin's counts: it didn't answer"
    }
  }

  /// Returns the first cell, and the number of the others.
  private static func list(_ cells: Cells) -> String {
    let others = cells.count - 1
    return (cells.first ?? "") + (others > 0 ? " and \(Humanize.plural(others, "other cell"))" : "")
  }
}
