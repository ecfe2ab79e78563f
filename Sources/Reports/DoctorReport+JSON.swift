internal import Doctor
package import Model
internal import OS
internal import Results

extension DoctorReport {
  /// The findings with the record's names, in SI units. An unknown value is null.
  package var json: Value {
    let noise = findings.noise.value
    return .map([
      "measured_at": .string(findings.measuredAt),
      "machine": machine,
      "within_run_floor": number(noise?.withinRun),
      "between_run_floor": number(noise?.betweenRuns),
      "detectable_difference": noise.map { noise in
        .map(Dictionary(uniqueKeysWithValues: noise.detectable.map { (String($0), .number($1)) }))
      } ?? .null,
      "runs": .integer(noise?.medians.count ?? 0),
      "clock": clock,
      "timers": timers,
      "trial_spawn_s": number(findings.trialSpawn.value),
      "program_spawn_s": number(findings.programSpawn.value),
      "origin_requests_per_s": number(findings.originCeiling.value),
      "conditions": conditions,
      "problems": .map(problems),
      "warnings": .list(
        warnings.map { warning in
          .map([
            "name": .string(warning.name), "problem": .string(warning.problem), "advice": .string(warning.advice),
          ])
        }),
    ])
  }

  private var machine: Value {
    let machine = findings.machine
    return .map([
      "host": .string(machine.host), "cpu_model": text(machine.cpuModel),
      "effective_cores": .number(machine.effectiveCores), "kernel": .string(machine.kernel),
      "version": .string(machine.version),
    ])
  }

  private var clock: Value {
    let clock = findings.clock
    return .map([
      "source": text(clock.source), "resolution_s": number(clock.resolution),
      "smallest_step_s": number(clock.smallestStep), "reading_s": .number(clock.reading),
    ])
  }

  private var timers: Value {
    let timers = findings.timers
    return .map([
      "slack_s": number(timers.slack), "late_p50_s": .number(timers.late.p50), "late_p99_s": .number(timers.late.p99),
      "trial_late_p50_s": .number(timers.lateInTrials.p50), "trial_late_p99_s": .number(timers.lateInTrials.p99),
    ])
  }

  private var conditions: Value {
    let (load, limits, frequency) = (findings.load, findings.limits, findings.frequency)
    return .map([
      "cpus": .integer(findings.cpus), "cpu_quota": number(findings.cpuQuota),
      "governors": .list(frequency.governors.sorted().map { .string($0) }),
      "turbo": frequency.hasTurbo.map { .boolean($0) } ?? .null,
      "other_cpus": number(load.otherCPUs), "stolen_share": number(load.stolenShare),
      "load_average": number(load.loadAverage), "cpu_pressure": number(load.pressure),
      "open_files": integer(limits.openFiles), "processes": integer(limits.processes?.count),
      "processes_limit": text(limits.processes?.name), "local_ports": integer(limits.localPorts?.count),
    ])
  }

  /// The reasons for values that are null here and known on other machines.
  private var problems: [String: Value] {
    let problems = [
      "noise": findings.noise.problem, "trial_spawn_s": findings.trialSpawn.problem,
      "program_spawn_s": findings.programSpawn.problem, "origin_requests_per_s": findings.originCeiling.problem,
    ]
    return problems.compactMapValues { $0.map { .string($0) } }
  }

  private func number(_ value: Double?) -> Value { value.map { .number($0) } ?? .null }

  private func integer(_ value: Int?) -> Value { value.map { .integer($0) } ?? .null }

  private func text(_ value: String?) -> Value { value.map { .string($0) } ?? .null }
}
