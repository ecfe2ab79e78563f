"""DuckDB: the types that it finds by itself, and NULL where a field is empty."""

import duckdb

from expected import *

NAME = "DuckDB"


def check():
    database = duckdb.connect()
    # It tells types by the values: checksums that are all digits would be numbers, so they are said to be text.
    database.execute(
        "create table trials as select * from read_csv(?, types = {'checksum': 'VARCHAR'})", [str(trials_file())]
    )
    types = {name: kind for name, kind, *_ in database.execute("describe trials").fetchall()}
    check_types(types)
    for column in types:
        known, empty = one(database, f"""select count("{column}"), count(*) filter ("{column}"::varchar = '') from trials""")
        expect(NAME, f"{column} has no empty texts", empty, 0)
        expect(NAME, f"{column} is NULL everywhere", known == 0, column in EMPTY)
    rows = sum(CELLS.values()) * (TRIALS + WARMUPS)
    expect(NAME, "rows", one(database, "select count(*), count(*) filter (warmup) from trials"), (rows, rows // 7))
    expect(NAME, "errors", one(database, "select distinct error from trials where error is not null"), (ERROR,))
    for workload, checksum in CHECKSUMS.items():
        found = database.execute("select distinct checksum from trials where workload = ?", [workload]).fetchall()
        expect(NAME, f"checksums of {workload}", found, [(checksum,)])
    # The trials of a run start after the run, in UTC as its id is.
    order = "select bool_and(started_at >= strptime(run_id[:16], '%Y%m%dT%H%M%SZ')) from trials"
    expect(NAME, "started after the run's id", one(database, order), (True,))
    check_summary(database)


def check_types(types):
    for column in TEXTS:
        expect(NAME, f"type of {column}", types.get(column), "VARCHAR")
    for column in FLAGS:
        expect(NAME, f"type of {column}", types.get(column), "BOOLEAN")
    for column in TIMES:
        expect(NAME, f"type of {column}", str(types.get(column)).startswith("TIMESTAMP"))
    for column in INTEGERS:
        expect(NAME, f"type of {column}", types.get(column), "BIGINT")
    for column in REALS:
        expect(NAME, f"type of {column}", types.get(column) in ("DOUBLE", "BIGINT") or types.get(column))


def check_summary(database):
    database.execute("create table summary as select * from read_csv(?)", [str(summary_file())])
    types = {name: kind for name, kind, *_ in database.execute("describe summary").fetchall()}
    expect(NAME, "type of recommended", types["recommended"], "BOOLEAN")
    expect(NAME, "type of wall_median_s", types["wall_median_s"], "DOUBLE")
    differing = database.execute("""
        select cell_id from summary join (
            select cell_id, quantile_cont(wall_s, 0.5) as median from trials
            where not warmup and status = 'ok' group by cell_id) using (cell_id)
        where abs(median - wall_median_s) > 1e-9 * median""").fetchall()
    expect(NAME, "medians that differ", differing, [])
    # Speedups are ratios of medians, with the baseline's cell of the same work.
    differing = database.execute("""
        select s.cell_id from summary s join summary b on b.strategy = 'sync' and b.workload = s.workload
            and b.pause is not distinct from s.pause
        where abs(s.speedup_vs_baseline - b.wall_median_s / s.wall_median_s) > 1e-9 * s.speedup_vs_baseline
            or s.speedup_vs_baseline is null""").fetchall()
    expect(NAME, "speedups that differ", differing, [])


def one(database, query):
    return database.execute(query).fetchone()
