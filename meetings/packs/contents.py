"""What the papers of a meeting say to one reader, with the walls round that reader applied (reads only).

Everything is asked for as that reader: items, actions, documents and minutes that do not exist for them are not there,
and the items are numbered without a gap. Children are named by pseudonym. Documents are listed, not copied: they are
read where their own rights hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.models import Action
from actions.rag import standing
from actions.states import Status as ActionStatus
from chronology.names import People
from documents.models import Document
from meetings.choices import ItemKind
from meetings.models import AgendaItem, MinuteEntry, Minutes, TermsReview
from meetings.states import MinutesStatus
from panel.choices import MeetingKind, MeetingStatus
from panel.models import PanelMeeting, Partnership, User
from rapid_reviews.choices import Naming
from rapid_reviews.contents import contents_of
from rapid_reviews.models import RapidReview
from rapid_reviews.report.assemble import assemble
from referrals.documents import key_of
from referrals.models import Referral

REVIEW_RELATED = ("referral", "clock")


@dataclass(frozen=True)
class Paper:
    """One item with what there is to read: `chapters` as the report of a rapid review has them."""

    number: int
    item: AgendaItem
    facts: Sequence[tuple[str, str]] = ()
    chapters: Sequence[dict[str, Any]] = ()
    actions: Sequence[tuple[Action, Any]] = ()
    documents: Sequence[Document] = ()
    entries: Sequence[MinuteEntry] = ()
    words: str = ""


@dataclass
class Papers:
    meeting: PanelMeeting
    person: User
    partnership: str
    papers: list[Paper] = field(default_factory=list)
    cases: list[Referral] = field(default_factory=list)


def papers_for(meeting: PanelMeeting, person: User, *, on: date) -> Papers:
    """The papers as they stand on the day `on` for `person`; `cases` are those they speak of."""
    found = Papers(meeting, person, Partnership.current().name)
    items = AgendaItem.objects.visible_to(person).standing().filter(meeting=meeting).select_related("referral")
    for number, item in enumerate(items, start=1):
        found.papers.append(_paper(number, item, person, on))
    found.cases = _cases(found)
    return found


def _paper(number: int, item: AgendaItem, person: User, on: date) -> Paper:
    words = People(item.referral, with_names=False).text(item.paper) if item.referral else item.paper
    more: dict[str, Any] = {"words": words}
    if item.kind == ItemKind.MINUTES:
        more["entries"] = last_minutes(item.meeting, person)
    elif item.kind == ItemKind.ACTIONS:
        more["actions"] = _actions(item, person, on)
    elif item.kind == ItemKind.TERMS:
        last = TermsReview.objects.first()
        more["facts"] = [("Last reviewed", say(last.reviewed_on)), ("Outcome", last.outcome)] if last else []
    if item.kind in (ItemKind.REFERRAL, ItemKind.REVIEW) and item.referral is not None:
        more |= {"facts": _facts(item.referral), "documents": _documents(item.referral, person)}
        more["chapters"] = _review(item.referral, person, on)
    return Paper(number, item, **more)


def say(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "Not known"


def _facts(case: Referral) -> list[tuple[str, str]]:
    """The case in a few lines, without a name."""
    people = People(case, with_names=False)
    return [
        ("Reference", case.reference),
        ("Kind", case.get_kind_display()),
        ("Where it stands", case.get_status_display()),
        ("Children", ", ".join(str(child) for child in people.children) or "None recorded"),
        ("Incident", say(case.incident_on)),
        ("Circumstances", people.text(case.circumstances) or "Not recorded"),
    ]


def _review(case: Referral, person: User, on: date) -> list[dict[str, Any]]:
    """The rapid review as its report says it today, pseudonymised."""
    rows = RapidReview.objects.visible_to(person).filter(referral=case)
    review = rows.select_related(*REVIEW_RELATED).first()
    if review is None:
        return []
    data = assemble(contents_of(review), naming=Naming.PSEUDONYMISED, is_draft=True, as_at=on)
    chapters: list[dict[str, Any]] = data["chapters"]
    return chapters


def _actions(item: AgendaItem, person: User, on: date) -> list[tuple[Action, Any]]:
    rows = Action.objects.visible_to(person, on=on).filter(referral=item.referral_id).select_related("owner", "lead")
    late, complete = rows.late_on(on), rows.filter(status=ActionStatus.COMPLETE)
    return [(row, standing(row, on)) for row in (late | complete).distinct().order_by("due_on", "reference")]


def _documents(case: Referral, person: User) -> list[Document]:
    rows = Document.objects.visible_to(person).of(key_of(case)).current().downloadable().select_related("kind")
    return list(rows.order_by("number"))


def waiting_minutes(meeting: PanelMeeting) -> Minutes | None:
    """Those of the last meeting of the same body that wait for approval."""
    earlier = PanelMeeting.objects.filter(on__lt=meeting.on, status=MeetingStatus.HELD)
    is_executive = meeting.kind == MeetingKind.EXECUTIVE
    rows = earlier.filter(kind=MeetingKind.EXECUTIVE) if is_executive else earlier.of_panel()
    waiting = Minutes.objects.filter(meeting__in=rows, status=MinutesStatus.CIRCULATED).select_related("meeting")
    return waiting.order_by("-meeting__on").first()


def last_minutes(meeting: PanelMeeting, person: User) -> list[MinuteEntry]:
    """What of them exists for `person`."""
    waiting = waiting_minutes(meeting)
    if waiting is None:
        return []
    return list(MinuteEntry.objects.visible_to(person).filter(minutes=waiting).select_related("item__referral"))


def _cases(found: Papers) -> list[Referral]:
    """Every case that the papers speak of: of an item, or of an entry of the last minutes."""
    cases = {paper.item.referral for paper in found.papers if paper.item.referral}
    for paper in found.papers:
        cases |= {entry.item.referral for entry in paper.entries if entry.item and entry.item.referral}
    return sorted(cases, key=lambda case: case.pk)
