"""The words: report, public text and media strategy; and what each of the three partners agrees to."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from agency_returns.workflow.asking import check_address
from core.errors import WorkflowError
from core.guard import workflow
from documents.choices import Marking
from documents.states import Status as DocumentStatus
from documents.workflow import store
from panel.models import User
from publications import emails, permissions
from publications.choices import PARTNERS, Subject
from publications.models import MediaStrategy, PartnerAgreement, Publication
from publications.standing import agreed_partners, fingerprint_of, strategy_of
from publications.states import Status
from publications.workflow.base import ONLY_PLANNED, local_day, lock, note, prepare, words, write
from publications.workflow.steps import settle
from referrals.workflow.base import is_new

KIND_OF_DOCUMENT = "publication"
TEXT_NAMES = ("title", "slug", "web_text", "external_address")


@dataclass(frozen=True, kw_only=True)
class PublicText:
    title: str
    slug: str = ""
    web_text: str = ""
    external_address: str = ""


@dataclass(frozen=True, kw_only=True)
class Strategy:
    """What a version of the media strategy says; lists as in models.MediaStrategy."""

    spokesperson: str
    holding_statement: str
    spokesperson_phone: str = ""
    lines_to_take: str = ""
    questions: Sequence[Mapping[str, str]] = field(default=())
    leads: Sequence[Mapping[str, str]] = field(default=())
    embargo: str = ""
    staff_support: str = ""


def text_of(publication: Publication) -> dict[str, Any]:
    return {name: getattr(publication, name) for name in TEXT_NAMES}


@workflow
def save_text(
    *, publication: Publication, text: PublicText, by: User, now: datetime, seen: str | None = None
) -> Publication:
    """Title, public text and addresses. Other words than the partners approved ask for their approval again."""
    publication = prepare(publication, by=by, now=now)
    wanted = {name: value.strip() for name, value in asdict(text).items()}
    if not is_new(text_of(publication), wanted, seen):
        return publication
    if wanted["slug"] and Publication.objects.exclude(pk=publication.pk).filter(slug=wanted["slug"]).exists():
        raise WorkflowError("Another report has this public address. Choose another last part.")
    with_words(publication, by=by, now=now, **wanted)
    note("text_changed", by=by, publication=publication)
    return publication


def with_words(publication: Publication, *, by: User, now: datetime, **fields: Any) -> None:
    """Write what the public reads; partners who had approved other words are asked again."""
    had = agreed_partners(publication, Subject.REPORT)
    write(publication, **fields)
    settle(publication, by=by, now=now)
    if had and not agreed_partners(publication, Subject.REPORT):
        emails.queue_agree_again(publication, Subject.REPORT, now=now)


@workflow
def keep_report(*, publication: Publication, file: Any, by: User, now: datetime) -> Publication:
    """Keep the file that will be published. The file that is there already: quiet."""
    publication = prepare(publication, by=by, now=now)
    document = store(
        owner_key=publication.document_key, reference=publication.case_reference, file=file, kind=KIND_OF_DOCUMENT,
        marking=Marking.SENSITIVE, description="Report to be published", by=by, now=now,
    )  # fmt: skip
    if document.status == DocumentStatus.REFUSED:
        raise WorkflowError("Something harmful was found in this file, so it was not kept. Tell your IT service.")
    if publication.report_id != document.pk:
        with_words(publication, by=by, now=now, report=document)
        note("report_kept", by=by, publication=publication, document=document.name)
    return publication


@workflow
def save_strategy(
    *, publication: Publication, strategy: Strategy, by: User, now: datetime, seen: str | None = None
) -> MediaStrategy:
    """A new version, unless nothing changed. Partners who had agreed to the last one are asked again.

    ChangedMeanwhileError where another window saved something else since.
    """
    publication = prepare(publication, by=by, now=now)
    last = strategy_of(publication)
    wanted = _checked(publication, strategy, on=local_day(now))
    if last is not None and not is_new(comparable(last.words), comparable(wanted), seen):
        return last
    had = agreed_partners(publication, Subject.STRATEGY)
    made: MediaStrategy = MediaStrategy.objects.create(
        publication=publication, number=(last.number if last else 0) + 1, made_by=by, made_at=now, **wanted
    )
    settle(publication, by=by, now=now)
    note("strategy_saved", by=by, publication=publication, number=made.number)
    if had:
        emails.queue_agree_again(publication, Subject.STRATEGY, now=now)
    return made


def comparable(words_of_strategy: Mapping[str, Any]) -> dict[str, Any]:
    """The same with its rows as text, for the fingerprint that keeps two windows apart."""
    return {k: v if isinstance(v, str) else json.dumps(v, sort_keys=True) for k, v in words_of_strategy.items()}


def _checked(publication: Publication, strategy: Strategy, *, on: date) -> dict[str, Any]:
    """Its words, trimmed. No letter goes through a wall: a lead with a conflict of interest in the case is refused."""
    words(strategy.spokesperson, "Say who speaks for the partnership.")
    words(strategy.holding_statement, "Write the holding statement.")
    wanted: dict[str, Any] = {k: v.strip() if isinstance(v, str) else v for k, v in asdict(strategy).items()}
    wanted["questions"] = [dict(row) for row in strategy.questions]
    wanted["leads"] = [dict(row) for row in strategy.leads]
    referral = publication.practice_review.referral
    for lead in wanted["leads"]:
        if lead["email"] and referral is not None:
            check_address(referral, lead["email"], on=on)
    return wanted


@workflow
def agree(
    *, publication: Publication, subject: Subject, partner: str, name: str, agreed_on: date, fingerprint: str,
    by: User, now: datetime,
) -> PartnerAgreement:  # fmt: skip
    """A partner agrees to the words with this fingerprint, which must be the present ones. Agreed already: quiet."""
    publication = lock(publication)
    permissions.check_agree(by, publication, partner, on=local_day(now))
    if publication.status != Status.PLANNED:
        raise WorkflowError(ONLY_PLANNED)
    if partner not in PARTNERS:
        raise WorkflowError("Choose one of the three Safeguarding Partners.")
    present = fingerprint_of(publication, subject)
    if not present:
        raise WorkflowError("There is nothing to agree to yet.")
    if fingerprint != present:
        raise WorkflowError("The words have changed since this page was opened. Read them again first.")
    if agreed_on > local_day(now):
        raise WorkflowError("That day lies ahead: give the day on which the partner agreed.")
    there = publication.agreements.filter(subject=subject, partner=partner, fingerprint=present).first()
    if there is not None:
        return there
    made: PartnerAgreement = PartnerAgreement.objects.create(
        publication=publication, subject=subject, partner=partner, fingerprint=present, agreed_on=agreed_on,
        name=words(name, "Say who agreed for the partner."), recorded_by=by, recorded_at=now,
    )  # fmt: skip
    settle(publication, by=by, now=now)
    note("agreed", by=by, publication=publication, partner=made.get_partner_display(), what=Subject(subject).label)
    return made
