"""Reads the CSV files of a run of readback.yaml with other people's code, and checks that all of it comes back.

    .venv/bin/python Tests/EndToEndTests/ReadBack/readback.py results/readback/latest
"""

import sys
import traceback

import expected
import with_duckdb
import with_pandas
import with_sqlite

for reader in (with_pandas, with_duckdb, with_sqlite):
    try:
        reader.check()
    except Exception:  # A reader that gives up is a failure too; the others shall have their say.
        expected.failures.append(f"{reader.NAME}: {traceback.format_exc()}")
for failure in expected.failures:
    print(failure, file=sys.stderr)
sys.exit(1 if expected.failures else 0)
