internal import OS
internal import Synchronization
package import SystemPackage
package import Time

/// The tasks of a trial, in memory that all its workers share: a claim counter, and one record per task.
///
/// The runner owns the memory, so whatever dies, what was recorded is still there. When the run ends, the board is
/// the result.
///
/// Sendable: what several workers write (the claim counter, the next slot, counts, the peak, the state of the note) is
/// atomic. Plain stores have one writer at a time: t₀, the schedule and the settings are written before the first worker
/// starts, a record by the worker that claimed it, the note by the one that won it. Readers wait until all have ended.
package struct Board: @unchecked Sendable {
  /// More than any experiment needs; a bound on memory (64 bytes each).
  package static let maximumTaskCount = 10_000_000

  /// Where every child of a trial finds the board.
  package static let descriptor = FileDescriptor(rawValue: 3)

  /// The memory, as other processes can inherit it.
  package let file: FileDescriptor
  let memory: SharedMemory
  /// The number of tasks.
  package let taskCount: Int
  let records: UnsafeMutablePointer<TaskRecord>

  /// The first page of the memory. What different workers write is on different cache lines.
  enum Offset {
    static let magic = 0
    static let taskCount = 8
    static let chunkSize = 16
    static let origin = 24
    static let measuresCPU = 32
    static let hasSchedule = 36
    static let rateInterval = 40
    static let claimed = 64
    static let peakRSS = 128
    static let noteState = 192
    static let noteLength = 200
    static let note = 256
    static let nextSlot = 2048
    static let counts = 2112
    static let pauses = 2240
    static let markCapacity = 48
    static let claimedMarks = 2304
    static let records = 4096
  }
  private static let magic: UInt64 = 0x636f_6e63_7275_6e31
  private static let noteCapacity = 1024
  /// How many counts a workload can have.
  package static let countCapacity = 16

  /// Lays out a board in an empty file.
  ///
  /// - Parameters:
  ///   - chunkSize: how many neighbouring tasks a worker claims at once.
  ///   - markCapacity: how many marks of the timeline there is room for.
  package static func create(
    in file: FileDescriptor, taskCount: Int, chunkSize: Int = 1, markCapacity: Int = 0
  ) throws(BoardError) -> Board {
    precondition(MemoryLayout<TaskRecord>.stride == 64)
    guard (0...maximumTaskCount).contains(taskCount) else { throw .taskCount(taskCount) }
    do {
      try file.setSize(size(taskCount, markCapacity))
      let memory = try SharedMemory(mapping: file)
      memory.base.storeBytes(of: magic, toByteOffset: Offset.magic, as: UInt64.self)
      memory.base.storeBytes(of: taskCount, toByteOffset: Offset.taskCount, as: Int.self)
      memory.base.storeBytes(of: chunkSize, toByteOffset: Offset.chunkSize, as: Int.self)
      memory.base.storeBytes(of: markCapacity, toByteOffset: Offset.markCapacity, as: Int.self)
      return Board(file, memory, taskCount: taskCount)
    } catch {
      throw .memory(error)
    }
  }

  /// Opens the board that another process laid out.
  package static func open(_ file: FileDescriptor) throws(BoardError) -> Board {
    let memory: SharedMemory
    do {
      guard try file.size() >= Offset.records else { throw BoardError.notABoard }
      memory = try SharedMemory(mapping: file)
    } catch let error as SystemError {
      throw .memory(error)
    } catch {
      throw .notABoard
    }
    let taskCount = memory.base.load(fromByteOffset: Offset.taskCount, as: Int.self)
    let markCapacity = memory.base.load(fromByteOffset: Offset.markCapacity, as: Int.self)
    guard memory.base.load(fromByteOffset: Offset.magic, as: UInt64.self) == magic,
      (0...maximumTaskCount).contains(taskCount), (0...maximumMarkCapacity).contains(markCapacity),
      memory.size >= size(taskCount, markCapacity)
    else { throw .notABoard }
    return Board(file, memory, taskCount: taskCount)
  }

  private static func size(_ taskCount: Int, _ markCapacity: Int) -> Int {
    Offset.records + taskCount * MemoryLayout<TaskRecord>.stride + markCapacity * MemoryLayout<TimelineMark>.stride
  }

  private init(_ file: FileDescriptor, _ memory: SharedMemory, taskCount: Int) {
    self.file = file
    self.memory = memory
    self.taskCount = taskCount
    records = (memory.base + Offset.records).bindMemory(to: TaskRecord.self, capacity: taskCount)
  }

  func atomic(_ offset: Int) -> UnsafeMutablePointer<Atomic<Int>> {
    (memory.base + offset).assumingMemoryBound(to: Atomic<Int>.self)
  }

  /// How many neighbouring tasks a worker claims at once.
  package var chunkSize: Int { memory.base.load(fromByteOffset: Offset.chunkSize, as: Int.self) }
}

// MARK: - What workers do

extension Board {
  /// The moment t₀: set before the first worker starts.
  package var origin: Instant {
    get { memory.base.load(fromByteOffset: Offset.origin, as: Instant.self) }
    nonmutating set { memory.base.storeBytes(of: newValue, toByteOffset: Offset.origin, as: Instant.self) }
  }

  /// Takes the next tasks; `nil` when there are none left.
  package func claim() -> Range<Int>? {
    let chunk = chunkSize
    let first = atomic(Offset.claimed).pointee.add(chunk, ordering: .relaxed).oldValue
    return first < taskCount ? first..<min(first + chunk, taskCount) : nil
  }

  /// Notes that a worker begins a task.
  ///
  /// To be called before the task runs, so that a crash leaves evidence.
  package func begin(_ task: Int, worker: Int, at time: Nanoseconds) {
    records[task].begin(worker: worker, at: time)
  }

  /// Notes that a task ended well.
  package func succeed(_ task: Int, at time: Nanoseconds, bytes: Int, value: UInt64) {
    records[task].succeed(at: time, bytes: bytes, value: value)
  }

  /// Records the failure, and what it was if it is the first.
  package func fail(
    _ task: Int, at time: Nanoseconds, as failure: TaskFailure = .error, bytes: Int = 0,
    message: @autoclosure () -> String
  ) {
    records[task].fail(at: time, as: failure, bytes: bytes)
    leaveNote(message())
  }

  /// Takes the record of a task that was done where the board isn't.
  package func keep(_ record: TaskRecord, of task: Int) {
    let due = records[task].due
    records[task] = record
    records[task].due = due
  }

  /// Notes the CPU time of a task; `nil` where its worker's thread does several at once.
  package func recordCPU(_ task: Int, _ time: Nanoseconds?) {
    records[task].cpu = time
  }

  /// Keeps the largest of what the processes of a trial report.
  package func reportPeakRSS(_ bytes: Int) {
    atomic(Offset.peakRSS).pointee.max(bytes, ordering: .relaxed)
  }

  /// Notes that a process of the trial was stopped while it ran.
  package func notePause() {
    atomic(Offset.pauses).pointee.add(1, ordering: .relaxed)
  }

  /// From now on, the board counts whenever this process goes on after a stop. It has to stay open.
  package func countOwnPauses() {
    ThisProcess.countContinuations(in: memory.base + Offset.pauses)
  }

  /// Adds to one of the trial's counts what a process has counted.
  package func add(_ count: Int, to index: Int) {
    precondition(index < Self.countCapacity)
    atomic(Offset.counts + index * MemoryLayout<Int>.size).pointee.add(count, ordering: .relaxed)
  }

  /// Keeps the first message, whoever it comes from.
  package func leaveNote(_ message: String) {
    let isFirst = atomic(Offset.noteState).pointee.compareExchange(expected: 0, desired: 1, ordering: .relaxed)
      .exchanged
    guard isFirst else { return }
    let bytes = Array(message.utf8.prefix(Self.noteCapacity))
    (memory.base + Offset.note).copyMemory(from: bytes, byteCount: bytes.count)
    atomic(Offset.noteLength).pointee.store(bytes.count, ordering: .releasing)
  }
}

// MARK: - What is read when they are done

extension Board {
  /// The record of a task, as a copy.
  package subscript(task: Int) -> TaskRecord {
    precondition((0..<taskCount).contains(task))
    return records[task]
  }

  /// All records, in the order of the tasks.
  package var all: UnsafeBufferPointer<TaskRecord> { UnsafeBufferPointer(start: records, count: taskCount) }

  /// In bytes; 0 if no process reported.
  package var peakRSS: Int { atomic(Offset.peakRSS).pointee.load(ordering: .relaxed) }

  /// How often a process of the trial noticed that it, or a child, was stopped.
  package var pauses: Int { atomic(Offset.pauses).pointee.load(ordering: .relaxed) }

  /// Sums over the processes of the trial.
  package func count(_ index: Int) -> Int {
    precondition(index < Self.countCapacity)
    return atomic(Offset.counts + index * MemoryLayout<Int>.size).pointee.load(ordering: .relaxed)
  }

  /// The first failure's message.
  package var note: String? {
    let length = atomic(Offset.noteLength).pointee.load(ordering: .acquiring)
    guard length > 0 else { return nil }
    return String(decoding: UnsafeRawBufferPointer(start: memory.base + Offset.note, count: length), as: UTF8.self)
  }
}
