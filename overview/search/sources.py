"""What each kind says to the search, and which of its rows somebody sees: each by its model's own `visible_to`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from actions.models import Action
from chronology.models import Row
from chronology.timeline import Cursor
from documents.models import Document
from overview.choices import ONLY_WITH_NAMES, Kind
from overview.models import DocumentText
from panel.models import PanelMeeting
from panel.permissions import Permission, can
from referrals.choices import Precision
from referrals.models import Child, Referral, RelatedPerson

FORMATS = {Precision.MONTH: "%B %Y", Precision.YEAR: "%Y"}


@dataclass(frozen=True)
class Found:
    """One thing to index. `title` is neutral: it is shown to people who see pseudonyms only."""

    kind: Kind
    object_id: int
    reference: str
    title: str
    url: str
    text: str
    on: date | None = None

    @property
    def has_names_only(self) -> bool:
        return self.kind in ONLY_WITH_NAMES


def _joined(parts: Iterable[Any]) -> str:
    return "\n".join(str(part).strip() for part in parts if part)


def of_case(referral: Referral) -> Iterator[Found]:
    """Everything that can be found in one recorded case."""
    yield _case(referral)
    yield from _people(referral)
    actions = list(Action.objects.filter(referral=referral).select_related("owner").prefetch_related("notes"))
    yield from map(_action, actions)
    references = [referral.reference, *(action.reference for action in actions)]
    yield from _documents(Q(reference__in=references))
    yield from map(_row, Row.objects.filter(referral=referral).merged().select_related("agency", "referral"))


def of_action(action: Action) -> Iterator[Found]:
    """An action that belongs to no case, with its evidence."""
    yield _action(action)
    yield from _documents(Q(reference=action.reference))


def of_meetings() -> Iterator[Found]:
    return map(_meeting, PanelMeeting.objects.all())


def _case(referral: Referral) -> Found:
    parts = [
        referral.reference, referral.get_kind_display(), referral.get_nature_display(),
        referral.get_place_type_display(), referral.la_area, referral.circumstances, referral.harm_other,
        *referral.suspected_harms.select_related("harm_type"), referral.media_details, referral.legal_details,
        referral.sin_reference, referral.closing_reason, *referral.children.all(), *referral.people.all(),
    ]  # fmt: skip
    for involved in referral.involved_agencies.select_related("agency"):
        parts += [involved.agency, involved.involvement]
    title = f"{referral.reference}, {referral.get_kind_display()}"
    url = referral.get_absolute_url()
    return Found(Kind.CASE, referral.pk, referral.reference, title, url, _joined(parts), referral.incident_on)


def _people(referral: Referral) -> Iterator[Found]:
    url = reverse("referrals:referral-detail", args=[referral.reference])
    for kind, people in ((Kind.CHILD, referral.children.all()), (Kind.PERSON, referral.people.all())):
        for person in people:
            text = _joined([person.name, person.other_names, str(person)])
            yield Found(kind, person.pk, referral.reference, f"{person}, {referral.reference}", url, text)


def _action(action: Action) -> Found:
    parts = [
        action.reference, action.earlier_reference, action.text, action.recommendation, action.success_measure,
        action.owner, action.lead_words, action.source_words, action.at_risk_reason, action.impact_text,
        *(note.text for note in action.notes.all()),
    ]  # fmt: skip
    title = f"{action.reference}, {action.owner}"
    return Found(
        Kind.ACTION, action.pk, action.case_reference, title, action.get_absolute_url(), _joined(parts), action.due_on
    )


def _documents(which: Q) -> Iterator[Found]:
    """The current versions that can be downloaded, with their text as far as it was read."""
    rows = Document.objects.filter(which).downloadable().with_replaced().filter(is_replaced=False)
    found = list(rows.select_related("kind"))
    texts = dict(DocumentText.objects.filter(document__in=found).values_list("document", "text"))
    for document in found:
        text = _joined([document.name, document.kind, document.description, document.original_name])
        yield Found(
            Kind.DOCUMENT, document.pk, document.reference, f"{document.name}, {document.kind}", _address(document),
            _joined([text, texts.get(document.pk, "")]), document.uploaded_at.date(),
        )  # fmt: skip


def _address(document: Document) -> str:
    if document.owner_key.startswith("case:"):
        return reverse("referrals:document-detail", args=[document.reference, document.key])
    return reverse("documents:document-download", args=[document.key])


def _row(row: Row) -> Found:
    day = row.happened_on.strftime(FORMATS.get(Precision(row.precision), f"{row.happened_on.day} %B %Y"))
    title = f"{row.referral.reference}, {day}, {row.agency or 'the Panel'}"
    before = Cursor(row.order, row.pk - 1)  # the page then begins with the row itself
    url = f"{reverse('chronology:timeline', args=[row.referral.reference])}?after={before}#row-{row.pk}"
    text = _joined([row.event, row.who, row.source, row.response, row.comment, row.key_title])
    return Found(Kind.CHRONOLOGY, row.pk, row.referral.reference, title, url, text, row.happened_on)


def _meeting(meeting: PanelMeeting) -> Found:
    words = [meeting, meeting.place, meeting.get_kind_display(), meeting.get_status_display(), meeting.reason]
    text = _joined([*words, meeting.move_reason, meeting.cancel_reason])
    url = reverse("panel:meeting-list")
    return Found(Kind.MEETING, meeting.pk, "", f"{meeting.body}, {meeting}", url, text, meeting.on)


def _of_cases(model: Any) -> Callable[[Any, date], Any]:
    return lambda user, on: model.objects.visible_to(user, on=on)


def _documents_of(user: Any, on: date) -> Any:
    """As downloads: the right to read documents, and the owner's answer."""
    rows = Document.objects.visible_to(user).downloadable()
    return rows if can(user, Permission.READ_DOCUMENTS, on=on) else rows.none()


def _meetings_of(user: Any, on: date) -> Any:
    return PanelMeeting.objects.all() if can(user, Permission.SEE_MEETINGS, on=on) else PanelMeeting.objects.none()


VISIBLE: dict[Kind, Callable[[Any, date], Any]] = {
    Kind.CASE: lambda user, on: Referral.objects.visible_to(user, on=on).recorded(),
    Kind.CHILD: _of_cases(Child),
    Kind.PERSON: _of_cases(RelatedPerson),
    Kind.ACTION: _of_cases(Action),
    Kind.DOCUMENT: _documents_of,
    Kind.CHRONOLOGY: lambda user, on: Row.objects.visible_to(user, on=on).merged(),
    Kind.MEETING: _meetings_of,
}
