"""A disclosure check of the report of the first planned publication: findings of several kinds, one accepted by two."""

import io

import docx
from django.core.files.uploadedfile import SimpleUploadedFile

from demo.days import Days
from demo.people import Cast
from publications.models import DisclosureCheck, Publication
from publications.states import Status
from publications.workflow import disclosure

FIRST = (
    "This review is about {pseudonym}. Agencies did not share what they knew in May, and nobody asked in the Summer.",
    "The school rang about {name} three times before anybody answered.",
    "The incident took place on {day}. A strategy meeting followed within a week.",
    "The reviewer can be reached at lee.invented@agency.example.",
)
SECOND = (FIRST[0], "The school rang about {pseudonym} three times before anybody answered.", *FIRST[2:])


def build(cast: Cast, days: Days) -> None:
    """Two checks, the second of a report from which the name is gone. Nothing where no publication is planned."""
    planned = Publication.objects.filter(status=Status.PLANNED, practice_review__referral__isnull=False)
    publication = planned.select_related("practice_review__referral").order_by("pk").first()
    if publication is None:
        return
    _check(publication, FIRST, "Report, first draft.docx", cast, days)
    check = _check(publication, SECOND, "Report, second draft.docx", cast, days)
    office = list(check.findings.filter(kind="email"))
    about = {"publication": publication, "findings": office, "now": days.now}
    if office:
        disclosure.propose(reason="The reviewer’s own address: meant to be public.", by=cast.business_manager, **about)
        disclosure.accept(by=cast.chair, **about)


def clear(publication: Publication, cast: Cast, days: Days) -> None:
    """Check the words of a publication that is ready: nothing of them tells who anybody is."""
    asked = disclosure.ask_check(publication=publication, by=cast.business_manager, now=days.now)
    disclosure.make(pk=asked.pk, now=days.now)


def _check(publication: Publication, told: tuple[str, ...], name: str, cast: Cast, days: Days) -> DisclosureCheck:
    case = publication.practice_review.referral
    child = case.children.order_by("position").first()
    day = f"{case.incident_on:%-d %B %Y}" if case.incident_on else "a Monday"
    words = {"pseudonym": str(child), "name": child.name or str(child), "day": day}
    made = docx.Document()
    for text in told:
        made.add_paragraph(text.format(**words))
    out = io.BytesIO()
    made.save(out)
    by = cast.users["deputy.chair"]
    asked = disclosure.ask_check(
        publication=publication, file=SimpleUploadedFile(name, out.getvalue()), by=by, now=days.now
    )
    disclosure.make(pk=asked.pk, now=days.now)
    return DisclosureCheck.objects.get(pk=asked.pk)
