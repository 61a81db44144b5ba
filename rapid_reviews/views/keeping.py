"""`keeps_typed` for views that take a Visit."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from panel.typed import keeps_typed
from rapid_reviews.views.base import Visit

View = Callable[..., HttpResponse]


def keeps_typed_here(view: View) -> View:
    """Below `visit`: half-written text survives the end of a session (panel/typed.py)."""

    @functools.wraps(view)
    def inner(here: Visit, **kwargs: Any) -> HttpResponse:
        def with_request(request: HttpRequest) -> HttpResponse:
            return view(here, **kwargs)

        return keeps_typed(with_request)(here.request)

    inner.keeps_typed = True  # type: ignore[attr-defined] # found on the outermost view: see panel.typed.is_keeping
    return inner
