/// The exit statuses of concrun (after sysexits.h).
enum ExitStatus {
  static let done: Int32 = 0
  /// Done, but a trial was not ok, or a cell became worse.
  static let notOK: Int32 = 1
  static let usage: Int32 = 64
  /// An experiment file is invalid.
  static let invalidFile: Int32 = 65
  /// An input is missing.
  static let noInput: Int32 = 66
  /// A thing that is needed is unavailable.
  static let unavailable: Int32 = 69
  static let bug: Int32 = 70
  /// The system refused something: a process, a descriptor, memory.
  static let refused: Int32 = 71
  /// Output can't be written.
  static let cantWrite: Int32 = 73

  static func interrupted(by signal: Int32) -> Int32 { 128 + signal }
}
