internal import Model
internal import Results
internal import Statistics

/// The statistics of runs as JSON has them. What isn't known is missing.
struct SummaryRecord {
  private let set: RunSet
  private let analysis: Analysis

  init(_ set: RunSet, _ analysis: Analysis) {
    self.set = set
    self.analysis = analysis
  }

  var value: Value {
    .map([
      "experiment": .string(set.experiment), "runs": .list(set.runs.map { .string($0.path) }),
      "remarks": .list(set.remarks.map(Value.string)), "cells": .list(cells), "scaling": .list(scaling),
      "warnings": .list(analysis.warnings.map { .string($0.text) }),
    ])
  }

  private var cells: [Value] {
    let table = SummaryTable(experiment: set.experiment, axes: set.axes.map(\.name), metrics: set.columns.metrics)
    return analysis.cells.map { Self.known(Dictionary(zip(table.header, table.row($0)), uniquingKeysWith: { $1 })) }
  }

  private var scaling: [Value] {
    analysis.scaling.map { verdict in
      var fields: [String: Value] = [
        "workload": .string(verdict.workload), "strategy": .string(verdict.strategy),
        "levels": Self.known(
          Dictionary(
            zip(set.axes.map(\.name), verdict.levels).filter { $0.0 != "max_workers" }.map { ($0, $1 ?? .null) },
            uniquingKeysWith: { $1 })),
        "workers": .list(verdict.workers.map(Value.integer)),
        "fastest": verdict.fastest.map(Value.integer) ?? .null,
        "recommended": verdict.recommended.map(Value.integer) ?? .null,
        "fit": verdict.fit.map(Self.fit) ?? .null,
      ]
      switch verdict.cost {
      case .workers(let count): fields["cost"] = .integer(count)
      case ScalingVerdict.Cost.none?: fields["cost"] = .string("none")
      case nil: break
      }
      return Self.known(fields)
    }
  }

  private static func fit(_ fit: ScalingFit) -> Value {
    known([
      "model": .string(fit.model.rawValue), "gamma_per_s": estimate(fit.gamma), "alpha": estimate(fit.alpha),
      "beta": estimate(fit.beta), "peak_workers": fit.tellsPeak ? estimate(fit.peak) : .null,
      "most_workers": .integer(fit.mostWorkers), "trials": .integer(fit.trials),
      "misfit": .number(fit.misfit),
      "aicc": .map(Dictionary(uniqueKeysWithValues: fit.aicc.map { ($0.key.rawValue, .number($0.value)) })),
    ])
  }

  private static func estimate(_ estimate: ScalingFit.Estimate) -> Value {
    known(["value": number(estimate.value), "ci_low": number(estimate.low), "ci_high": number(estimate.high)])
  }

  private static func number(_ value: Double) -> Value { value.isFinite ? .number(value) : .null }

  private static func known(_ fields: [String: Value]) -> Value { .map(fields.filter { !$1.isNull }) }
}
