"""The public page of published reports: no sign-in, no cookie, cacheable, no script, only what was published."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from publications import public
from publications.models import PublicPage

logger = logging.getLogger(__name__)
CACHE = "public, max-age=300"  # seconds: how long a page may outlive a report that is taken down
ROBOTS = "noarchive"  # search engines may list a published report, never keep a copy that outlives it: docs/adr
GONE = 410


def shown(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only while the public page is switched on; otherwise there is nothing here."""

    @login_not_required
    @require_safe
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        page = PublicPage.current()
        if not page.is_on:
            raise Http404
        return view(request, page, **kwargs)

    return inner


def _cached(request: HttpRequest, response: HttpResponse, etag: str, changed: Any = None) -> HttpResponse:
    for name, value in {"ETag": etag, "Cache-Control": CACHE, "X-Robots-Tag": ROBOTS}.items():
        response.headers[name] = value
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    answer: HttpResponse = get_conditional_response(
        request, etag=etag, last_modified=int(changed.timestamp()) if changed else None, response=response
    )
    return answer


@shown
def reports(request: HttpRequest, page: PublicPage) -> HttpResponse:
    """Everything that is out, newest first."""
    found = public.entries()
    response = render(request, "published/list.html", {"entries": found, "page": page})
    changed = max((one.changed_at for one in found), default=None)
    return _cached(
        request, response, public.list_etag(found, page), changed if not (page.intro or page.contact) else None
    )


def _entry(slug: str) -> public.Published:
    found = public.entry(slug)
    if found is None:
        raise Http404
    return found


@shown
def report(request: HttpRequest, page: PublicPage, slug: str) -> HttpResponse:
    """One report, or what is published instead; 410 where it was taken down."""
    found = _entry(slug)
    context = {"entry": found, "page": page}
    if found.is_gone:
        gone = render(request, "published/gone.html", context, status=GONE)
        for name, value in {"Cache-Control": CACHE, "X-Robots-Tag": "noindex, noarchive"}.items():
            gone.headers[name] = value
        return gone
    response = render(request, "published/report.html", context)
    return _cached(request, response, public.list_etag([found], page), found.changed_at)


@shown
def file(request: HttpRequest, page: PublicPage, slug: str) -> HttpResponse:
    """The published file. Bytes that are not those that were published are never served."""
    found = _entry(slug)
    if found.is_gone:
        return HttpResponse("This report was taken down.", status=GONE, content_type="text/plain")
    data = public.content(found)
    if data is None:
        if found.file_key:
            logger.error("The stored file of a published report is not what was published: run documents_verify.")
        raise Http404
    response = HttpResponse(data, content_type=found.file_type)
    response.headers["Content-Disposition"] = f'inline; filename="{found.slug}.{_extension(found)}"'
    return _cached(request, response, f'"{found.file_hash[:32]}"', found.changed_at)


def _extension(found: public.Published) -> str:
    return "pdf" if found.file_type == "application/pdf" else "docx"
