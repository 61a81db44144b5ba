from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from deadlines import quiet


@register
def check_mail_hours(**kwargs: Any) -> Iterator[CheckMessage]:
    """Hours that cannot be read would stop every reminder."""
    try:
        hours = quiet.hours()
    except ValueError:
        hours = None
        is_good = False
    else:
        is_good = hours is None or hours[0] < hours[1]
    if not is_good:
        yield Error(
            f"MAIL_HOURS is {settings.MAIL_HOURS!r}; set it to two times, as in 08:00-18:00, or to always.",
            id="deadlines.E001",
        )
