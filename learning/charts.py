"""Themes over time, and agencies by themes: what a person may see of learning, as pictures with their figures."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.charts import BarChart, Series
from learning.models import LearningPoint, PointAgency, PointTheme
from rapid_reviews.models import RapidReview, ReviewTheme

YEARS = 4  # as many as the charts have colours that are told apart in greyscale
MOST_THEMES = 10
STEPS = 4  # shades of the heat map


@dataclass(frozen=True)
class ThemesOverTime:
    """`chart` shows the most frequent themes by year; `table` all of them."""

    years: tuple[int, ...]
    table: list[tuple[str, tuple[int, ...], int]]

    @property
    def chart(self) -> BarChart:
        shown = self.table[:MOST_THEMES]
        series = tuple(
            Series(str(year), tuple(row[1][number] or None for row in shown)) for number, year in enumerate(self.years)
        )
        return BarChart(
            title="Themes over time", labels=tuple(row[0] for row in shown), series=series, horizontal=True,
            unit="times seen in cases and learning points",
        )  # fmt: skip


def themes_over_time(user: Any, today: date) -> ThemesOverTime:
    """How often each theme was seen in a year: in rapid reviews by the day they were opened, else by learning points.

    A point of a rapid review that shows the theme itself does not count again. Two queries; walls hold.
    """
    years = tuple(range(today.year - YEARS + 1, today.year + 1))
    counts: Counter[tuple[str, int]] = Counter()
    reviews = ReviewTheme.objects.filter(review__in=RapidReview.objects.visible_to(user).values("pk"))
    seen = set()
    for name, opened, review in reviews.values_list("theme__name", "review__opened_at__year", "review"):
        counts[name, opened] += 1
        seen.add((name, review))
    visible = LearningPoint.objects.visible_to(user).in_use().values("pk")
    points = PointTheme.objects.filter(point__in=visible)
    for name, year, review in points.values_list("theme__name", "point__learned_on__year", "point__rapid_review"):
        if (name, review) not in seen:
            counts[name, year] += 1
    rows = []
    for name in sorted({name for name, _ in counts}):
        by_year = tuple(counts[name, year] for year in years)
        if any(by_year):
            rows.append((name, by_year, sum(by_year)))
    return ThemesOverTime(years, sorted(rows, key=lambda row: (-row[2], row[0])))


@dataclass(frozen=True)
class Cell:
    """One figure of the heat map and its shade, 0 (nothing) to STEPS."""

    count: int
    shade: int


@dataclass(frozen=True)
class HeatMap:
    themes: tuple[str, ...]
    counts: list[tuple[str, tuple[int, ...]]]

    @property
    def rows(self) -> list[tuple[str, list[Cell]]]:
        """The map is its own table: the figure is in each cell, the shade only helps."""
        highest = max((count for _, row in self.counts for count in row), default=0)
        return [(agency, [Cell(n, _shade(n, highest)) for n in row]) for agency, row in self.counts]


def _shade(count: int, highest: int) -> int:
    return 0 if not count else -(-count * STEPS // highest)


def heat_map(user: Any) -> HeatMap:
    """Learning points by agency and theme, set-aside ones left out. Two queries; walls hold."""
    visible = LearningPoint.objects.visible_to(user).in_use().values("pk")
    themes: dict[int, list[str]] = {}
    for point, name in PointTheme.objects.filter(point__in=visible).values_list("point", "theme__name"):
        themes.setdefault(point, []).append(name)
    counts: Counter[tuple[str, str]] = Counter()
    for point, agency in PointAgency.objects.filter(point__in=visible).values_list("point", "agency__short_name"):
        counts.update((agency, theme) for theme in themes.get(point, []))
    names = tuple(sorted({theme for _, theme in counts}))
    agencies = sorted({agency for agency, _ in counts})
    return HeatMap(names, [(agency, tuple(counts[agency, theme] for theme in names)) for agency in agencies])
