package import Model
internal import OS
internal import SystemPackage

/// The contents of a trials.csv, by columns. Another program may have written the file.
///
/// The file needs `wall_s`, and `cell_id` or `strategy`. A missing `status` means ok, and a missing `warmup` means
/// false. A missing `block` means the number of the trial among its cell's. Unknown columns are ignored.
package struct TrialFile: Sendable {
  /// The names of the axes.
  package var axes: [String]
  /// The names of the metrics.
  package var metrics: [String]
  /// The trials, without warm-ups.
  package var columns: TrialColumns
  /// The experiment that the first row names; `nil` if the file has no such column.
  package var experiment: String?
  /// The ids of the runs, in the order of their first rows; empty if the file has no such column.
  package var runs: [String] = []
  /// The names of the hosts, in the order of their first rows; empty if the file has no such column.
  package var hosts: [String] = []
  /// The number of rows of warm-ups, which `columns` leaves out.
  package var warmups = 0
  /// A Boolean value that is true if the last line was cut short and is left out.
  package var isCut = false

  init(axes: [String], metrics: [String]) {
    self.axes = axes
    self.metrics = metrics
    columns = TrialColumns(metrics: metrics)
  }

  /// Reads a file piece by piece, since it may be larger than the memory.
  ///
  /// - Throws: an error if the file can't be read, isn't a table of trials, or has a row that makes no sense.
  package static func read(_ path: String) throws(InputError) -> TrialFile {
    do {
      var reader = try Reader(path)
      return try reader.read()
    } catch let error as InputError {
      throw error
    } catch let error as SystemError {
      throw InputError(path, "can't be read: \(error.errno)")
    } catch {
      throw InputError(path, "\(error)")
    }
  }
}

extension TrialFile {
  /// A file that is being read, and its unread bytes.
  private struct Reader: ~Copyable {
    private static let piece = 1 << 20

    private let path: String
    private let file: Descriptor
    /// The bytes that were read and not yet taken, and a zero after them.
    private var bytes: [UInt8] = [0]
    private var place = 0
    private var isWhole = false
    private var fields: [CSVField] = []
    private var line = 0

    init(_ path: String) throws {
      self.path = path
      file = try Descriptor.reading(path)
    }

    mutating func read() throws -> TrialFile {
      try fill()
      place = CSVField.start(of: bytes.dropLast())
      guard try next() else { throw InputError(path, "is empty") }
      let header = bytes.withUnsafeBufferPointer { bytes in fields.map { $0.text(in: bytes) } }
      var rows = try Rows(header, path)
      while try next() {
        let isLast = isLast
        try bytes.withUnsafeBufferPointer { try rows.add(fields, in: $0, line: line, isLast: isLast) }
      }
      return rows.result
    }

    /// A Boolean value that is true if the row that was split last ends the file without a line feed.
    private var isLast: Bool { isWhole && place >= bytes.count - 1 && bytes.dropLast().last != UInt8(ascii: "\n") }

    /// Splits the next row; returns false if there is none.
    private mutating func next() throws -> Bool {
      while true {
        let count = bytes.count - 1
        if place < count {
          let end = bytes.withUnsafeBufferPointer { bytes in
            CSVField.split(UnsafeBufferPointer(rebasing: bytes[..<count]), from: place, isWhole: isWhole, into: &fields)
          }
          if let end {
            line += 1
            place = end
            return true
          }
        }
        if isWhole { return false }
        try fill()
      }
    }

    private mutating func fill() throws {
      bytes.removeSubrange(..<place)
      place = 0
      guard let some = try file.file.readSome(limit: Self.piece), !some.isEmpty else {
        isWhole = true
        return
      }
      bytes.removeLast()
      bytes += some
      bytes.append(0)
    }
  }
}
