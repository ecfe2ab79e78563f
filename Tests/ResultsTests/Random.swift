import Model

/// Trials, texts and numbers by seed.
struct Random {
  private var generator: SplitMix64

  init(seed: Int) {
    generator = SplitMix64(seed: UInt64(seed))
  }

  mutating func below(_ bound: Int) -> Int { generator.next(below: bound) }

  mutating func one<T>(of values: [T]) -> T { values[below(values.count)] }

  private mutating func maybe<T>(_ make: (inout Random) -> T) -> T? { below(4) == 0 ? nil : make(&self) }

  /// Text that isn't empty, has no control characters, and doesn't look like a number.
  mutating func text() -> String {
    let pieces = ["a", "Z", ",", "\"", "\"\"", " ", "é", "日", "🙂", "/", "=", "'", "\\", "#", "1", "\u{2028}"]
    return "x" + (0..<below(12)).map { _ in one(of: pieces) }.joined()
  }

  /// Any finite number: also the smallest, the largest, and those that need all their digits.
  mutating func number() -> Double {
    switch below(4) {
    case 0: return Double(below(1_000_000))
    case 1: return Double(below(1_000_000_000)) / 1e9
    case 2:
      return one(of: [
        0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1, 1 / 3, 1e16, 9_007_199_254_740_992,
      ])
    default:
      let number = Double(bitPattern: generator.next())
      return number.isFinite ? number : 0.5
    }
  }

  mutating func integer() -> Int {
    one(of: [0, 1, below(1000), below(.max), .max, 9_007_199_254_740_993])
  }

  private mutating func level() -> Value {
    switch below(5) {
    case 0: .integer(integer())
    case 1: .integer(-integer())
    case 2: .number(number())
    case 3: .boolean(below(2) == 0)
    default: .string(text())
    }
  }

  mutating func trial(of table: (axes: Int, metrics: Int)) -> Trial {
    var trial = Trial(
      cellID: text(), workload: text(), strategy: text(), levels: (0..<table.axes).map { _ in maybe { $0.level() } },
      workers: maybe { $0.integer() }, block: integer(), position: integer(), trial: integer(), isWarmup: below(2) == 0,
      startedAt: "2026-11-22T08:15:0\(below(10)).123Z")
    trial.attempt = 1 + below(3)
    trial.status = one(of: TrialStatus.allCases)
    trial.error = maybe { $0.text() }
    trial.tasks = maybe { $0.integer() }
    trial.tasksOK = maybe { $0.integer() }
    trial.tasksFailed = maybe { $0.integer() }
    trial.bytes = maybe { $0.integer() }
    trial.checksum = maybe {
      $0.one(of: ["0000000000000000", "00000000000001a4", "1234567890123456", "00000000000012e5"])
    }
    for measure in Measure.allCases {
      trial.measures[measure] = maybe { $0.number() }
    }
    trial.metrics = (0..<table.metrics).map { _ in maybe { $0.number() } }
    return trial
  }
}

extension Trial {
  /// With levels as they come back: 8.0 is written as 8, and so is read as the integer.
  var asRead: Trial {
    var trial = self
    trial.levels = levels.map { level in
      guard case .number(let number)? = level, let whole = Int(exactly: number), abs(number) < 0x1p53 else {
        return level
      }
      return .integer(whole)
    }
    return trial
  }
}
