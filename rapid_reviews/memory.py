"""What the partnership remembers of a theme: "Third case in two years with the theme information sharing"."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from rapid_reviews.models import RapidReview, ReviewTheme, Theme

YEARS = 2  # as partnerships look back when they weigh criterion (b); local practice
WORDS = ("", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def ordinal(number: int) -> str:
    """ "Third", "21st"."""
    if number < len(WORDS):
        return WORDS[number]
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def looking_back(day: date) -> date:
    """The first day of the two years that end on `day`."""
    return day - relativedelta(years=YEARS)


def sentence(number: int, about: str) -> str:
    """ "Third case in two years with the theme information sharing."."""
    return f"{ordinal(number)} case in two years with the theme {about[:1].lower()}{about[1:]}."


def earlier_counts(review: RapidReview, themes: Iterable[Theme], user: Any) -> dict[int, int]:
    """By theme id: the other cases of the two years before this one that show it, of those that exist for `user`.

    One query. A case behind a wall is not counted.
    """
    opened = timezone.localdate(review.opened_at)
    visible = RapidReview.objects.visible_to(user).exclude(pk=review.pk)
    visible = visible.filter(opened_at__lte=review.opened_at, opened_at__date__gte=looking_back(opened))
    found: dict[int, int] = {}
    rows = ReviewTheme.objects.filter(theme__in=[theme.pk for theme in themes], review__in=visible.values("pk"))
    for theme in rows.values_list("theme", flat=True):
        found[theme] = found.get(theme, 0) + 1
    return found


def remembered(review: RapidReview, themes: Iterable[Theme], user: Any) -> list[str]:
    """One sentence for each theme that earlier cases show too, the most frequent first."""
    themes = list(themes)
    counts = earlier_counts(review, themes, user)
    known = sorted((theme for theme in themes if theme.pk in counts), key=lambda theme: (-counts[theme.pk], theme.name))
    return [sentence(counts[theme.pk] + 1, theme.name) for theme in known]
