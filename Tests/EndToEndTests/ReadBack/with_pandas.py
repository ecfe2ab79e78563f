"""pandas: types, missing values, and the summary computed again from the trials."""

import pandas

from expected import *

NAME = "pandas"
# Two things that pandas must be told, or it loses data without a word:
# - a checksum is text. '0000000000000000' would be read as the number 0, '00000000000012e5' as 1,200,000;
# - only an empty field is missing. By default a workload called 'null' would be, and a host called 'NA'.
OPTIONS = {"dtype": {"checksum": "string"}, "keep_default_na": False, "na_values": [""]}


def check():
    trials = pandas.read_csv(trials_file(), parse_dates=TIMES, **OPTIONS)
    summary = pandas.read_csv(summary_file(), **OPTIONS)
    check_types(trials)
    check_values(trials)
    check_pitfalls()
    check_summary(trials, summary)


def check_types(trials):
    types = pandas.api.types
    expect(NAME, "columns", sorted(trials.columns), sorted(TEXTS + FLAGS + TIMES + INTEGERS + REALS + EMPTY))
    for column in TEXTS:
        expect(NAME, f"{column} is text", types.is_string_dtype(trials[column].dropna()))
    for column in FLAGS:
        expect(NAME, f"{column} is boolean", types.is_bool_dtype(trials[column]))
    for column in TIMES:
        expect(NAME, f"{column} is a time", types.is_datetime64_any_dtype(trials[column]))
        expect(NAME, f"{column} is in UTC", str(trials[column].dt.tz), "UTC")
    for column in INTEGERS + REALS:
        expect(NAME, f"{column} is a number", types.is_numeric_dtype(trials[column]))
        expect(NAME, f"{column} has values", bool(trials[column].notna().any()))
    for column in INTEGERS:
        values = trials[column].dropna()
        expect(NAME, f"{column} is whole", bool((values == values.round()).all()))
    for column in EMPTY:
        expect(NAME, f"{column} is empty", bool(trials[column].isna().all()))


def check_values(trials):
    cells = trials.groupby(["workload", "strategy"])["cell_id"].nunique().to_dict()
    expect(NAME, "cells", cells, CELLS)
    expect(NAME, "rows", len(trials), sum(CELLS.values()) * (TRIALS + WARMUPS))
    expect(NAME, "warm-ups are block 0", bool((trials.warmup == (trials.block == 0)).all()))
    expect(NAME, "errors", set(trials.error.dropna()), {ERROR})
    expect(NAME, "failed", set(trials.strategy[trials.status == "failed"]), {"failing"})
    expect(NAME, "notes", set(trials.note.dropna()), {"one, two", 'say "three"'})
    expect(NAME, "sizes", set(trials["size"].dropna()), {1024, 2 * 1024 * 1024})
    expect(NAME, "pauses", set(trials.pause.dropna()), {0.001, 0.002})
    expect(NAME, "hits", set(trials.hits.dropna()), {7})
    for workload, rows in trials.groupby("workload"):
        checksums = {None if pandas.isna(checksum) else checksum for checksum in rows.checksum}
        expect(NAME, f"checksums of {workload}", checksums, {CHECKSUMS[workload]})
    sync = trials[trials.strategy == "sync"]
    expect(NAME, "sync has no max_workers", bool(sync.max_workers.isna().all()))
    waiting = trials[trials.workload == "waiting"]
    ideal = -(-waiting.tasks // waiting.workers) * waiting.pause
    expect(NAME, "ideal time of waiting", bool(((waiting.ideal_s - ideal).abs() < 1e-12).all()))


def check_pitfalls():
    """That OPTIONS are needed: if this fails, they may go, here and in the documentation."""
    naive = pandas.read_csv(trials_file())
    expect(NAME, "'null' is lost without options", bool(naive.workload.isna().any()))
    zeros = trials_file().with_name("zeros.csv")
    zeros.write_text("checksum\n0000000000000000\n00000000000012e5\n")
    expect(NAME, "checksums are lost without options", pandas.read_csv(zeros).checksum.tolist(), [0.0, 12e5])
    zeros.unlink()


def check_summary(trials, summary):
    expect(NAME, "rows of the summary", len(summary), sum(CELLS.values()))
    summary = summary.set_index("cell_id")
    measured = trials[~trials.warmup]
    for cell, rows in measured.groupby("cell_id"):
        row, wall = summary.loc[cell], rows.wall_s[rows.status == "ok"]
        expect(NAME, f"{cell} n", row.n, len(wall))
        expect(NAME, f"{cell} n_failed", row.n_failed, len(rows) - len(wall))
        if len(wall) == 0:
            expect(NAME, f"{cell} has no numbers", bool(row.filter(like="wall_").isna().all()))
            continue
        ordered = sorted(wall)
        again = {
            "wall_median_s": wall.median(), "wall_mean_s": wall.mean(), "wall_sd_s": wall.std(), "wall_min_s": wall.min(),
            "wall_max_s": wall.max(), "wall_p25_s": wall.quantile(0.25), "wall_p75_s": wall.quantile(0.75),
            "wall_cv": wall.std() / wall.mean(), "wall_mad_s": (wall - wall.median()).abs().median(),
            "wall_ci_low_s": ordered[0], "wall_ci_high_s": ordered[5],
        }
        if rows.bytes.notna().all():
            again["tasks_per_s"] = rows.tasks_ok.sum() / wall.sum()
        for column, value in again.items():
            expect(NAME, f"{cell} {column}", is_close(row[column], value) or (row[column], value))
    expect(NAME, "recommended is boolean", set(summary.recommended.map(type)), {bool})
    groups = summary[summary.recommended].groupby(["workload", "strategy", "pause", "size", "note"], dropna=False)
    expect(NAME, "recommended once", bool((groups.size() == 1).all()))


def is_close(a, b):
    return bool(abs(a - b) <= 1e-9 * max(abs(a), abs(b)) + 1e-15)
