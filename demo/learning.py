"""Learning with some of everything: points from cases and audits, a reading list, key messages on their way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from agency_returns.actors import Actor
from demo.days import Days
from demo.people import Cast
from learning import workflow
from learning.choices import Impact, Marking, Outcome, ProductKind, ReviewKind, Source
from learning.models import KeyMessage, LearningPoint, PracticeArea, Product
from learning.workflow import MessageFacts, Origin, PointFacts, ProductFacts, ReviewFacts
from panel.models import Agency, User
from rapid_reviews.models import Audience, RapidReview, Theme

# text, themes, practice area, agencies, days ago learned
Points = list[LearningPoint]
Told = tuple[str, tuple[str, ...], str, tuple[str, ...], int]
FROM_CASES: tuple[Told, ...] = (
    (
        "The ward did not ring the school before the child went home.",
        ("Information sharing",),
        "Hospital discharge",
        ("Hospitals", "Education"),
        30,
    ),
    (
        "A letter about a missed appointment went to the old address.",
        ("Information sharing", "Missed appointments"),
        "Hospital discharge",
        ("Hospitals", "Community Health"),
        45,
    ),
    (
        "Nobody asked who else lived in the household.",
        ("Fathers and other carers", "Professional curiosity"),
        "Health visiting",
        ("Community Health", "Children's Services"),
        60,
    ),
    (
        "Each visit was answered for itself, the pattern was not seen.",
        ("Neglect over time",),
        "Early help",
        ("Children's Services", "Housing", "Education"),
        75,
    ),
)
FROM_AUDITS: tuple[Told, ...] = (
    (
        "Letters of discharge reached schools four working days late.", ("Information sharing",),
        "Hospital discharge", ("Hospitals", "Education"), 400,
    ),
    (
        "In six of twenty files the child had been seen alone.", ("Voice of the child",),
        "Child protection planning", ("Children's Services",), 120,
    ),
    (
        "Disagreement about thresholds was not taken further.", ("Escalation and professional challenge",),
        "Front door (MASH)", ("Children's Services", "Police", "Community Health"), 90,
    ),
    (
        "Officers recorded the names of all children in the house.", ("Voice of the child", "Domestic abuse"),
        "Police attendance and investigation", ("Police",), 500,
    ),
)  # fmt: skip
REVIEWS = (
    (ReviewKind.LCSPR, "Child Sample", "Otherfordshire", 40),
    (ReviewKind.SAR, "Adult Q", "Exampleshire", 90),
    (ReviewKind.NATIONAL, "An invented national review of babies in moving families", "National Panel", 120),
    (ReviewKind.DARDR, "Review 7", "Exampleshire", 200),
)  # fmt: skip
PARTS = (
    "A rapid review of the case of a child who went home from hospital on a Friday, and an audit of twenty letters.",
    "What one agency knows late, another cannot act on. Working Together asks every agency to share early.",
    "Child A went home in the afternoon. The letter to the school left the ward four working days later.",
    "The ward sent what its form asked for.\nNobody was named whom the ward could ring.",
    "Ring the school or health visitor before the child leaves.\nWrite down whom you spoke to and when.",
    "Whom do you ring, and who rings you?\nWhat do you do when nobody answers?",
    "The discharge procedure, the escalation policy, and your safeguarding lead.",
)


@dataclass
class Learning:
    """Writes learning through the workflow; every date lies in the past of `days.now`."""

    cast: Cast
    days: Days

    @property
    def by(self) -> User:
        return self.cast.business_manager

    def day(self, ago: int) -> date:
        return self.days.today - timedelta(days=ago)

    def at(self, ago: int) -> datetime:
        return self.days.at(self.day(ago))

    def agencies(self, names: Sequence[str]) -> list[Agency]:
        return [self.cast.agencies[name] for name in names]

    def write(self) -> None:
        cases = [self._point(self._case(number), told) for number, told in enumerate(FROM_CASES)]
        audit = Origin(source=Source.AUDIT, audit="Multi-agency audit of files")
        late, alone, thresholds, names = (self._point(audit, told) for told in FROM_AUDITS)
        workflow.agree_point(point=late, by=self.cast.chair, now=self.at(230))
        for point in (cases[0], cases[1], alone, thresholds):
            workflow.agree_point(point=point, by=self.cast.chair, now=self.at(1))
        workflow.set_aside_point(point=names, reason="Good practice, kept in the audit.", by=self.by, now=self.at(300))
        self._reviews()
        self._messages([late], [alone], [thresholds])

    def _case(self, number: int) -> Origin:
        reviews = RapidReview.objects.select_related("referral").exclude(status="withdrawn").order_by("pk")
        return Origin(source=Source.RAPID_REVIEW, rapid_review=reviews[number])

    def _point(self, origin: Origin, told: Told) -> LearningPoint:
        text, themes, area, agencies, ago = told
        day = self.day(ago)
        if origin.rapid_review:
            day = max(day, timezone.localdate(origin.rapid_review.opened_at))
        facts = PointFacts(
            text=text, learned_on=day, practice_area=PracticeArea.objects.get(name=area),
            themes=list(Theme.objects.filter(name__in=themes)), agencies=self.agencies(agencies),
        )  # fmt: skip
        return workflow.record_point(origin=origin, facts=facts, by=self.by, now=self.days.at(day))

    def _reviews(self) -> None:
        """One listed, one being read and late, one read, one decided."""
        made = [
            workflow.list_review(
                facts=ReviewFacts(kind=kind, title=title, area=area, published_on=self.day(ago)), by=self.by,
                now=self.at(35),
            )
            for kind, title, area, ago in REVIEWS
        ]  # fmt: skip
        members = self.cast.users
        pairs = ((made[1], members["health"], 5), (made[2], members["education"], 12), (made[3], members["police"], 9))
        for review, reader, due in pairs:
            workflow.assign_readers(review=review, readers=[reader], due_on=self.day(due), by=self.by, now=self.at(34))
        for review, reader in ((made[2], members["education"]), (made[3], members["police"])):
            workflow.say_implications(
                review=review, implications="Families move between our schools too, and the file comes weeks later.",
                suggests=Outcome.LEARNING_POINT, by=reader, now=self.at(15),
            )  # fmt: skip
        workflow.decide_review(
            review=made[3], outcome=Outcome.PANEL, implications="The Panel compares it with our own cases.",
            by=self.cast.chair, now=self.at(8),
        )  # fmt: skip

    def _messages(self, late: Points, alone: Points, thresholds: Points) -> None:
        """One followed to its first impact check, one with the Executive Group, one draft."""
        first = self._message("Ring before a child goes home.", "What comes by letter comes too late.", late, 220)
        workflow.recommend_message(message=first, by=self.by, now=self.at(215))
        workflow.agree_message(message=first, on=self.day(210), by=self.by, now=self.at(209))
        self._brief(first)
        self._spread(first)
        second = self._message("See every child alone.", "Six of twenty were.", alone, 20)
        workflow.recommend_message(message=second, by=self.by, now=self.at(10))
        self._message("When you disagree, take it further.", "Children wait while we do not.", thresholds, 6)

    def _message(self, text: str, why: str, points: Points, ago: int) -> KeyMessage:
        audiences = list(Audience.objects.filter(is_active=True)[:3])
        facts = MessageFacts(text=text, why=why, audiences=audiences, points=points)
        return workflow.draft_message(facts=facts, by=self.by, now=self.at(ago))

    def _brief(self, message: KeyMessage) -> None:
        briefing = workflow.begin_briefing(message=message, by=self.by, now=self.at(208))
        texts = dict(enumerate(PARTS, 1))
        workflow.write_briefing(
            briefing=briefing, title="Ring before a child goes home", marking=Marking.OFFICIAL, texts=texts, by=self.by,
            now=self.at(207),
        )  # fmt: skip
        workflow.finish_briefing(briefing=briefing, by=self.cast.chair, now=self.at(206))

    def _spread(self, message: KeyMessage) -> None:
        """A briefing that two of three agencies passed on, one of them is late; a webinar; a newsletter to come."""
        briefing = self._product(message, ProductKind.BRIEFING, "Ring before a child goes home", 200)
        webinar = self._product(message, ProductKind.WEBINAR, "Going home safely", 195)
        self._product(message, ProductKind.NEWSLETTER, "Spring newsletter", -7)
        asked = workflow.ask_agencies(
            product=briefing, agencies=self.agencies(("Hospitals", "Education", "Housing")), due_on=self.day(170),
            by=self.by, now=self.at(200),
        )  # fmt: skip
        for cascade, people in zip(asked[:2], (120, 64), strict=True):
            lead = Actor("Lee Invented", cascade.agency.safeguarding_address or "lead@agency.example")
            workflow.confirm_cascade(
                cascade=cascade, people=people, how="In team meetings and by mail.", by=lead, now=self.at(175)
            )
        for name, people in (("Hospitals", 31), ("Education", 45), ("Police", 12)):
            workflow.record_attendance(
                product=webinar, agency=self.cast.agencies[name], held_on=self.day(195), people=people, by=self.by,
                now=self.at(194),
            )  # fmt: skip
        workflow.record_impact(
            check=message.impact_checks.get(months=6), outcome=Impact.PARTLY, by=self.by, now=self.at(5),
            evidence="Audit of ten discharges: in six the school was rung.",
        )  # fmt: skip

    def _product(self, message: KeyMessage, kind: ProductKind, title: str, ago: int) -> Product:
        """Issued so many days ago; below 0 it is still to come."""
        audience = Audience.objects.filter(is_active=True)[0]
        facts = ProductFacts(kind=kind, title=title, audience=audience, due_on=self.day(ago))
        product = workflow.plan_product(message=message, facts=facts, by=self.by, now=self.at(205))
        if ago > 0:
            workflow.issue_product(product=product, on=self.day(ago), by=self.by, now=self.at(ago))
        return product


def build(cast: Cast, days: Days) -> None:
    Learning(cast, days).write()
