"""The morning mail: short, nameless, one for each person and day."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from core.letters import Letter
from overview.digest import Morning
from panel.models import Partnership
from referrals.emails import MARKING

DIGEST = "morning-digest"

CATALOGUE = (
    (
        DIGEST,
        "The morning mail: what needs you",
        "Everybody with a role whom something waits for; for the chair once a week also how the time limits stand",
        "At 07:30 on working days",
    ),
)


def digest(morning: Morning) -> Letter:
    """The letter of a morning that has something to say."""
    text = render_to_string(
        "emails/overview/digest.txt",
        {
            "morning": morning,
            "partnership": Partnership.current(),
            "site": settings.SITE_URL,
            "home": settings.SITE_URL + reverse("overview:home"),
            "board": settings.SITE_URL + reverse("overview:board"),
        },
    )
    return Letter(kind=DIGEST, subject=f"{MARKING} {_subject(morning)}", text=text)


def _subject(morning: Morning) -> str:
    """The number that matters most: late, then due today, then how much there is."""
    total = len(morning.needs)
    if morning.late:
        words = f"{len(morning.late)} late of {_things(total)} for you"
    elif morning.due_today:
        words = f"{len(morning.due_today)} due today of {_things(total)} for you"
    elif total:
        words = f"{_things(total)} for you"
    else:
        words = "the Panel’s week"
    return f"{words[0].upper()}{words[1:]}"


def _things(number: int) -> str:
    return f"{number} thing{'' if number == 1 else 's'}"
