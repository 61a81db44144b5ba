"""Half-written forms survive the end of a session: `@keeps_typed` above a view is all that a form needs.

Three ways in: the page's script sends what is being typed; without a script, a POST that comes after the session ended
is kept before the sign-in page is shown; and so is one whose CSRF token a new sign-in has made old. One way out: the
next GET of the page by the same person gives it back, as `request.POST` of type `core.forms.Restored`.
"""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from core.forms import Restored
from panel.models import KeptForm, User
from panel.workflow import forget_typed

P = ParamSpec("P")
COOKIE = "__Host-keeper" if settings.PRODUCTION else "cspr_keeper"
SALT, COOKIE_LIFE = "panel.typed", 2 * 24 * 3600  # seconds
SAVED = range(300, 400)


def keeps_typed(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the view's form back what was typed and not saved; forget it once a POST was answered with a redirect.

    To stand below what decides whether the person may see the page. The view must make its form from
    `request.POST or None` and save only where `request.method == "POST"`.
    """

    @functools.wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person: Any = request.user
        request.keeps_typed = True  # type: ignore[attr-defined] # for templates/includes/timeout.html
        if request.method == "GET":
            _give_back(request, person)
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code in SAVED:
            forget_typed(person=person, path=request.path)
        return response

    inner.keeps_typed = True  # type: ignore[attr-defined]
    return inner


def _give_back(request: HttpRequest, person: User) -> None:
    kept = KeptForm.objects.of(person, request.path).first()
    if kept is not None:
        request.POST = Restored(kept.typed)  # type: ignore[misc]
        request.restored = kept  # type: ignore[attr-defined] # for templates/includes/restored.html


def is_keeping(path: str) -> bool:
    """Whether the page at `path` is one whose text is kept."""
    try:
        return bool(getattr(resolve(path).func, "keeps_typed", False))
    except Resolver404:
        return False


def seal(person: User) -> str:
    """Who was last signed in here, signed. It opens nothing: text that comes later is kept for this person alone."""
    return signing.dumps(person.pk, salt=SALT)


def remembered(request: HttpRequest) -> int | None:
    """The id in this browser's cookie, if the seal is ours and young enough. Asks no database."""
    try:
        pk: int = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=COOKIE_LIFE)
    except signing.BadSignature:
        return None
    return pk


def last_here(request: HttpRequest) -> User | None:
    """The active person whose session ended in this browser."""
    return User.objects.filter(pk=remembered(request), is_active=True).first()


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this, so that strangers cannot put words into a form."""
    if request.headers.get("Sec-Fetch-Site"):
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
