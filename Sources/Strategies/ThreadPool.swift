internal import OS
internal import PluginKit
internal import Synchronization

/// Runs something on so many threads, and waits until all of them have ended.
///
/// - Throws: the first error of `body`; or, where not all threads could be started, that, after those that were have ended.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
  var threads: [OSThread] = []
  var failure: SystemError?
  let first = FirstError()
  for index in 0..<count where failure == nil {
    do {
      threads.append(
        try OSThread.spawn {
          do {
            try body(index)
          } catch {
            first.keep(error)
          }
        })
    } catch {
      failure = error
    }
  }
  for thread in threads {
    thread.join()
  }
  if let failure { throw StrategyError("only \(threads.count) of \(count) threads: \(failure)") }
  try first.rethrow()
}

/// The first of the errors that several workers have.
final class FirstError: Sendable {
  private let error = Mutex<(any Error)?>(nil)

  func keep(_ new: any Error) {
    error.withLock { if $0 == nil { $0 = new } }
  }

  func rethrow() throws {
    if let error = error.withLock({ $0 }) { throw error }
  }
}
