internal import Model

/// A set of small numbers.
struct Bits {
  private(set) var words: [UInt64]

  init(count: Int, isFull: Bool) {
    words = Array(repeating: isFull ? .max : 0, count: (count + 63) / 64)
    if isFull, count % 64 != 0 { words[words.count - 1] = (1 << (count % 64)) - 1 }
  }

  mutating func remove(_ number: Int) { words[number / 64] &= ~(1 << (number % 64)) }

  mutating func formIntersection(_ other: Bits) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The numbers in the set, in order.
  var numbers: [Int] {
    var numbers: [Int] = []
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        numbers.append(index * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return numbers
  }
}

/// Rules of conditions that all must hold, prepared for many cells: each condition is tried once for each level.
struct ConditionTable {
  /// What rules say of the levels of one key.
  private struct Key {
    enum Place {
      case workload, strategy
      case axis(Int)
    }

    let place: Place
    let conditions: [(rule: Int, condition: Condition)]
    /// The rules that a level doesn't break.
    var byLevel: [Level: Bits] = [:]
    /// What was looked up last: neighbouring cells share most of their levels.
    var last: (level: Level, bits: Bits)?
    /// The rules that a cell without the axis doesn't break.
    let lacking: Bits
  }

  private var keys: [Key] = []
  private let all: Bits

  /// - Parameter lackIsMatch: whether a condition holds for a cell that doesn't have its axis.
  init(_ rules: [[Condition]], axes: [Axis], lackIsMatch: Bool) {
    all = Bits(count: rules.count, isFull: true)
    let conditions = rules.enumerated().flatMap { rule, conditions in conditions.map { (rule: rule, condition: $0) } }
    for (key, group) in Dictionary(grouping: conditions, by: { $0.condition.key }) {
      let axis = axes.firstIndex { $0.name == key }
      let place: Key.Place? =
        key == "workload" ? .workload : key == "strategy" ? .strategy : axis.map(Key.Place.axis)
      var lacking = all
      if !lackIsMatch { for (rule, _) in group { lacking.remove(rule) } }
      keys.append(Key(place: place ?? .axis(-1), conditions: group, lacking: lacking))
    }
  }

  /// Returns the rules all of whose conditions hold for a cell.
  mutating func rules(for cell: Cell) -> Bits {
    var result = all
    for index in keys.indices {
      result.formIntersection(unbroken(by: cell, at: index))
      if result.isEmpty { break }
    }
    return result
  }

  private mutating func unbroken(by cell: Cell, at index: Int) -> Bits {
    let level: Level
    switch keys[index].place {
    case .workload: level = Level(.string(cell.workload))
    case .strategy: level = Level(.string(cell.strategy))
    case .axis(let axis):
      guard cell.levels.indices.contains(axis), let own = cell.levels[axis] else { return keys[index].lacking }
      level = own
    }
    if let last = keys[index].last, last.level == level { return last.bits }
    if let known = keys[index].byLevel[level] {
      keys[index].last = (level, known)
      return known
    }
    var bits = all
    let subject = Condition.Subject(level)
    for (rule, condition) in keys[index].conditions where !condition.holds(for: subject) { bits.remove(rule) }
    keys[index].byLevel[level] = bits
    return bits
  }
}
