internal import OS
internal import PluginKit

/// Runs something on so many threads, and waits until all of them have ended.
///
/// - Throws: where not all of them could be started; those that were have ended by then.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) throws {
  var threads: [OSThread] = []
  var failure: SystemError?
  for index in 0..<count where failure == nil {
    do {
      threads.append(try OSThread.spawn { body(index) })
    } catch {
      failure = error
    }
  }
  for thread in threads {
    thread.join()
  }
  if let failure { throw StrategyError("only \(threads.count) of \(count) threads: \(failure)") }
}
