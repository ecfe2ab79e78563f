internal import Model
internal import OS

/// The timeline.json of a run: trace events in Chrome's format, which Perfetto opens.
///
/// Each line is an event, and each trial is a process of the trace. `pid` is the number of the trial; `tid` is the
/// number of the worker from 1, or 0 for the pool. The format allows a list without its closing bracket, so the file
/// opens even after a crash.
final class TimelineFile {
  private let file: AppendFile
  private let path: String
  private var trials: Int

  /// Opens the file, and keeps the events of earlier sittings.
  ///
  /// - Parameter trials: the trials of the journal. Events of other trials are removed.
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
