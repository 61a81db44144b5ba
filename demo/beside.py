"""A learning review with everything beside it: family, practitioners, proceedings, two drafts and their comments.

Written here in the order in which it happened; every date lies in the past of `days.now`. It belongs to a case that was
recorded long enough ago; where the stories hold none, there is nothing to show and nothing is written.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile

from agency_returns.actors import Actor
from core.pdf import render_pdf
from demo.days import Days
from demo.people import Cast
from practice_reviews import workflow as reviews
from practice_reviews.choices import Basis, ContactKind, Effect, EventKind, FamilyStep, Kind
from practice_reviews.models import Draft, FactCheck, PracticeReview
from practice_reviews.states import AnswerStatus
from practice_reviews.workflow import answering, checking, drafts, family, practitioners, proceedings
from rapid_reviews.choices import Outcome, ProceedingKind
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status

AGENCIES = ("Community Health", "Education", "Hospitals")
PAGE = """<!doctype html><html lang="en-GB"><head><title>Draft report</title></head><body>
<h1>Review {reference}: draft {number}</h1><h2>1. What happened</h2>
<p>1.1 Child A was seen by three services in one week. Nobody knew of the other two.</p>
<h2>2. What it teaches</h2><p>2.1 A letter is no conversation.</p></body></html>"""


def build(cast: Cast, days: Days) -> None:
    found = RapidReview.objects.filter(status=Status.SENT, outcome=Outcome.MULTI_AGENCY)
    sent = found.select_related("referral").order_by("pk").first()
    if sent is not None:
        Writer(cast, days).write(sent)


@dataclass
class Writer:
    cast: Cast
    days: Days

    def write(self, rapid_review: RapidReview) -> None:
        review = self._review(rapid_review)
        self._family(review)
        self._practitioners(review)
        self._proceedings(review)
        self._drafts(review)
        for milestone in review.milestones.filter(due_on__lt=self.days.ago(3)):
            reviews.complete_milestone(milestone=milestone, on=milestone.due_on, **self._by(0))

    def _by(self, days: int) -> dict[str, object]:
        """The business manager, so many working days ago."""
        return {"by": self.cast.business_manager, "now": self.days.at(self.days.ago(days))}

    def _review(self, rapid_review: RapidReview) -> PracticeReview:
        case, day = rapid_review.referral, self.days.ago(28)
        wanted = reviews.Commission(
            kind=Kind.MULTI_AGENCY, title="What services told each other in one week", basis=Basis.PANEL,
            referral=case, decided_on=day,
        )  # fmt: skip
        review = reviews.commission(wanted=wanted, **self._by(27))
        scope = reviews.Scope(
            method="Conversations with practitioners and family; records of one week.",
            scope_from=day - timedelta(days=400), scope_to=day - timedelta(days=30),
            children=list(case.children.all()), agencies=[self.cast.agencies[name] for name in AGENCIES],
        )  # fmt: skip
        reviews.set_scope(review=review, scope=scope, **self._by(26))
        reviews.save_enquiry(review=review, question="How did what one service knew reach the others?", **self._by(26))
        reviews.agree_terms(review=review, by=self.cast.chair, now=self.days.at(self.days.ago(25)))
        return reviews.begin(review=review, **self._by(25))

    def _family(self, review: PracticeReview) -> None:
        steps = (
            (ContactKind.INVITE, 24, "Letter, then a visit"),
            (ContactKind.ACCEPT, 22, "By telephone"),
            (ContactKind.VIEWS, 18, "“I told it three times.”"),
        )
        for person in review.referral.people.all()[:2] if review.referral else []:
            member = family.add_member(review=review, person=person, reach="By letter first.", **self._by(24))
            for kind, ago, text in steps:
                self._contact(member, kind, ago, text)
                if person.position > 1 and kind == ContactKind.INVITE:
                    self._contact(member, ContactKind.DECLINE, 21, "Gave no reason.")
                    break
        uncle = family.add_member(review=review, name="Ulf Pretend", pseudonym="Uncle of Child A", **self._by(23))
        family.leave_out(member=uncle, step=FamilyStep.INVITE, reason="Two letters came back.", **self._by(12))

    def _contact(self, member: object, kind: ContactKind, ago: int, text: str) -> None:
        on = self.days.ago(ago)
        family.record_contact(member=member, kind=kind, on=on, text=text, **self._by(ago))  # type: ignore[arg-type]

    def _practitioners(self, review: PracticeReview) -> None:
        invited = {self.cast.agencies[name]: 6 - number for number, name in enumerate(AGENCIES)}
        event = practitioners.plan_event(
            review=review, kind=EventKind.LEARNING, planned_on=self.days.ago(16), place="Example library",
            invited=invited, **self._by(24),
        )  # fmt: skip
        practitioners.hold_event(
            event=event, held_on=self.days.ago(16), attended={one: count - 1 for one, count in invited.items()},
            notes="Two groups, one afternoon.", learning="A call on the day would have been quicker than the letter.",
            **self._by(15),
        )  # fmt: skip
        practitioners.plan_event(
            review=review, kind=EventKind.FEEDBACK, planned_on=self.days.ahead(12), place="Online", **self._by(5)
        )

    def _proceedings(self, review: PracticeReview) -> None:
        proceedings.carry_over(review=review, **self._by(24))
        proceedings.record_proceeding(
            review=review, kind=ProceedingKind.CRIMINAL, contact="Exampleshire Police, public protection",
            standing="Charged; plea hearing listed", next_on=self.days.ahead(8), effect=Effect.WAIT,
            effect_note="Nothing is published before the verdict.", **self._by(20),
        )  # fmt: skip

    def _drafts(self, review: PracticeReview) -> None:
        first = self._draft(review, 1, 14, "")
        schools, hospitals, health = self._circulate(first, 13, 5)
        one = self._comment(schools, 11, "1.1", "two services", "Our record shows two.")
        two = self._comment(hospitals, 10, "2.1", "A letter alone is no conversation", "It was followed by a call.")
        self._send(schools, 11)
        self._send(hospitals, 10)
        checking.say_no_comments(check=health, by=_lead(health), now=self.days.at(self.days.ago(9)))
        drafts.close_round(draft=first, **self._by(5))
        answering.answer_comment(comment=one, answer=AnswerStatus.ACCEPTED, **self._by(5))
        answering.answer_comment(
            comment=two, answer=AnswerStatus.PARTLY, reason="The call is named; the finding stays.", **self._by(5)
        )
        second = self._draft(review, 2, 4, "Paragraph 1.1 put right; the call named in 2.1.")
        schools, _, _ = self._circulate(second, 3, -6)
        self._comment(schools, 2, "1.2", "in the same week", "The dates are in our record.")
        self._send(schools, 1)

    def _draft(self, review: PracticeReview, number: int, ago: int, changes: str) -> Draft:
        data = render_pdf(PAGE.format(reference=review.reference, number=number))
        file = ContentFile(data, name=f"draft-{number}.pdf")
        return drafts.add_draft(review=review, file=file, changes=changes, **self._by(ago))

    def _circulate(self, draft: Draft, ago: int, due_ago: int) -> list[FactCheck]:
        """In the order Education, Hospitals, Community Health."""
        due = self.days.ago(due_ago) if due_ago >= 0 else self.days.ahead(-due_ago)
        agencies = [self.cast.agencies[name] for name in ("Education", "Hospitals", "Community Health")]
        return drafts.circulate(draft=draft, agencies=agencies, due_on=due, **self._by(ago))

    def _comment(self, check: FactCheck, ago: int, paragraph: str, should_say: str, why: str) -> object:
        return checking.add_comment(
            check=check, paragraph=paragraph, should_say=should_say, why=why, by=_lead(check),
            now=self.days.at(self.days.ago(ago)),
        )  # fmt: skip

    def _send(self, check: FactCheck, ago: int) -> None:
        checking.send(check=check, by=_lead(check), now=self.days.at(self.days.ago(ago)))


def _lead(check: FactCheck) -> Actor:
    return Actor(check.lead_name, check.lead_address)
