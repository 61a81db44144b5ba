"""The return as a task list: parts, no involvement, hand-over, sign-off, receipt."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from access_links.gate import take_held
from agency_returns import workflow
from agency_returns.choices import Part
from agency_returns.contents import contents_of
from agency_returns.forms import HandOverForm, PartForm, SubmitForm
from agency_returns.receipt import render
from agency_returns.states import UNANSWERED, Status
from agency_returns.views.door import Door
from agency_returns.workflow import PartConflictError
from core.errors import NotPermitted, WorkflowError
from referrals.forms.base import ConfirmForm
from referrals.views.base import attempt


def part_or_404(key: str) -> Part:
    if key not in Part.values:
        raise Http404
    return Part(key)


def tasks(door: Door) -> HttpResponse:
    """Whose records to search, and what to write."""
    contents = contents_of(door.request)
    return door.page(
        "tasks",
        contents=contents,
        version=contents.version,
        children=door.people.children,
        signed=list(door.request.versions.filter(signed_at__isnull=False)),
        is_unanswered=door.request.status in UNANSWERED,
        status=Status,
    )


def no_involvement(door: Door) -> HttpResponse:
    """One click, and one to confirm it."""
    form = ConfirmForm(door.http.POST if door.http.method == "POST" else None, submit="We were not involved")
    form.warning = False  # type: ignore[misc]

    def save() -> None:
        workflow.declare_no_involvement(request=door.request, by=door.actor, now=door.now)

    if attempt(form, save):
        return door.go()
    return door.page("no_involvement", form=form)


def part(door: Door, key: str) -> HttpResponse:
    return edit_part(door, part_or_404(key), lambda: door.go())


def edit_part(door, key: Part, done, **context) -> HttpResponse:  # type: ignore[no-untyped-def] # shared by two doors
    """One part; what another window saved meanwhile is shown, and nothing that was typed is lost."""
    version = door.version
    saved = version.parts.filter(key=key).first() if version else None
    held = take_held(door.http)
    form = PartForm(door.http.POST or None, key=key, saved=saved, held=held)
    if form.is_valid():
        data = form.cleaned_data
        try:
            workflow.save_part(
                request=door.request, key=key, text=data["text"], finding=data.get("finding", ""),
                revision=data["revision"] or 0, by=door.actor, now=door.now,
            )  # fmt: skip
            return done()
        except PartConflictError as error:
            form.renew(error.saved.revision)
            form.add_error(None, str(error))
            context["theirs"] = error.saved
        except NotPermitted:
            raise
        except WorkflowError as error:
            form.add_error(None, str(error))
    return door.page("part", form=form, part=key, saved=saved, held=held, **context)


def hand_over(door: Door, key: str) -> HttpResponse:
    chosen = part_or_404(key)
    form = HandOverForm(door.http.POST or None)

    def save() -> None:
        workflow.hand_over(request=door.request, key=chosen, **form.cleaned_data, by=door.actor, now=door.now)

    if attempt(form, save):
        return door.go(message=f"{form.cleaned_data['name']} gets a link to “{chosen.label}”.")
    running = door.request.hand_overs.filter(key=chosen, ended_at__isnull=True).first()
    return door.page("hand_over", form=form, part=chosen, running=running)


def end_hand_over(door: Door, key: str) -> HttpResponse:
    running = get_object_or_404(door.request.hand_overs, key=part_or_404(key), ended_at__isnull=True)
    form = ConfirmForm(door.http.POST if door.http.method == "POST" else None, submit="Take it back")

    def save() -> None:
        workflow.end_hand_over(hand_over=running, by=door.actor, now=door.now)

    if attempt(form, save):
        return door.go(message=f"The link of {running.name} has ended. What they wrote is kept.")
    text = f"The link of {running.name} ends at once. What they wrote is kept."
    return door.page("form", form=form, title=f"Take “{running.get_key_display()}” back?", lead_text=text)


def check(door: Door) -> HttpResponse:
    """Everything on one page, then to the senior lead."""
    contents = contents_of(door.request)
    if contents.version is None or not contents.version.is_open:
        return door.go()
    form = SubmitForm(door.http.POST or None)

    def save() -> None:
        workflow.submit(request=door.request, **form.cleaned_data, by=door.actor, now=door.now)

    if not contents.missing and attempt(form, save):
        return door.go()
    return door.page("check", form=form, contents=contents, version=contents.version)


def _confirmed(door: Door, change, *, title: str, text: str, submit: str) -> HttpResponse:  # type: ignore[no-untyped-def]
    form = ConfirmForm(door.http.POST if door.http.method == "POST" else None, submit=submit)
    form.warning = False  # type: ignore[misc]
    if attempt(form, lambda: change(request=door.request, by=door.actor, now=door.now)):
        return door.go()
    return door.page("form", form=form, title=title, lead_text=text)


def take_back(door: Door) -> HttpResponse:
    text = "The senior lead’s link ends, and you can change the return. Submit it again afterwards."
    return _confirmed(door, workflow.take_back, title="Take the return back?", text=text, submit="Take the return back")


def add(door: Door) -> HttpResponse:
    text = "What you sent stays as it was signed off. You begin a new version from its text and chronology."
    return _confirmed(door, workflow.add_more, title="Add to this return?", text=text, submit="Begin a new version")


def receipt(door: Door, number: int) -> HttpResponse:
    """The receipt of one signed version, as PDF."""
    version = get_object_or_404(
        door.request.versions.select_related("request__referral", "request__agency"),
        version=number,
        signed_at__isnull=False,
    )
    return receipt_file(version)


def receipt_file(version) -> HttpResponse:  # type: ignore[no-untyped-def]
    response = HttpResponse(render(version), content_type="application/pdf")
    name = f"Receipt-{version.request.referral.reference}-version-{version.version}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
