package import Model
package import PluginKit
internal import Synchronization

/// The race: all workers of a process do `x = x + 1` with one x.
package struct SharedCounterWorkload: Workload {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .workload, "shared_counter", summary: "x = x + 1 by all workers of a process: the race that loses updates.",
    parameters: [
      ParameterSchema(
        "tasks", .integer, default: .integer(20), minimum: 1, maximum: 10_000_000, help: "How many tasks."),
      ParameterSchema(
        "increments", .integer, default: .integer(100_000), minimum: 1, maximum: 1e12,
        help: "How often each task adds one."),
      ParameterSchema(
        "guard", .choice(Guard.allCases.map(\.rawValue)), default: .string(Guard.none.rawValue),
        help: "What keeps others away between reading x and writing it: nothing, a mutex, or one atomic addition."),
    ], metrics: ["lost_updates"])

  private enum Guard: String, CaseIterable {
    case none, mutex, atomic
  }

  /// What all workers of a process share.
  private final class Counter: Sendable {
    /// Reading and writing it is two steps, each of them whole: updates get lost, but no more than that can happen.
    let racing = Atomic<Int>(0)
    let locked = Mutex<Int>(0)
    /// How often one was added.
    let additions = Atomic<Int>(0)
  }

  /// The number of tasks.
  package let taskCount: Int
  private let increments: Int
  private let guarding: Guard
  private let counter = Counter()
  /// The checksum of a trial without failures.
  package var expectedChecksum: UInt64? { 0 }

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    taskCount = try values.integer("tasks")
    increments = try values.integer("increments")
    guarding = Guard(rawValue: try values.string("guard")) ?? .none
  }

  /// Increments the shared counter, guarded as the file wants it.
  package func perform(_ task: Int, in session: inout Void, by worker: Worker) -> TaskResult {
    switch guarding {
    case .none: race(worker)
    case .mutex: repeated(worker) { counter.locked.withLock { $0 += 1 } }
    case .atomic: repeated(worker) { counter.racing.add(1, ordering: .relaxed) }
    }
    counter.additions.add(increments, ordering: .relaxed)
    return TaskResult()
  }

  /// Under an interpreter lock, too, a thread may lose its turn after it has read and before it writes.
  private func race(_ worker: Worker) {
    for step in 0..<increments {
      let x = counter.racing.load(ordering: .relaxed)
      if step % Self.stride == 0 { worker.checkpoint() }
      counter.racing.store(x + 1, ordering: .relaxed)
    }
  }

  private func repeated(_ worker: Worker, _ add: () -> Void) {
    for step in 0..<increments {
      add()
      if step % Self.stride == 0 { worker.checkpoint() }
    }
  }

  /// Additions between two checkpoints.
  private static let stride = 1024

  /// Counts the updates that got lost.
  package func counts() -> [String: Int] {
    let x = counter.racing.load(ordering: .relaxed) + counter.locked.withLock { $0 }
    return ["lost_updates": counter.additions.load(ordering: .relaxed) - x]
  }
}
