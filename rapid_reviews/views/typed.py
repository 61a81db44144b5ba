"""Pages with a form for one verb: half-written text is kept, and what comes too late is not thrown away."""

import functools
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from core.errors import InvalidTransition
from panel.typed import keeps_typed
from rapid_reviews import permissions
from rapid_reviews.states import TABLE
from rapid_reviews.views.base import Visit, visit

View = Callable[..., HttpResponse]


def keeps(view: View) -> View:
    """`keeps_typed` for a view that takes a Visit; to stand below `@visit`."""

    @functools.wraps(view)
    def inner(here: Visit, **kwargs: str) -> HttpResponse:
        def page(request: HttpRequest) -> HttpResponse:
            return view(here, **kwargs)

        return keeps_typed(page)(here.request)

    inner.keeps_typed = True  # type: ignore[attr-defined] # for panel.typed.is_keeping
    return inner


def form_for(verb: str) -> Callable[[View], View]:
    """Call the view with a Visit, as `visit(verb)` does, and keep what is typed.

    Not now: a GET goes back with the sentence; a POST goes on to the workflow, which is quiet where it was done
    already and else refuses with a sentence on the form, so that a second tab loses nothing.
    """

    def decorate(view: View) -> View:
        keeping = keeps(view)

        @functools.wraps(keeping)
        def inner(here: Visit, **kwargs: str) -> HttpResponse:
            permissions.check_person(here.request.user, here.review, verb, on=here.today)
            if here.request.method != "POST":
                try:
                    TABLE.check(here.review.status, verb)
                except InvalidTransition as error:
                    messages.error(here.request, str(error))
                    return here.home()
            return keeping(here, **kwargs)

        return visit()(inner)

    return decorate
