"""The disclosure check: what it found, what may stay, and the report checked again."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from audit.workflow import record
from panel import permissions as panel
from panel.models import Partnership
from panel.permissions import Permission
from publications.disclosure import gate, permissions
from publications.disclosure.page import Page
from publications.disclosure.page import paper as paper_of
from publications.forms.disclosure import CheckForm, DecideForm, ProposeForm, ReopenForm
from publications.models import DisclosureFinding
from publications.views.base import Visit, visit, visit_form
from publications.workflow import disclosure as workflow


def _page(here: Visit, number: int | None = None, asked: Any = None) -> Page:
    """The check with this number, the newest unless asked. Whoever reads no commissioned reviews is refused."""
    panel.check(here.user, Permission.SEE_PRACTICE_REVIEWS, on=here.today)
    publication = here.publication
    check = gate.newest(publication) if number is None else publication.disclosure_checks.filter(number=number).first()
    if check is None and number is not None:
        raise Http404
    return Page(publication, check, here.user, on=here.today, asked=asked or {})


def _home(here: Visit) -> str:
    return reverse("publications:disclosure", args=[here.publication.reference])


@visit
def check(here: Visit, number: int | None = None) -> HttpResponse:
    """One check with its findings by kind."""
    page = _page(here, number, here.request.GET)
    return here.page("disclosure/check", page=page, check=page.check)


@visit_form
def ask(here: Visit) -> HttpResponse:
    """Have the report and the public text checked, with a new file or as they are."""
    permissions.check_prepare(here.user, here.publication, on=here.today)
    publication = here.publication
    has_words = publication.report is not None or bool(gate.public_text(publication))
    form = CheckForm(here.data, here.request.FILES or None, has_words=has_words)

    def save() -> None:
        workflow.ask_check(publication=publication, file=form.cleaned_data["file"], by=here.user, now=here.now)

    title = "Check for disclosure"
    return here.form(
        form, save, title=title, done="The report is being checked.", to=_home(here), template="disclosure/ask",
        back=_home(here),
    )  # fmt: skip


def _chosen(here: Visit) -> list[DisclosureFinding]:
    """The findings whose numbers stand in the address, of the newest check."""
    permissions.check_prepare(here.user, here.publication, on=here.today)
    last = gate.newest(here.publication)
    numbers = [int(text) for text in here.request.GET.getlist("finding") if text.isascii() and text.isdigit()]
    return list(last.findings.filter(pk__in=numbers[:1000]).order_by("pk")) if last else []


def _step(here: Visit, form: Any, save: Callable[[], Any], *, title: str, done: str) -> HttpResponse:
    chosen = _chosen(here)
    return here.form(
        form, save, title=title, done=done, to=_home(here), template="disclosure/step", chosen=chosen, back=_home(here)
    )


@visit_form
def propose(here: Visit) -> HttpResponse:
    """Say why findings may stay."""
    form, chosen = ProposeForm(here.data), _chosen(here)

    def save() -> None:
        reason = form.cleaned_data["reason"]
        workflow.propose(publication=here.publication, findings=chosen, reason=reason, by=here.user, now=here.now)

    return _step(here, form, save, title="Propose to accept", done="A second person can accept it now.")


@visit_form
def decide(here: Visit) -> HttpResponse:
    """Accept or refuse, as second person."""
    form, chosen = DecideForm(here.data), _chosen(here)

    def save() -> None:
        about: dict[str, Any] = {"publication": here.publication, "findings": chosen, "by": here.user, "now": here.now}
        if form.cleaned_data["answer"] == "accept":
            workflow.accept(**about)
        else:
            workflow.refuse(reason=form.cleaned_data["reason"], **about)

    return _step(here, form, save, title="Accept or refuse as second person", done="The decision is saved.")


@visit_form
def reopen(here: Visit) -> HttpResponse:
    """Take acceptances back."""
    form, chosen = ReopenForm(here.data), _chosen(here)

    def save() -> None:
        reason = form.cleaned_data["reason"]
        workflow.reopen(publication=here.publication, findings=chosen, reason=reason, by=here.user, now=here.now)

    return _step(here, form, save, title="Take the acceptance back", done="It stops publication again.")


@require_POST
@visit
def again(here: Visit) -> HttpResponse:
    """Make a check that broke off once more."""
    last = gate.newest(here.publication)
    if last is None:
        raise Http404
    return here.press(
        lambda: workflow.try_again(check=last, by=here.user, now=here.now), "The report is being checked.",
        to=_home(here),
    )  # fmt: skip


@visit
def paper(here: Visit, number: int) -> HttpResponse:
    """The list of findings on paper, with names. Audited."""
    from publications.disclosure import printing  # noqa: PLC0415 - WeasyPrint: a second and 46 MB

    permissions.check_prepare(here.user, here.publication, on=here.today)
    page = _page(here, number, QueryDict())
    content = printing.pdf(paper_of(page, partnership=Partnership.current().name, today=here.today))
    publication = here.publication
    about = {"reference": publication.case_reference, "review": publication.reference}
    record("disclosure.printed", by=here.user, obj=publication, **about)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{publication.reference}-disclosure-{number}.pdf"'
    return response
