from django.conf import settings
from django.http import HttpRequest

from panel.models import Partnership


def partnership(request: HttpRequest) -> dict[str, object]:
    """For every page: the partnership's name, whether this is the demo, how long an idle session lasts (seconds)."""
    return {
        "partnership": Partnership.current(),
        "demo": settings.DEMO,
        "second_step_required": settings.MFA_REQUIRED,
        "session_seconds": settings.SESSION_COOKIE_AGE,
    }
