"""Reading a spreadsheet of 10,000 rows with all our checks, against openpyxl's loading of the same file alone.

Processor time, since the machine may do other things. For the standard input of `manage.py shell`.
"""

import io
import random
import statistics
import time
from datetime import date, timedelta

import openpyxl
from django.db import transaction

from benchmarks.cases import WORDS, person, recorded
from chronology import imports

ROWS, RUNS = 10_000, 3


def spreadsheet():
    rng, words = random.Random(1), WORDS.split()  # noqa: S311
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([column.heading for column in imports.COLUMNS])
    for n in range(ROWS):
        day = date(2020, 1, 1) + timedelta(days=rng.randrange(1800))
        event, response = (" ".join(rng.choices(words, k=k)) for k in (25, 10))
        when = day if n % 2 else f"{day:%d/%m/%Y}"
        sheet.append([when, "14:30", "GP record", f"{event} {n}", "mother; nurse", "Child A", "yes", response, None])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def seconds(action):
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main():
    content = spreadsheet()
    with transaction.atomic():
        case = recorded(person(), "BENCH-2026-1")

        def read():
            reading = imports.read(io.BytesIO(content), referral=case, agency=None, today=date(2026, 11, 24))
            assert (len(reading.rows), reading.faults) == (ROWS, ())

        ours = seconds(read)
        theirs = seconds(lambda: openpyxl.load_workbook(io.BytesIO(content)))
        transaction.set_rollback(True)
    print(f"{ROWS} rows: {ours / theirs:.2f} times openpyxl alone ({ours:.1f} s)")  # noqa: T201


main()
