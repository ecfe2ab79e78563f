internal import Model

/// The declarations of the settings of a file itself, for the decoder and for the JSON Schema.
enum FileSettings {
  private static let defaults = RunSettings()

  static let description = ParameterSchema(.description, .string)
  static let baseline = ParameterSchema(.baseline, .string)
  static let plugins = ParameterSchema(.plugins, .list(.file))
  static let environment = ParameterSchema(.env, .map(.string))

  static let trials = ParameterSchema(
    .trials, .integer, default: .integer(defaults.trials), minimum: 1, maximum: 100_000)
  static let warmup = ParameterSchema(
    .warmup, .integer, default: .integer(defaults.warmup), minimum: 0, maximum: 1000)
  static let order = ParameterSchema(
    .order, .choice(RunSettings.Order.allCases.map(\.rawValue)), default: .string(defaults.order.rawValue))
  static let seed = ParameterSchema(.seed, .integer, default: .integer(defaults.seed), minimum: 0)
  static let timeout = ParameterSchema(
    .timeout, .duration, default: .number(defaults.timeout), minimum: 0.001, maximum: 604_800)
  static let retries = ParameterSchema(
    .retries, .integer, default: .integer(defaults.retries), minimum: 0, maximum: 100)
  static let maxFailed = ParameterSchema(.maxFailed, .share, default: .number(defaults.maxFailed))
  static let maxRate = ParameterSchema(.maxRate, .rate, minimum: 0.001, maximum: 1e9)
  static let warmupTasks = ParameterSchema(
    .warmupTasks, .integer, default: .integer(defaults.warmupTasks), minimum: 0, maximum: 1e7)
  static let record = ParameterSchema(.record, .choice(["tasks"]))

  /// The most tasks that become due in a second.
  private static let mostRate = 10_000_000.0

  /// The settings of `ramp` in `arrivals:`, of which all are needed.
  static let ramp = [
    ParameterSchema("from", .rate, required: true, minimum: 0, maximum: mostRate, help: "The rate at first: 10/s."),
    ParameterSchema(
      "to", .rate, required: true, minimum: 0.001, maximum: mostRate, help: "The rate in the end, which stays: 100/s."),
    ParameterSchema(
      "over", .duration, required: true, minimum: 0.001, maximum: 86_400,
      help: "The time in which the rate goes from one to the other: 30s."),
  ]
  static let rampKey = "ramp"
  /// Settings of `arrivals:` of which a file has exactly one.
  static let arrivalRates = ["rate", rampKey]

  /// The settings of `arrivals:`, without those of `ramp`.
  static let arrivals = [
    ParameterSchema("rate", .rate, minimum: 0.001, maximum: mostRate, help: "Tasks that become due each second."),
    ParameterSchema(
      "process", .choice(Arrivals.Process.allCases.map(\.rawValue)),
      default: .string(Arrivals.Process.constant.rawValue), help: "How the gaps between them are distributed."),
  ]
}
