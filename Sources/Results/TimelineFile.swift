internal import Model
internal import OS

/// timeline.json of a run: trace events of Chrome's format, which Perfetto opens. A line is an event, and a trial is one of
/// its processes: `pid` counts trials, `tid` is a worker (from 1 on; 0 is the pool).
///
/// The format allows the list not to be closed, so that whatever ends a run leaves a file that opens.
final class TimelineFile {
  private let file: AppendFile
  private let path: String
  private var trials: Int

  /// - Parameter trials: those of an earlier sitting: only their events are kept.
  init(_ path: String, keeping trials: [Trial]) throws(OutputError) {
    self.path = path
    do throws(SystemError) {
      let old = trials.isEmpty ? [] : (try? TextFile.bytes(path, limit: 1 << 36)) ?? []
      let kept = TimelineEvents.lines(of: trials, in: old)
      self.trials = kept.last ?? 0
      try Files.write(Array("[\n".utf8) + kept.bytes, to: path)
      file = try AppendFile(path)
    } catch {
      throw OutputError(path, error)
    }
  }

  func append(_ timeline: Timeline, of trial: Trial) throws(OutputError) {
    trials += 1
    do throws(SystemError) {
      try file.append(TimelineEvents.bytes(timeline, of: trial, number: trials))
    } catch {
      throw OutputError(path, error)
    }
  }

  func close() throws(OutputError) {
    do throws(SystemError) {
      // A last event, so that none before it ends without a comma.
      try file.append(Array("{\"ph\":\"M\",\"pid\":0,\"name\":\"trace_end\"}\n]\n".utf8))
      try file.sync()
    } catch {
      throw OutputError(path, error)
    }
  }
}
