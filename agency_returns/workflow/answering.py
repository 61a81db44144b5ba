"""The agency's side: opened, no involvement, part by part, chronology, and a part in a colleague's hands."""

from datetime import datetime

from access_links import workflow as access
from access_links.models import AccessLink
from agency_returns import emails, links
from agency_returns.actors import Actor
from agency_returns.choices import ISSUES, Finding, Part
from agency_returns.models import AgencyReturn, HandOver, InformationRequest, ReturnPart
from agency_returns.states import UNANSWERED, Status
from agency_returns.workflow.asking import check_address
from agency_returns.workflow.base import draft_of, local_day, lock, move, note, open_draft, take, words
from core.errors import WorkflowError
from core.guard import workflow


class PartConflictError(WorkflowError):
    """Somebody saved the part after the page was opened. `saved` is what stands now."""

    def __init__(self, saved: ReturnPart) -> None:
        super().__init__(f"{saved.saved_by} saved this part after you opened it. Compare both texts, then save again.")
        self.saved = saved


@workflow
def link_opened(link: AccessLink, now: datetime) -> None:
    """Somebody gave the code of a request's link for the first time. Called by access_links."""
    found = links.request_of(link)
    if found is None:
        return
    request = lock(found)
    if request.status == Status.ASKED:
        move(request, "open", opened_at=now)
        note("opened", by=Actor(request.lead_name, link.address), request=request)


@workflow
def begin(*, request: InformationRequest, by: Actor, now: datetime) -> AgencyReturn:
    """The version to write in: made with the first word. "No involvement" is taken back by it."""
    request = take(request, by=by, now=now)
    version = draft_of(request)
    if version is not None:
        return version
    if request.status == Status.RETURNED:
        raise WorkflowError("This return was signed off. Choose “Add to this return” to write more.")
    if request.status == Status.NO_INVOLVEMENT:
        move(request, "answer_after_all", no_involvement_at=None, no_involvement_by="", started_at=now)
    else:
        move(request, "start", started_at=now)
    version = AgencyReturn(
        request=request, version=request.versions.count() + 1, begun_by=by.label(request.agency), begun_at=now
    )
    version.save()
    note("started", by=by, request=request)
    return version


@workflow
def save_part(
    *,
    request: InformationRequest,
    key: Part | str,
    text: str,
    by: Actor,
    now: datetime,
    finding: Finding | str = "",
    revision: int = 0,
) -> ReturnPart:
    """Save one part as far as it is written. `revision` is the one that the page had shown: PartConflictError where
    somebody saved since. The same again is quiet."""
    key = Part(key)
    begin(request=request, by=by, now=now)
    request = lock(request)
    version = open_draft(request)
    finding = Finding(finding).value if finding and key in ISSUES else ""
    part: ReturnPart | None = version.parts.select_for_update(of=("self",)).filter(key=key).first()
    text = text.strip()
    if part is not None and (part.text, part.finding) == (text, finding):
        return part
    if part is not None and part.revision != revision:
        raise PartConflictError(part)
    if part is None:
        part = ReturnPart(version=version, key=key)
    part.text, part.finding, part.revision = text, finding, part.revision + 1
    part.saved_by, part.saved_at = by.label(request.agency), now
    part.save()
    note("part_saved", by=by, request=request, part=key.label)
    return part


@workflow
def declare_no_involvement(*, request: InformationRequest, by: Actor, now: datetime) -> InformationRequest:
    """The agency knew none of the children. Said already: quiet."""
    request = take(request, by=by, now=now)
    if request.status == Status.NO_INVOLVEMENT:
        return request
    if request.status in UNANSWERED and request.versions.filter(signed_at__isnull=False).exists():
        raise WorkflowError("Your agency has returned information already, so it was involved.")
    move(request, "declare_no_involvement", no_involvement_at=now, no_involvement_by=by.label(request.agency))
    note("no_involvement", by=by, request=request)
    emails.queue_arrived(request, about=f"{request.pk}-none-{now.isoformat()}", now=now)
    return request


@workflow
def explain_no_rows(*, request: InformationRequest, reason: str, by: Actor, now: datetime) -> AgencyReturn:
    """There is no chronology to send, and why; an empty reason takes that back."""
    begin(request=request, by=by, now=now)
    version = open_draft(lock(request))
    if version.no_rows_reason != reason.strip():
        version.no_rows_reason = reason.strip()
        version.save(update_fields=["no_rows_reason"])
        note("no_rows", by=by, request=version.request)
    return version


@workflow
def hand_over(
    *, request: InformationRequest, key: Part | str, name: str, address: str, by: Actor, now: datetime
) -> HandOver:
    """Let a colleague write one part, by a link of their own to that part alone. The same colleague again: quiet."""
    key = Part(key)
    begin(request=request, by=by, now=now)
    request = lock(request)
    open_draft(request)
    name, address = words(name, "Enter your colleague’s name."), words(address, "Enter their work address.").lower()
    check_address(request.referral, address, on=local_day(now))
    running: HandOver | None = request.hand_overs.filter(key=key, ended_at__isnull=True).first()
    if running is not None and running.address == address:
        return running
    if running is not None:
        _end(running, by=by, now=now)
    made = HandOver(
        request=request, key=key, name=name, address=address, handed_by=by.label(request.agency), handed_at=now
    )
    made.save()
    note("handed_over", by=by, request=request, part=key.label, colleague=name)
    emails.queue_handed_over(made, now=now)
    return made


def _end(hand_over: HandOver, *, by: Actor, now: datetime) -> None:
    hand_over.ended_at = now
    hand_over.save(update_fields=["ended_at"])
    access.close_all(subject=hand_over.subject, by=by.user, now=now)


@workflow
def end_hand_over(*, hand_over: HandOver, by: Actor, now: datetime) -> HandOver:
    """Take a part back into one's own hands; the colleague's link ends. Ended already: quiet."""
    request = take(hand_over.request, by=by, now=now)
    hand_over = request.hand_overs.select_for_update(of=("self",)).get(pk=hand_over.pk)
    if hand_over.ended_at is None:
        _end(hand_over, by=by, now=now)
        note("hand_over_ended", by=by, request=request, part=hand_over.get_key_display(), colleague=hand_over.name)
    return hand_over


@workflow
def finish_hand_over(*, hand_over: HandOver, now: datetime) -> HandOver:
    """The colleague says that their part is ready; it can still be changed until the return is submitted."""
    if hand_over.done_at is None:
        hand_over.done_at = now
        hand_over.save(update_fields=["done_at"])
        by = Actor(hand_over.name, hand_over.address)
        note("hand_over_done", by=by, request=hand_over.request, part=hand_over.get_key_display())
    return hand_over
