"""Report, public text and media strategy; who agreed to them; the strategy on paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from core.errors import NotPermitted
from panel import permissions as panel
from panel.permissions import Permission
from publications import forms, paper, permissions, workflow
from publications.choices import PARTNERS, Subject
from publications.standing import fingerprint_of, strategy_of
from publications.views.base import Visit, visit, visit_form
from publications.workflow.agreeing import comparable, text_of
from referrals.workflow.base import ChangedMeanwhileError, fingerprint


@visit_form
def text(here: Visit) -> HttpResponse:
    """Title, public text and addresses. Two windows do not overwrite each other."""
    here.check()
    saved = text_of(here.publication)
    form = forms.TextForm(here.data, initial=saved | {"seen": fingerprint(saved)})

    def save() -> None:
        with _two_windows(form):
            seen = form.cleaned_data["seen"]
            workflow.save_text(publication=here.publication, text=form.text(), seen=seen, by=here.user, now=here.now)

    words = "The public reads what stands here, once it is published. Partners who have approved it are asked again."
    return here.form(form, save, title="Public text and addresses", done="The public text is saved.", lead_text=words)


@contextmanager
def _two_windows(form: Any) -> Iterator[None]:
    """What another window saved meanwhile is said once; saving again replaces it."""
    try:
        yield
    except ChangedMeanwhileError as error:
        form.data = form.data.copy()
        form.data["seen"] = fingerprint(error.saved)
        raise


@visit
def report(here: Visit) -> HttpResponse:
    """The file that will be published."""
    here.check()
    form = forms.ReportForm(here.data, here.request.FILES or None)

    def save() -> None:
        file = form.cleaned_data["file"]
        workflow.keep_report(publication=here.publication, file=file, by=here.user, now=here.now)

    words = (
        "Partners who have approved another file are asked again. The disclosure check must be made of this very file."
    )
    return here.form(form, save, title="Report to be published", done="The file is kept.", lead_text=words)


@visit
def strategy(here: Visit, number: int | None = None) -> HttpResponse:
    """One version of the media strategy, the present one unless asked."""
    versions = list(here.publication.strategies.select_related("made_by"))
    shown = next((one for one in versions if number in (None, one.number)), None)
    if shown is None and number is not None:
        raise Http404
    fingerprint = fingerprint_of(here.publication, Subject.STRATEGY)
    agreed = {row.partner: row for row in here.publication.agreements.filter(fingerprint=fingerprint)}
    partners = [(partner.label, agreed.get(partner)) for partner in PARTNERS]
    may = here.publication.is_planned and panel.can(here.user, Permission.PREPARE_PUBLICATION, on=here.today)
    may_agree = here.publication.is_planned and permissions.can_agree(here.user, here.publication, on=here.today)
    return here.page(
        "strategy", strategy=shown, versions=versions, partners=partners, may_change=may, may_agree=may_agree,
        is_present=bool(shown and shown == versions[0]), leads=paper.leads_of(shown),
    )  # fmt: skip


@visit_form
def edit_strategy(here: Visit) -> HttpResponse:
    here.check()
    last = strategy_of(here.publication)
    saved = last.words if last else {}
    form = forms.StrategyForm(here.data, strategy=last, initial=saved | {"seen": fingerprint(comparable(saved))})

    def save() -> None:
        with _two_windows(form):
            seen = form.cleaned_data["seen"] if last else None
            made = form.made()
            workflow.save_strategy(publication=here.publication, strategy=made, seen=seen, by=here.user, now=here.now)

    name = "strategy-edit" if "more" in here.request.POST else "strategy"
    to = reverse(f"publications:{name}", args=[here.publication.reference])
    return here.form(form, save, title="Media strategy", done="The media strategy is saved.", to=to)


@visit
def strategy_pdf(here: Visit) -> HttpResponse:
    """The present strategy on paper (PDF/UA)."""
    present = strategy_of(here.publication)
    if present is None:
        raise Http404
    content = paper.pdf(paper.document(here.publication, present, here.today))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{here.publication.reference}-media-strategy.pdf"'
    return response


@visit_form
def agree(here: Visit, subject: str) -> HttpResponse:
    """A partner agrees to the words as they now stand; the page shows them or leads to them."""
    if subject not in Subject.values:
        raise Http404
    if not permissions.can_agree(here.user, here.publication, on=here.today):
        raise NotPermitted("Only a Safeguarding Partner, or who prepares the publication, records an agreement.")
    present = fingerprint_of(here.publication, subject)
    own = permissions.partners_of(here.user, on=here.today)
    everybody = panel.can(here.user, Permission.PREPARE_PUBLICATION, on=here.today)
    initial = {"fingerprint": present, "agreed_on": here.today, "name": str(here.user) if own else ""}
    initial |= {"partner": own[0]} if len(own) == 1 else {}
    form = forms.AgreeForm(here.data, partners=list(PARTNERS) if everybody else own, initial=initial)

    def save() -> None:
        facts = form.cleaned_data | {"subject": Subject(subject)}
        workflow.agree(publication=here.publication, by=here.user, now=here.now, **facts)

    title, done = f"Agree to: {Subject(subject).label.lower()}", "The agreement is recorded."
    return here.form(form, save, title=title, done=done, template="agree", subject=subject, present=present)
