package import Model
package import Runs
internal import Statistics

/// The report on a comparison of two runs.
package struct ComparisonReport {
  private let pair: RunPair

  /// Takes a comparison.
  package init(_ pair: RunPair) {
    self.pair = pair
  }

  /// Warnings for the top: without them, the rest may be misread.
  private var warnings: [String] {
    var warnings: [String] = []
    if !pair.circumstances.isEmpty {
      warnings.append(
        "not the same circumstances, which may be all the difference: \(pair.circumstances.joined(separator: "; "))")
    }
    for run in [pair.base, pair.new] { warnings += run.remarks.map { "\(run.path): \($0.text)" } }
    if pair.limits.betweenRuns == nil {
      warnings.append(
        "nobody knows what two runs of the same differ by on this machine: 'concrun doctor' measures it. Until then, a "
          + "difference may be that")
    }
    return warnings
  }

  private var heading: String {
    let commits = pair.commits.map { ", commit \($0.base) and \($0.new)" } ?? ""
    return "\(pair.base.path) (base) and \(pair.new.path) (new)\(commits)"
  }

  /// The last line, such as `1 worse, 11 the same (differences beyond 5 % count)`.
  private var verdict: String {
    let limits = pair.limits
    let floor = limits.betweenRuns.map { floor in
      floor > limits.threshold
        ? ": what two runs of the same differ by here; the threshold is \(Humanize.percent(limits.threshold))" : ""
    }
    let counts = CellComparison.Verdict.allCases.compactMap { verdict -> String? in
      let count = pair.cells.count { $0.verdict == verdict }
      return count > 0 ? "\(count) \(Self.word(verdict))" : nil
    }
    let others = [
      (pair.changed.count, "not compared: their parameters differ"), (pair.onlyBase.count, "in the base only"),
      (pair.onlyNew.count, "in the new run only"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return (counts + others).joined(separator: ", ") + " (differences beyond \(Humanize.percent(limits.limit)) count"
      + "\(floor ?? ""))"
  }

  private static func word(_ verdict: CellComparison.Verdict) -> String {
    verdict == .same ? "the same" : verdict.rawValue
  }

  private var table: TextTable {
    var table = TextTable([
      ("cell", .left), ("base", .right), ("new", .right), ("new/base", .right), ("95 % CI", .left), ("", .left),
    ])
    table.rows = pair.cells.map { cell in
      let reason = cell.reason.flatMap { $0 == .uncertain ? nil : ": \($0.rawValue)" } ?? ""
      let what = cell.measure == .wall ? "" : " (\(cell.measure.rawValue))"
      return [
        cell.cellID + what, cell.baseMedian.map { Humanize.seconds($0) } ?? "–",
        cell.newMedian.map { Humanize.seconds($0) } ?? "–", cell.ratio.map { Humanize.fixed($0, 3) } ?? "",
        interval(cell), Self.word(cell.verdict) + reason,
      ]
    }
    table.rows += pair.changed.map {
      [$0.cellID, "", "", "", "", "not compared: \($0.differences.joined(separator: ", "))"]
    }
    table.rows += pair.onlyBase.map { [$0, "", "–", "", "", "in the base only"] }
    table.rows += pair.onlyNew.map { [$0, "–", "", "", "", "in the new run only"] }
    return table.compacted
  }

  private func interval(_ cell: CellComparison) -> String {
    guard let low = cell.low, let high = cell.high else { return "" }
    return "[\(Humanize.fixed(low, 3)), \(Humanize.fixed(high, 3))]"
  }

  /// A table with a line for each cell, after the warnings and before the verdict.
  package var text: String {
    warnings.map { "warning: \($0)\n" }.joined() + heading + "\n" + table.plain()
      + "\n\(verdict)\n"
  }

  /// The same text in Markdown.
  package var markdown: String {
    warnings.map { "> **Warning:** \($0)\n>\n" }.joined() + (warnings.isEmpty ? "" : "\n") + heading + "\n\n"
      + table.markdown
      + "\n\(verdict)\n"
  }

  /// The comparison for programs. A value that isn't known is left out.
  package var json: Value {
    .map(
      [
        "base": .string(pair.base.path), "new": .string(pair.new.path), "threshold": .number(pair.limits.threshold),
        "between_run_floor": Self.optional(pair.limits.betweenRuns), "limit": .number(pair.limits.limit),
        "circumstances": .list(pair.circumstances.map(Value.string)), "regressions": .integer(pair.regressions),
        "cells": .list(pair.cells.map(Self.record)), "only_base": .list(pair.onlyBase.map(Value.string)),
        "only_new": .list(pair.onlyNew.map(Value.string)),
        "parameters_differ": .list(
          pair.changed.map {
            .map(["cell_id": .string($0.cellID), "differences": .list($0.differences.map(Value.string))])
          }),
      ].filter { !$1.isNull })
  }

  private static func record(_ cell: CellComparison) -> Value {
    .map(
      [
        "cell_id": .string(cell.cellID), "verdict": .string(cell.verdict.rawValue),
        "reason": cell.reason.map { .string($0.rawValue) } ?? .null, "measure": .string(cell.measure.rawValue),
        "base_n": .integer(cell.baseCount), "new_n": .integer(cell.newCount),
        "base_median_s": optional(cell.baseMedian),
        "new_median_s": optional(cell.newMedian), "ratio": optional(cell.ratio), "ratio_ci_low": optional(cell.low),
        "ratio_ci_high": optional(cell.high),
      ].filter { !$1.isNull })
  }

  private static func optional(_ value: Double?) -> Value { value.map(Value.number) ?? .null }
}
