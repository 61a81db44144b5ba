"""Local child safeguarding practice reviews: the first is signed off, for publication; the second is in its months.

Every day is counted from the partners' decision, or back from `days.now`, and lies in the past.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.base import ContentFile

from agency_returns.actors import Actor
from core.pdf import render_pdf
from demo.days import Days
from demo.people import Cast
from practice_reviews import workflow as reviews
from practice_reviews.choices import Basis, ContactKind, Kind
from practice_reviews.models import PracticeReview
from practice_reviews.workflow import checking, drafts, family, signing
from rapid_reviews.choices import PARTNERS, Outcome
from rapid_reviews.models import RapidReview
from rapid_reviews.states import AFTER_SENDING

AGENCIES = ("Community Health", "Education")
TITLES = ("What was known before the second move", "Who asks after a child that is not brought")
REVIEWER = {
    "name": "Remy Pretend", "organisation": "Pretend Reviews", "address": "remy.pretend@reviews.example",
    "expertise": "Health visiting, neglect, work with families.",
}  # fmt: skip
REPORT = """<!doctype html><html lang="en-GB"><head><title>Report</title></head><body><h1>Report of the review</h1>
<h2>1. What happened</h2><p>1.1 Three services each held a part of the picture.</p>
<h2>2. What it teaches</h2><p>2.1 Whoever notices a second missed appointment rings the same day.</p></body></html>"""
READ = "I have read the report and every comment of the agencies. It answers the questions that were set."


def build(cast: Cast, days: Days) -> None:
    decided = RapidReview.objects.filter(outcome=Outcome.LCSPR, status__in=AFTER_SENDING).order_by("decided_on", "pk")
    writer = Writer(cast, days)
    for number, (rapid, title) in enumerate(zip(decided.select_related("referral"), TITLES, strict=False)):
        review = writer.begin(rapid, title)
        if number == 0:
            writer.finish(review)


@dataclass
class Writer:
    cast: Cast
    days: Days

    def begin(self, rapid: RapidReview, title: str) -> PracticeReview:
        """Commissioned, the three bodies told with the reviewer's name, scope agreed, begun; the family invited."""
        wanted = reviews.Commission(kind=Kind.LCSPR, title=title, basis=Basis.PARTNERS, referral=rapid.referral)
        decided = rapid.decided_on or self.days.today
        review = reviews.commission(wanted=wanted, **self._by(self.days.after(decided, 1)))
        self._reviewer(review)
        self._tell(review)
        self._scope(review)
        review = reviews.begin(review=review, **self._by(self._on(review, 8)))
        self._family(review)
        self._milestones(review)
        return review

    def finish(self, review: PracticeReview) -> PracticeReview:
        """One draft through its check of the facts; the partners agree and the chair signs."""
        file = ContentFile(render_pdf(REPORT), name="report.pdf")
        draft = drafts.add_draft(review=review, file=file, **self._ago(32))
        asked = [self.cast.agencies[name] for name in AGENCIES]
        for check in drafts.circulate(draft=draft, agencies=asked, due_on=self.days.ago(21), **self._ago(31)):
            lead = Actor(check.lead_name, check.lead_address)
            checking.say_no_comments(check=check, by=lead, now=self.days.at(self.days.ago(25)))
        drafts.close_round(draft=draft, **self._ago(20))
        for partner, person in zip(PARTNERS, self.cast.partners, strict=True):
            agreed_on = self.days.ago(17)
            signing.agree(
                review=review, partner=partner, agreed_by=str(person), agreed_on=agreed_on, by=person,
                now=self.days.at(agreed_on, 15),
            )  # fmt: skip
        now = self.days.at(self.days.ago(15))
        return signing.sign_off(review=review, statement=READ, by=self.cast.chair, now=now)

    def _on(self, review: PracticeReview, days: int) -> date:
        return self.days.after(review.decided_on, days)

    def _by(self, day: date) -> dict[str, object]:
        return {"by": self.cast.business_manager, "now": self.days.at(day)}

    def _ago(self, days: int) -> dict[str, object]:
        return self._by(self.days.ago(days))

    def _reviewer(self, review: PracticeReview) -> None:
        day = self._on(review, 2)
        found = reviews.consider(review=review, **REVIEWER, **self._by(day))
        found = reviews.appoint(reviewer=found, reason="Knows health visiting, and is free.", **self._by(day))
        declared = reviews.Declared(
            text="I have never worked for or with any of the agencies.", apart_from_agencies=True, apart_from_line=True,
            declared_on=day,
        )  # fmt: skip
        row = reviews.record_declaration(reviewer=found, declared=declared, **self._by(day))
        now = self.days.at(self._on(review, 3))
        reviews.rule_on_declaration(declaration=row, accept=True, by=self.cast.chair, now=now)

    def _tell(self, review: PracticeReview) -> None:
        day = self._on(review, 3)
        for letter in reviews.write_letters(review=review, **self._by(day)):
            to = f"{letter.body.replace('_', '.')}@national.example"
            reviews.record_letter_sent(
                letter=letter, on=day, to=to, late_reason="The reviewer accepted on the day before.", **self._by(day)
            )

    def _scope(self, review: PracticeReview) -> None:
        case, day = review.referral, review.decided_on
        scope = reviews.Scope(
            method="Conversations with practitioners and family; records of the two years before.",
            scope_from=day - timedelta(days=730), scope_to=day - timedelta(days=25),
            children=list(case.children.all()) if case else [],
            agencies=[self.cast.agencies[name] for name in AGENCIES],
        )  # fmt: skip
        reviews.set_scope(review=review, scope=scope, **self._by(self._on(review, 6)))
        reviews.agree_terms(review=review, by=self.cast.chair, now=self.days.at(self._on(review, 7)))

    def _family(self, review: PracticeReview) -> None:
        day = self._on(review, 9)
        member = family.add_member(
            review=review, name="Alma Pretend", pseudonym="Grandmother of the child", **self._by(day)
        )
        steps = (
            (ContactKind.INVITE, 10, "Letter, then a visit"),
            (ContactKind.ACCEPT, 14, "By telephone"),
            (ContactKind.VIEWS, 30, "“Nobody asked me, and I live next door.”"),
        )
        for kind, number, text in steps:
            on = self._on(review, number)
            family.record_contact(member=member, kind=kind, on=on, text=text, **self._by(on))

    def _milestones(self, review: PracticeReview) -> None:
        """What was planned for the time until two weeks ago was done on its day; the rest is to come."""
        for milestone in review.milestones.filter(due_on__lt=self.days.ago(10)):
            reviews.complete_milestone(milestone=milestone, on=milestone.due_on, **self._by(self.days.ago(0)))
