internal import CLinux
import Glibc
package import Time

/// The processes below a process, those included that outlived the one that started them.
package enum Descendants {
  /// From now on orphaned descendants become children of this process.
  package static func adopt() {
    _ = clinux_set_child_subreaper()
  }

  /// Ends and reaps every child of this process but those in `sparing`, and the children that these leave behind.
  ///
  /// - Parameter limit: the time after which it gives up.
  package static func killAll(sparing spared: Set<Int32> = [], within limit: Nanoseconds = .seconds(2)) {
    let deadline = MonotonicClock.now() + limit
    // What can't be killed (another user's) or doesn't die (in the kernel) is not waited for.
    while MonotonicClock.now() < deadline {
      let found = children().subtracting(spared)
      if found.isEmpty { break }
      for pid in found {
        kill(pid, SIGKILL)
      }
      let reaped = found.count { waitpid($0, nil, WNOHANG) == $0 }
      if reaped == 0 { MonotonicClock.sleep(until: MonotonicClock.now() + .milliseconds(1)) }
    }
  }

  /// Ends a process and all processes that are below it now. They are stopped first, so that none starts another one
  /// meanwhile.
  static func killTree(_ root: Int32) {
    for pid in stopTree(root) { kill(pid, SIGKILL) }
  }

  /// Stops all processes below this one.
  ///
  /// - Returns: their ids, for `continueAll`.
  static func stopAll() -> Set<Int32> { stopTree(getpid(), sparing: [getpid()]) }

  /// Has those of some stopped processes go on that are still below this one.
  static func continueAll(_ stopped: Set<Int32>) {
    for pid in tree(below: getpid()).intersection(stopped) { kill(pid, SIGCONT) }
  }

  private static func stopTree(_ root: Int32, sparing spared: Set<Int32> = []) -> Set<Int32> {
    var stopped: Set<Int32> = []
    while true {
      let new = tree(below: root).subtracting(stopped).subtracting(spared)
      if new.isEmpty { return stopped }
      for pid in new { kill(pid, SIGSTOP) }
      stopped.formUnion(new)
    }
  }

  /// The processes that have this one for a parent.
  package static func children() -> Set<Int32> { children(of: getpid()) }

  /// A process and all that it started, as far as they are still below it.
  static func tree(below root: Int32) -> Set<Int32> {
    var members: Set<Int32> = [root]
    var unseen = [root]
    while let next = unseen.popLast() {
      let new = children(of: next).subtracting(members)
      members.formUnion(new)
      unseen += new
    }
    return members
  }

  private static func children(of parent: Int32) -> Set<Int32> {
    if let known = childrenOfThreads(parent) { return known }
    let processes = ((try? Files.list("/proc")) ?? []).compactMap { Int32($0) }
    return Set(processes.filter { ProcessRecord.parent(of: $0) == parent })
  }

  /// By the kernel's own lists, which not every kernel has.
  private static func childrenOfThreads(_ process: Int32) -> Set<Int32>? {
    guard let threads = try? Files.list("/proc/\(process)/task") else { return nil }
    var result: Set<Int32> = []
    for thread in threads {
      guard let text = TextFile.text("/proc/\(process)/task/\(thread)/children") else {
        if Files.kind(of: "/proc/\(process)/task/\(thread)") == nil { continue }
        return nil
      }
      result.formUnion(text.split(separator: " ").compactMap { Int32($0) })
    }
    return result
  }
}
