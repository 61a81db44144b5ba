"""Disclosure checks by the real workflow. All names are invented and must never leak."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from panel.roles import Role
from publications import workflow as publications
from publications.models import DisclosureCheck, Publication
from publications.workflow import disclosure as workflow
from tests.publications.disclosure import files
from tests.publications.factories import planned
from tests.referrals.factories import CHILD_NAME, person_with

CLEAN = ["This review is about Child A, who was seven.", "Agencies did not share what they knew in May."]
LEAK = f"The teacher of {CHILD_NAME} rang the school nurse."
BORN = "Child A was born on 4 May 2018 in hospital."


def report(*paragraphs: str, name: str = "Report.docx", **over) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, files.word([*CLEAN, *paragraphs], **over))


def texts(
    publication: Publication, title: str = "Learning from Child A", web: str = "", *, slug: str = "child-a", now=None
) -> Publication:
    now = now or timezone.now()
    text = publications.PublicText(title=title, web_text=web, slug=slug)
    return publications.save_text(
        publication=publication, text=text, by=person_with(Role.BUSINESS_MANAGER, now), now=now
    )


def fresh(publication: Publication) -> Publication:
    return Publication.objects.select_related("practice_review__referral", "report").get(pk=publication.pk)


def checked(publication: Publication | None = None, *paragraphs: str, by=None, now=None, **over) -> DisclosureCheck:
    """A check, done, of a report with `paragraphs`; of what is there where there are none."""
    now = now or timezone.now()
    publication = publication or planned(now=now)
    by = by or person_with(Role.BUSINESS_MANAGER, now)
    file = report(*paragraphs, **over) if paragraphs else None
    made = workflow.ask_check(publication=fresh(publication), file=file, by=by, now=now)
    workflow.make(pk=made.pk, now=now)
    return DisclosureCheck.objects.get(pk=made.pk)
