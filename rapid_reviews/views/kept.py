"""`@keeps_typed` for views that take a Visit."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from panel.typed import keeps_typed
from rapid_reviews.views.base import Visit


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Stand it below `@visit`; the form is made from `here.request.POST or None`."""

    @functools.wraps(view)
    def inner(here: Visit, **kwargs: Any) -> HttpResponse:
        def plain(request: HttpRequest, **more: Any) -> HttpResponse:
            return view(here, **more)

        return keeps_typed(plain)(here.request, **kwargs)

    inner.keeps_typed = True  # type: ignore[attr-defined] # so that the middleware knows the address
    return inner
