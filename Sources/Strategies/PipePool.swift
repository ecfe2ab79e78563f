internal import Board
internal import OS
internal import PluginKit
internal import SystemPackage
internal import Time

/// The pool's end of `transport: pipe`: gives its workers chunks of tasks, always one more than they work on, and writes
/// what they answer to the board.
final class PipePool {
  /// A worker process, seen from here.
  private final class Member {
    let index: Int
    let results: Descriptor
    /// Closed when there are no more.
    var tasks: Descriptor?
    /// What it has and hasn't answered, in the order in which it does it.
    var assigned: [Range<Int>] = []
    var reader = ResultReader()

    init(index: Int, tasks: consuming Descriptor, results: consuming Descriptor) {
      self.index = index
      self.tasks = consume tasks
      self.results = results
    }
  }

  private let board: Board
  private let poller: Poller
  /// By the descriptor of their results.
  private var members: [Int32: Member] = [:]

  init(_ board: Board) throws(SystemError) {
    self.board = board
    poller = try Poller()
  }

  static let orderLengthSize = MemoryLayout<Int>.size

  static func orderLength(_ bytes: [UInt8]) -> Int { bytes.withUnsafeBytes { $0.loadUnaligned(as: Int.self) } }

  /// The next worker.
  ///
  /// - Parameter start: is given the standard input and output of the process that it is to start.
  func add(
    _ index: Int, order: [UInt8],
    _ start: (borrowing Descriptor, borrowing Descriptor) throws(SystemError) -> Void
  ) throws(SystemError) {
    let (tasksRead, tasksWrite) = try Descriptor.pipe().split()
    let input = Descriptor(owning: tasksRead)
    let tasks = Descriptor(owning: tasksWrite)
    let (resultsRead, resultsWrite) = try Descriptor.pipe().split()
    let results = Descriptor(owning: resultsRead)
    let output = Descriptor(owning: resultsWrite)
    try start(input, output)
    // A worker that doesn't take it has died: that is seen at its other pipe.
    try? tasks.write(withUnsafeBytes(of: order.count) { Array($0) } + order)
    let number = results.raw
    try poller.add(number, for: .readable)
    members[number] = Member(index: index, tasks: tasks, results: results)
  }

  /// Until all tasks are done and all workers have hung up. One that dies leaves its task on the board as running, and
  /// what it had beyond that undone.
  func run() throws(SystemError) {
    for _ in 0..<2 {
      for member in members.values.sorted(by: { $0.index < $1.index }) {
        assign(to: member)
      }
    }
    var failure: SystemError?
    while !members.isEmpty, failure == nil {
      poller.wait(atMost: nil) { descriptor, _ in
        guard let member = members[descriptor] else { return }
        do throws(SystemError) {
          if try !receive(from: member) { remove(member) }
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
  }

  /// - Returns: false when there is nothing more to come.
  private func receive(from member: Member) throws(SystemError) -> Bool {
    guard let bytes = try member.results.file.readSome(), !bytes.isEmpty else { return false }
    member.reader.append(bytes)
    while let result = member.reader.next() {
      board.keep(result.record, of: result.task)
      if !result.note.isEmpty { board.leaveNote(result.note) }
      guard let chunk = member.assigned.first else { continue }
      if chunk.count > 1 {
        member.assigned[0] = chunk.dropFirst()
        begin(member)
      } else {
        member.assigned.removeFirst()
        begin(member)
        assign(to: member)
      }
    }
    return true
  }

  /// What a worker does next is on the board, until its own account of it comes: whatever happens, there is evidence.
  private func begin(_ member: Member) {
    guard let task = member.assigned.first?.first else { return }
    board.begin(task, worker: member.index, at: MonotonicClock.now() - board.origin)
  }

  private func assign(to member: Member) {
    guard member.tasks != nil else { return }
    guard let tasks = board.claim() else {
      member.tasks = nil
      return
    }
    member.assigned.append(tasks)
    if member.assigned.count == 1 { begin(member) }
    try? member.tasks?.write(PipeMessage.assignment(tasks))
  }

  private func remove(_ member: Member) {
    let number = member.results.raw
    poller.remove(number)
    members[number] = nil
  }
}
