from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.workflow import record
from overview.choices import Kind
from overview.search.finding import jump, search
from panel.permissions import Permission, can

LONGEST = 200  # characters of what is asked


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """?q=words, ?kind=<kind>, ?page=. A reference leads straight to its case. That somebody searched is kept, not for
    what: the words may be a child's name."""
    if not can(request.user, Permission.SEE_CASES):
        raise Http404
    today = timezone.localdate()
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    kind = request.GET.get("kind", "")
    page = {
        "asked": asked,
        "kind": kind if kind in Kind.values else "",
        "names": can(request.user, Permission.SEE_NAMES),
    }
    if asked:
        record("search.made", by=request.user)
        address = jump(request.user, asked, on=today)
        if address:
            return redirect(address)
        page["results"] = search(request.user, asked, on=today, kind=page["kind"], page=request.GET.get("page"))
    return render(request, "overview/search.html", page)
