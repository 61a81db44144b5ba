"""Publication in the demonstration: one report with everything ready or out, one planned with its media strategy."""

from dataclasses import dataclass
from datetime import date, timedelta

from demo import disclosure
from demo.days import Days
from demo.people import Cast
from practice_reviews.choices import Kind
from practice_reviews.models import PracticeReview
from practice_reviews.states import RUNNING
from practice_reviews.states import Status as ReviewStatus
from publications import gate, workflow
from publications.choices import COPIES, PARTNERS, StepKind, Subject
from publications.models import Publication, PublicPage
from publications.standing import fingerprint_of
from publications.states import Status

TITLE = "Child safeguarding practice review: Child Z"
SLUG = "child-z"
TEXT = "\n\n".join(  # a line break is shown as one
    (
        "The partnership asked an independent reviewer how services worked together for Child Z.",
        "What each agency knew was not put together early enough. There was good practice too: a nursery that did not "
        "let go, and a health visitor who asked the question that nobody had asked.",
        "What has changed since: one number to call at discharge from hospital, joint visits in the first week, and a "
        "yearly look at whether it made a difference for children.",
    )
)
STATEMENT = (
    "Our thoughts are with all who loved this child. We asked for an independent review and accept its findings. "
    "We have changed how we work together."
)
LINES = "We share what we know sooner.\nNobody should look for the family.\nStaff did hard work and have our support."
QUESTIONS = [
    {"question": "Could it have been prevented?", "answer": "The review does not say so. It says what can be better."},
    {"question": "Has anybody been disciplined?", "answer": "A review is for learning. It judges no single person."},
]
LEADS = (
    ("la", "Cam Comms", "0121 496 0101"),
    ("icb", "Coe Comms", "0121 496 0102"),
    ("police", "Cas Comms", "0121 496 0103"),
)


@dataclass
class Publisher:
    """Takes commissioned reviews to publication. Nothing is dated after `days.now`."""

    cast: Cast
    days: Days

    def plan(self, review: PracticeReview, *, on: date, made_on: date) -> Publication:
        now, by = self.days.at(made_on), self.cast.business_manager
        found = workflow.plan_publication(review=review, planned_on=on, by=by, now=now)
        self.strategy(found, made_on)
        return found

    def strategy(self, publication: Publication, on: date) -> None:
        leads = [
            {"partner": partner, "name": name, "phone": phone, "email": f"comms.{partner}@partnership.example"}
            for partner, name, phone in LEADS
        ]
        made = workflow.Strategy(
            spokesperson=f"{self.cast.chair}, chair of the Panel", spokesperson_phone="0121 496 0100",
            holding_statement=STATEMENT, lines_to_take=LINES, questions=QUESTIONS, leads=leads,
            embargo="Not for release before 10am on the day.",
            staff_support="Each agency’s employee support line, and a room at the council offices all day.",
        )  # fmt: skip
        workflow.save_strategy(
            publication=publication, strategy=made, by=self.cast.business_manager, now=self.days.at(on, 11)
        )

    def agree(self, publication: Publication, subject: Subject, on: date) -> None:
        for partner, person in zip(PARTNERS, self.cast.partners, strict=True):
            workflow.agree(
                publication=publication, subject=subject, partner=partner, name=str(person), agreed_on=on,
                fingerprint=fingerprint_of(publication, subject), by=person, now=self.days.at(on, 14),
            )  # fmt: skip

    def words(self, publication: Publication, on: date) -> Publication:
        text = workflow.PublicText(title=TITLE, slug=SLUG, web_text=TEXT)
        by, now = self.cast.business_manager, self.days.at(on, 12)
        return workflow.save_text(publication=publication, text=text, by=by, now=now)

    def steps(self, publication: Publication, kinds: frozenset[str], on: date) -> None:
        for step in publication.steps.filter(kind__in=kinds):
            workflow.complete_step(step=step, done_on=on, by=self.cast.business_manager, now=self.days.at(on, 15))

    def to_the_gate(self, review: PracticeReview) -> Publication:
        """Everything there but the disclosure check, which is a story of its own."""
        start, sent = self.days.ago(12), self.days.ago(9)
        last = self.days.calendar.back(self.days.today + timedelta(days=1), 1)  # today, or the last working day
        publication = self.words(self.plan(review, on=last, made_on=start), start)
        for subject in Subject:
            self.agree(publication, subject, start)
        done = frozenset({*COPIES, StepKind.FAMILY, StepKind.AGENCIES, StepKind.STAFF, StepKind.COMMS})
        self.steps(publication, done, sent)
        publication.refresh_from_db()
        return publication

    def publish(self, publication: Publication) -> Publication:
        disclosure.clear(publication, self.cast, self.days)
        found = gate.reasons(publication, on=self.days.today, calendar=self.days.calendar)
        if found or publication.status != Status.PLANNED:
            return publication
        return workflow.publish(publication=publication, by=self.cast.business_manager, now=self.days.now)


def build(cast: Cast, days: Days) -> None:
    """From the LCSPRs that are there: the first signed-off one to the gate, the first running one planned.

    Where no LCSPR is running, the multi-agency review whose draft is furthest is planned instead.
    """
    PublicPage.objects.update_or_create(
        pk=1, defaults={"is_on": True, "intro": "Reports of the partnership’s child safeguarding practice reviews."}
    )
    publisher = Publisher(cast, days)
    reviews = PracticeReview.objects.filter(kind=Kind.LCSPR, publication__isnull=True).order_by("pk")
    final, running = reviews.filter(status=ReviewStatus.SIGNED_OFF).first(), reviews.filter(status__in=RUNNING).first()
    if running is None:
        drafted = PracticeReview.objects.filter(kind=Kind.MULTI_AGENCY, publication__isnull=True)
        running = drafted.filter(status=ReviewStatus.DRAFTED).order_by("pk").first()
    if final is not None:
        publisher.publish(publisher.to_the_gate(final))
    if running is not None:
        planned = publisher.plan(running, on=days.ahead(45), made_on=days.ago(1))
        publisher.agree(planned, Subject.STRATEGY, days.today)
