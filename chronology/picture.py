"""The chronology as swim lanes: how many rows each agency has in each month, quarter or year."""

from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth

from chronology.models import RowQuerySet
from chronology.models.rows import THE_PANEL
from core.lanes import MOST_PERIODS, LaneChart
from panel.models import Agency

STEPS = (1, 3, 12, 60)  # months in a period


def picture_of(rows: RowQuerySet, title: str) -> LaneChart | None:
    """One grouped query; None where there is no row."""
    months = rows.order_by().annotate(month=TruncMonth("happened_on")).values("month", "agency").annotate(n=Count("pk"))
    figures = [(_number(row["month"]), row["agency"], row["n"]) for row in months]
    if not figures:
        return None
    first, last = min(f[0] for f in figures), max(f[0] for f in figures)
    step = next((s for s in STEPS if last // s - first // s < MOST_PERIODS), STEPS[-1])
    periods = range(first // step, last // step + 1)
    lanes: dict[int | None, list[int]] = {}
    for month, agency, n in figures:
        lanes.setdefault(agency, [0] * len(periods))[month // step - periods[0]] += n
    names = {agency.pk: agency.short_name for agency in Agency.objects.filter(pk__in=[k for k in lanes if k])}
    named = sorted((names.get(key, THE_PANEL) if key else THE_PANEL, tuple(values)) for key, values in lanes.items())
    return LaneChart(title, tuple(_label(period, step) for period in periods), tuple(named))


def _number(month: date) -> int:
    return month.year * 12 + month.month - 1


def _label(period: int, step: int) -> str:
    year, month = divmod(period * step, 12)
    if step == 1:
        return f"{date(year, month + 1, 1):%b %Y}"
    if step == 3:
        return f"{date(year, month + 1, 1):%b}–{date(year, month + 3, 1):%b %Y}"
    return str(year) if step == 12 else f"{year}–{year + 4}"
