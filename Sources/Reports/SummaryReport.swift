package import Model
internal import Results
package import Runs
package import Statistics

/// The report on runs that are taken together, as `concrun summary` prints it.
package struct SummaryReport {
  private let set: RunSet
  private let analysis: Analysis

  /// Takes runs and computes their statistics.
  package init(_ set: RunSet) {
    self.set = set
    analysis = set.analysis
  }

  /// Warnings about the numbers.
  package var warnings: [RunWarning] { analysis.warnings }

  /// The tables for people.
  package var result: ResultReport {
    let together = set.runs.count > 1 ? ", \(set.runs.count) runs together" : ""
    return ResultReport(
      title: set.experiment + together, axes: set.axes, metrics: set.columns.metrics, baseline: set.baseline,
      makesClaims: set.makesClaims, analysis: analysis, remarks: set.remarks)
  }

  /// Returns one table of several sets in CSV, with every axis and every metric that any run has.
  package static func csv(_ sets: [RunSet]) -> String {
    var axes: [String] = []
    for axis in sets.flatMap(\.axes).map(\.name) where !axes.contains(axis) { axes.append(axis) }
    var metrics: [String] = []
    for metric in sets.flatMap(\.columns.metrics) where !metrics.contains(metric) { metrics.append(metric) }
    var bytes = CSV.line(SummaryTable(experiment: "", axes: axes, metrics: metrics).header)
    for set in sets {
      let table = SummaryTable(experiment: set.experiment, axes: axes, metrics: metrics)
      let axisPlaces = axes.map { name in set.axes.firstIndex { $0.name == name } }
      let metricPlaces = metrics.map { set.columns.metrics.firstIndex(of: $0) }
      for var summary in set.analysis.cells {
        summary.levels = axisPlaces.map { $0.flatMap { summary.levels[$0] } }
        summary.metrics = metricPlaces.map { $0.flatMap { summary.metrics[$0] } }
        bytes += CSV.line(table.row(summary).map(\.description))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The statistics for programs. A value that isn't known is left out.
  package var json: Value {
    .map([
      "experiment": .string(set.experiment), "runs": .list(set.runs.map { .string($0.path) }),
      "remarks": .list(set.remarks.map { .string($0.text) }), "cells": .list(cells), "scaling": .list(scaling),
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
            zip(set.axes.map(\.name), verdict.levels).filter { $0.0 != ParameterName.maxWorkers }.map {
              ($0, $1 ?? .null)
            },
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
