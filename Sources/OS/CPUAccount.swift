internal import Time

/// The kernel's account of the CPU time that a thread got, and of the time in which it waited for a CPU.
struct CPUAccount: Hashable, Sendable {
  /// Time on a CPU.
  var running = Nanoseconds.zero
  /// Time in the queue of a CPU, ready to run.
  var waiting = Nanoseconds.zero

  init(running: Nanoseconds = .zero, waiting: Nanoseconds = .zero) {
    self.running = running
    self.waiting = waiting
  }

  /// Reads the two first fields of /proc/PID/task/TID/schedstat; `nil` where the kernel keeps no such account.
  init?(schedstat text: String) {
    let fields = text.split(separator: " ").prefix(2).compactMap { Int($0).map { Nanoseconds($0) } }
    guard fields.count == 2 else { return nil }
    self.init(running: fields[0], waiting: fields[1])
  }

  /// Adds the growth of a thread's account; `nil`: the thread is new.
  mutating func add(_ account: CPUAccount, since earlier: CPUAccount?) {
    running += max(.zero, account.running - (earlier?.running ?? .zero))
    waiting += max(.zero, account.waiting - (earlier?.waiting ?? .zero))
  }

  /// Returns the accounts of all threads of a process and of its descendants, by the threads' ids. Empty where the process
  /// is gone, or where there are no accounts.
  static func ofThreads(below root: Int32) -> [Int32: CPUAccount] {
    var accounts: [Int32: CPUAccount] = [:]
    for process in Descendants.tree(below: root) {
      for thread in (try? Files.list("/proc/\(process)/task")) ?? [] {
        guard let id = Int32(thread), let text = TextFile.text("/proc/\(process)/task/\(thread)/schedstat") else {
          continue
        }
        accounts[id] = CPUAccount(schedstat: text)
      }
    }
    return accounts
  }
}
