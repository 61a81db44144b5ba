"""The nth working day: index into a list (ours), a loop over days, numpy. Prints ratios; ours is 1."""

import random
import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from deadlines import published
from deadlines.working_days import WorkingCalendar

CALENDAR = WorkingCalendar(published.holidays(), 2012, 2028)
CLOSED = set(CALENDAR.holidays)
HOLIDAYS = np.array(sorted(CLOSED), dtype="datetime64[D]")


def by_loop(day: date, length: int) -> date:
    while length:
        day += timedelta(days=1)
        length -= day.weekday() < 5 and day not in CLOSED
    return day


def by_numpy(day: date, length: int) -> date:
    return np.busday_offset(np.datetime64(day), length, roll="backward", holidays=HOLIDAYS).item()


def timed(way: Callable[[date, int], date], questions: list[tuple[date, int]]) -> tuple[float, list[date]]:
    start = time.perf_counter()
    answers = [way(day, length) for day, length in questions]
    return time.perf_counter() - start, answers


def main() -> None:
    pick = random.Random(2026)  # noqa: S311 - dates, not secrets
    first = date(2012, 1, 1)
    questions = [(first + timedelta(days=pick.randrange(6000)), pick.choice([5, 7, 15])) for _ in range(20_000)]
    CALENDAR.forward(first, 1)  # builds the list once
    ours, expected = timed(CALENDAR.forward, questions)
    print(f"{len(questions)} questions; index into a list: 1")  # noqa: T201
    for name, way in (("loop over days", by_loop), ("numpy, one at a time", by_numpy)):
        seconds, answers = timed(way, questions)
        print(f"{name}: {seconds / ours:.1f} times as long, answers {'agree' if answers == expected else 'DIFFER'}")  # noqa: T201


if __name__ == "__main__":
    main()
