from django.conf import settings
from django.http import HttpRequest

from panel.models import Partnership


def partnership(request: HttpRequest) -> dict[str, object]:
    """The partnership's name for every page, and whether this is the demo."""
    return {"partnership": Partnership.current(), "demo": settings.DEMO}
