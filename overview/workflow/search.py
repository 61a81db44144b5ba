"""Keeping the search up to date: whatever an event of the audit trail speaks of is indexed anew, soon after.

Every change of a case writes an event in its own transaction, so nothing changes unseen and no app below has to know
of the search. The rows are the queue: run it as often as you like, twice at once too.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from actions.models import Action
from audit.models import Event
from audit.sentences import READ
from chronology.names import People
from core.guard import workflow
from documents.models import Document
from overview.models import DocumentText, SearchEntry, SearchSubject
from overview.search import sources
from overview.search.sources import Found
from overview.search.words import vector_of
from panel.models import PanelMeeting
from referrals.models import Referral

MEETINGS = "meetings"
OVERLAP = timedelta(minutes=5)  # an event carries the time at which it was written, not that of its commit
AT_ONCE = 200  # subjects of one run; the next one goes on
BATCH = 500  # rows of one INSERT


def index_stale(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Index what is new or has changed since it was indexed; returns how many subjects. Nothing to do: two writes."""
    _note_new_subjects()
    keys = list(_stale().order_by(F("indexed_at").asc(nulls_first=True), "pk").values_list("key", flat=True)[:limit])
    return sum(index_subject(key=key, now=now) for key in keys)


def index_everything(*, now: datetime) -> int:
    """Index every subject anew, whatever the events say; returns how many."""
    _note_new_subjects()
    keys = list(SearchSubject.objects.order_by("pk").values_list("key", flat=True))
    return sum(index_subject(key=key, now=now) for key in keys)


@workflow
def _note_new_subjects() -> None:
    known = SearchSubject.objects.filter(key=OuterRef("subject_key"))
    cases = Referral.objects.recorded().annotate(subject_key=Concat(Value("case:"), "reference")).filter(~Exists(known))
    alone = Action.objects.filter(referral__isnull=True).annotate(subject_key=Concat(Value("action:"), "reference"))
    new = [*_pairs(cases), *_pairs(alone.filter(~Exists(known))), (MEETINGS, "")]
    subjects = [SearchSubject(key=key, reference=reference) for key, reference in new]
    SearchSubject.objects.bulk_create(subjects, batch_size=BATCH, ignore_conflicts=True)


def _pairs(rows: QuerySet) -> Iterator[tuple[str, str]]:
    return iter(rows.order_by("pk").values_list("subject_key", "reference"))


def _stale() -> QuerySet:
    since = Event.objects.filter(at__gt=OuterRef("indexed_at") - OVERLAP)
    own = since.filter(reference=OuterRef("reference")).exclude(verb=READ)
    meetings = since.filter(object_label=PanelMeeting._meta.label)
    changed = Q(Exists(own)) & ~Q(reference="") | Q(Exists(meetings)) & Q(key=MEETINGS)
    return SearchSubject.objects.filter(Q(indexed_at__isnull=True) | changed)


@workflow
def index_subject(*, key: str, now: datetime) -> bool:
    """Make the entries of one subject what its rows say now; False where somebody else is at it, who does the same."""
    subject = SearchSubject.objects.select_for_update(skip_locked=True).filter(key=key).first()
    if subject is None:
        return False
    entries = list(_entries(subject))
    there = dict(subject.found.values_list("digest", "pk"))
    wanted = {entry.digest for entry in entries}
    SearchEntry.objects.filter(pk__in=[pk for digest, pk in there.items() if digest not in wanted]).delete()
    _write([entry for entry in entries if entry.digest not in there])
    _forget_texts(subject)
    subject.indexed_at, subject.entries = now, len(entries)
    subject.save(update_fields=["indexed_at", "entries"])
    return True


def _entries(subject: SearchSubject) -> Iterator[SearchEntry]:
    """Unsaved, the words not yet computed."""
    what, _, reference = subject.key.partition(":")
    if what == "case":
        referral = Referral.objects.recorded().filter(reference=reference).first()
        if referral is not None:
            people = People(referral, with_names=False)
            yield from (_entry(subject, found, referral, people) for found in sources.of_case(referral))
    elif what == "action":
        for action in Action.objects.filter(reference=reference, referral__isnull=True).select_related("owner"):
            yield from (_entry(subject, found) for found in sources.of_action(action))
    else:
        yield from (_entry(subject, found) for found in sources.of_meetings())


def _entry(
    subject: SearchSubject, found: Found, referral: Referral | None = None, people: People | None = None
) -> SearchEntry:
    named = found.text.replace("\x00", "")
    plain = "" if found.has_names_only else people.text(named) if people else named
    entry = SearchEntry(
        subject=subject, kind=found.kind, object_id=found.object_id, referral=referral, reference=found.reference,
        title=found.title[:200], url=found.url, on=found.on, named=named, plain=plain,
    )  # fmt: skip
    said = [found.kind, found.object_id, entry.title, entry.url, str(entry.on), named, plain]
    entry.digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()
    return entry


def _write(entries: Iterable[SearchEntry]) -> None:
    rows = list(entries)
    for row in rows:
        row.named_words = vector_of(f"{row.title} {row.named}")
        row.plain_words = vector_of(f"{row.title} {row.plain}" if row.plain else "")
    # An action that came to belong to a case stood under a subject of its own.
    for kind in {row.kind for row in rows}:
        ids = [row.object_id for row in rows if row.kind == kind]
        SearchEntry.objects.filter(kind=kind, object_id__in=ids).delete()
    SearchEntry.objects.bulk_create(rows, batch_size=BATCH)


def _forget_texts(subject: SearchSubject) -> None:
    """What is withdrawn, refused or disposed of keeps no text here."""
    gone = Document.objects.exclude(pk__in=Document.objects.downloadable().values("pk"))
    DocumentText.objects.filter(reference=subject.reference, document__in=gone.values("pk")).delete()
