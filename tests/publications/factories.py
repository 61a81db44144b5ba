"""Publications at any status, by the real workflow. All names are invented and must never leak."""

from datetime import date, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfWriter

from core.guard import workflow as guarded
from deadlines import calendar
from deadlines.workflow import start_clock
from panel.roles import Role
from practice_reviews.choices import Basis, Kind
from practice_reviews.models import PracticeReview
from practice_reviews.states import Status as ReviewStatus
from publications import workflow
from publications.choices import COPIES, PARTNERS, Subject
from publications.models import Publication, PublicPage
from publications.standing import fingerprint_of
from publications.states import Status
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import SECRET, person_with

TITLE = "Child safeguarding practice review: Child Q"
WEB_TEXT = "What was learned about Child Q.\n\nWhat the agencies changed."


@guarded
def review(kind=Kind.LCSPR, *, status=ReviewStatus.SIGNED_OFF, now=None, number=1) -> PracticeReview:
    """A commissioned review as its own app leaves it when its report is final: decided on today."""
    now = now or timezone.now()
    today, bm = timezone.localdate(now), person_with(Role.BUSINESS_MANAGER, now)
    facts = {"kind": kind, "title": f"Review {number} of {SECRET}", "status": status, "deciders": "The Panel"}
    facts["began_on"] = None if status == ReviewStatus.COMMISSIONED else today
    facts["signed_off_on"] = today if status == ReviewStatus.SIGNED_OFF else None
    facts["began_on"] = None if status == ReviewStatus.COMMISSIONED else today
    if kind == Kind.LCSPR:
        rapid = rapid_review_at("decided", now=now)
        label = rapid.referral.reference
        facts |= {"referral": rapid.referral, "recommendation": rapid.recommendation, "basis": Basis.PARTNERS}
        for name, code in (("clock", "lcspr-publish"), ("tell_clock", "inform-of-lcspr")):
            facts[name] = start_clock(code=code, trigger_on=today, label=label, by=bm, now=now)
    made = PracticeReview(
        reference=f"LR-{today.year}-{900 + number}", decided_on=today, commissioned_by=bm, commissioned_at=now, **facts
    )
    made.save()
    return made


def working_day(days: int, now=None) -> date:
    """The working day `days` working days from today."""
    return calendar.current().forward(timezone.localdate(now or timezone.now()), days)


def planned(of=None, *, on=None, by=None, now=None, **facts) -> Publication:
    now = now or timezone.now()
    by = by or person_with(Role.BUSINESS_MANAGER, now)
    of = of or review(now=now, **facts)
    return workflow.plan_publication(review=of, planned_on=on or working_day(30, now), by=by, now=now)


def pdf_file(name="report.pdf", width=300) -> SimpleUploadedFile:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=width, height=300)
    writer.write(out)
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")


def with_words(publication, *, now=None, slug="child-q", external="", file=False) -> Publication:
    now = now or timezone.now()
    bm = person_with(Role.BUSINESS_MANAGER, now)
    text = workflow.PublicText(title=TITLE, slug=slug, web_text=WEB_TEXT, external_address=external)
    publication = workflow.save_text(publication=publication, text=text, by=bm, now=now)
    if file:
        publication = workflow.keep_report(publication=publication, file=pdf_file(), by=bm, now=now)
    return publication


def strategy(**over) -> workflow.Strategy:
    leads = [
        {"partner": str(p), "name": f"Comms of {p}", "phone": "0121 496 0000", "email": f"comms.{p}@agency.example"}
        for p in PARTNERS
    ]
    facts = {
        "spokesperson": "Sam Speaker", "spokesperson_phone": "0121 496 0001", "leads": leads,
        "holding_statement": "We are sorry. We have changed how we work.", "lines_to_take": "We share what we know.",
        "questions": [{"question": "Who knew?", "answer": "The report says it."}], "embargo": "Until 10am",
        "staff_support": "Occupational health, all day.",
    } | over  # fmt: skip
    return workflow.Strategy(**facts)


def save_strategy(publication, *, now=None, **over):
    now = now or timezone.now()
    bm = person_with(Role.BUSINESS_MANAGER, now)
    return workflow.save_strategy(publication=publication, strategy=strategy(**over), by=bm, now=now)


def agree(publication, subject, partner, *, now=None, by=None):
    now = now or timezone.now()
    publication = Publication.objects.get(pk=publication.pk)
    return workflow.agree(
        publication=publication, subject=subject, partner=partner, name="Pat Partner",
        agreed_on=timezone.localdate(now), fingerprint=fingerprint_of(publication, subject),
        by=by or person_with(Role.BUSINESS_MANAGER, now), now=now,
    )  # fmt: skip


def agree_all(publication, *, now=None) -> None:
    for subject in Subject:
        for partner in PARTNERS:
            agree(publication, subject, partner, now=now)


def send_copies(publication, *, on=None, now=None, **late) -> None:
    now = now or timezone.now()
    bm, day = person_with(Role.BUSINESS_MANAGER, now), on or timezone.localdate(now)
    for step in publication.steps.filter(kind__in=COPIES):
        workflow.complete_step(step=step, done_on=day, text="By secure mail.", by=bm, now=now, **late)


def switch_on(**more) -> PublicPage:
    return PublicPage.objects.update_or_create(pk=1, defaults={"is_on": True} | more)[0]


def ready(of=None, *, now=None, page=True, slug="child-q", **facts) -> tuple[Publication, object]:
    """A publication with everything there, and the moment from which it may go out: its planned day at ten."""
    now = now or timezone.now()
    publication = planned(of, on=working_day(10, now), now=now, **facts)
    if page:
        switch_on()
    publication = with_words(publication, now=now, slug=slug, file=True)
    save_strategy(publication, now=now)
    agree_all(publication, now=now)
    send_copies(publication, now=now)
    day = publication.planned_on
    later = now + timedelta(days=(day - timezone.localdate(now)).days)
    return Publication.objects.get(pk=publication.pk), later


def publication_at(status: Status, *, now=None, **facts) -> tuple[Publication, object]:
    """A publication at `status`, and the moment at which it got there."""
    publication, later = ready(now=now, **facts)
    bm = person_with(Role.BUSINESS_MANAGER, later)
    if status == Status.WITHHELD:
        workflow.withhold(
            publication=publication, justification="It would harm.", improvements="We share sooner.", by=bm, now=later
        )
    elif status != Status.PLANNED:
        workflow.publish(publication=publication, by=bm, now=later)
        if status == Status.TAKEN_DOWN:
            workflow.take_down(publication=publication, reason="A mistake in it.", by=bm, now=later)
    return Publication.objects.get(pk=publication.pk), later
