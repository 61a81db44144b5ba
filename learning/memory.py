"""What the partnership remembers of a theme: "Third case in two years about information sharing at hospital discharge".

A case counts where its rapid review shows the theme or one of its learning points does; where a practice area is asked
for, points alone can say it. Cases behind a wall are not counted.
"""

from datetime import date
from typing import Any

from learning.models import LearningPoint, PracticeArea
from rapid_reviews.memory import looking_back, ordinal
from rapid_reviews.models import ReviewTheme, Theme
from referrals.models import Referral


def _area(area: PracticeArea | None) -> str:
    return f" at {area.name[:1].lower()}{area.name[1:]}" if area else ""


def sentence(number: int, theme: Theme, area: PracticeArea | None = None) -> str:
    """ "Third case in two years about information sharing at hospital discharge."."""
    return f"{ordinal(number)} case in two years about {theme.name[:1].lower()}{theme.name[1:]}{_area(area)}."


def cases_with(theme: Theme, area: PracticeArea | None, user: Any, day: date) -> set[int]:
    """The ids of the cases of the two years up to `day` that show `theme` (in `area`). One or two queries."""
    since = looking_back(day)
    points = LearningPoint.objects.visible_to(user).in_use().filter(referral__isnull=False, themes=theme)
    points = points.filter(learned_on__range=(since, day))
    if area is not None:
        return set(points.filter(practice_area=area).values_list("referral", flat=True))
    visible = Referral.objects.visible_to(user).recorded().values("pk")
    reviews = ReviewTheme.objects.filter(theme=theme, review__referral__in=visible)
    reviews = reviews.filter(review__opened_at__date__range=(since, day))
    return set(points.values_list("referral", flat=True)) | set(reviews.values_list("review__referral", flat=True))


def remembered(point: LearningPoint, user: Any) -> list[str]:
    """One sentence for each theme of a case's point that another case shows too: in its area first, else anywhere."""
    if point.referral_id is None:
        return []
    found = []
    for theme in point.themes.all():
        for area in dict.fromkeys([point.practice_area, None]):
            others = cases_with(theme, area, user, point.learned_on) - {point.referral_id}
            if others:
                found.append((len(others), sentence(len(others) + 1, theme, area)))
                break
    return [said for _, said in sorted(found, key=lambda pair: (-pair[0], pair[1]))]
