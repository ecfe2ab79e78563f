"""Python's csv module and SQLite: what a shell script would do, with declared column types."""

import csv
import sqlite3

from expected import *

NAME = "SQLite"


def check():
    # newline="" leaves line ends to the csv module; strict makes it refuse bad quoting.
    with open(trials_file(), encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    expect(NAME, "lines", trials_file().read_bytes().count(b"\n"), len(rows) + 1)
    expect(NAME, "carriage returns", trials_file().read_bytes().count(b"\r"), 0)
    expect(NAME, "widths", {len(row) for row in rows}, {len(header)})
    kinds = {**dict.fromkeys(INTEGERS, "integer"), **dict.fromkeys(REALS + EMPTY, "real")}

    database = sqlite3.connect(":memory:")
    database.execute(create(header, kinds))
    marks = ", ".join("?" * len(header))
    database.executemany(
        f"insert into trials values ({marks})", [[field if field else None for field in row] for row in rows]
    )
    for name in header:
        found = {kind for (kind,) in database.execute(f"select distinct typeof({quoted(name)}) from trials")}
        allowed = {"null"} if name in EMPTY else {kinds.get(name, "text"), "null"}
        expect(NAME, f"types of {name}", found <= allowed or found)
    expect(NAME, "rows", one(database, "select count(*) from trials"), sum(CELLS.values()) * (TRIALS + WARMUPS))
    expect(NAME, "warm-ups", one(database, "select count(*) from trials where warmup = 'true'"), sum(CELLS.values()))
    expect(NAME, "flags", one(database, "select count(*) from trials where warmup not in ('true', 'false')"), 0)
    expect(NAME, "times", one(database, "select count(*) from trials where julianday(started_at) is null"), 0)
    expect(NAME, "errors", one(database, "select group_concat(distinct error) from trials"), ERROR)
    for workload, checksum in CHECKSUMS.items():
        found = database.execute("select distinct checksum from trials where workload = ?", [workload]).fetchall()
        expect(NAME, f"checksums of {workload}", found, [(checksum,)])


def create(header, kinds):
    columns = ", ".join(f"{quoted(name)} {kinds.get(name, 'text')}" for name in header)
    return f"create table trials ({columns})"


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def one(database, query):
    return database.execute(query).fetchone()[0]
