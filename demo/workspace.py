"""A rapid review in the midst of being written: owners, comments, two versions, episodes, learning, proceedings."""

from dataclasses import dataclass
from uuid import uuid4

from demo.days import Days
from demo.people import Cast
from panel.models import User
from rapid_reviews import workflow
from rapid_reviews.choices import ProceedingKind, SectionKey
from rapid_reviews.contents import contents_of
from rapid_reviews.models import RapidReview

STORY = "late"
K = SectionKey
OWNERS = {
    K.FACTS: "social.care",
    K.EPISODES: "police",
    K.VOICE: "education",
    K.IMMEDIATE_LEARNING: "health",
    K.PARALLEL: "police",
    K.GOOD_PRACTICE: "education",
}
SECOND_FACTS = (
    "An injury was noticed at a routine appointment in the nursery’s own room. The account given did not explain it.\n"
    "The family had moved three times in the year before; the third move was found in the housing records."
)


@dataclass
class Writing:
    review: RapidReview
    cast: Cast
    days: Days

    def write(self) -> None:
        self._owners()
        self._texts()
        self._comments()
        self._episode()
        self._learning()
        self._proceedings()

    def _by(self, account: str) -> User:
        return self.cast.users[account]

    def _owners(self) -> None:
        owners = {
            part.place: self._by(OWNERS[part.key]) for part in contents_of(self.review).parts if part.key in OWNERS
        }
        now = self.days.at(self.days.ago(3), 9)
        workflow.assign_sections(review=self.review, owners=owners, by=self.cast.business_manager, now=now)

    def _texts(self) -> None:
        """A second version of the facts, ready for review; two sections that are not complete any more."""
        facts = {"review": self.review, "version": 1}
        workflow.save_section(
            key=K.FACTS, text=SECOND_FACTS, is_ready=True, by=self._by("social.care"),
            now=self.days.at(self.days.ago(1), 14), **facts,
        )  # fmt: skip
        workflow.save_section(
            key=K.EPISODES, text="Both show a plan that went on while what people saw changed.",
            by=self._by("police"), now=self.days.at(self.days.ago(1), 15), **facts,
        )  # fmt: skip

    def _comments(self) -> None:
        facts = {"review": self.review, "key": K.FACTS}
        now = self.days.at(self.days.ago(1), 15)
        moves = workflow.add_comment(
            text="Which of the three moves did health visiting know of?", by=self._by("health"), now=now, **facts
        )
        workflow.add_comment(
            text="The first two. I am asking for the third.", parent=moves, by=self._by("social.care"),
            now=self.days.at(self.days.ago(1), 16), **facts,
        )  # fmt: skip
        done = workflow.add_comment(text="Say which room it was.", by=self._by("education"), now=now, **facts)
        workflow.resolve_comment(comment=done, by=self._by("social.care"), now=self.days.at(self.days.ago(1), 16))

    def _episode(self) -> None:
        """The first is analysed, the others are waiting."""
        first = contents_of(self.review).episodes[0]
        answers = {
            "happened": "What was seen was written down on the day and went no further.",
            "expected": "A call to the duty team on the same day, under the partnership’s own procedure.",
            "why": "Two posts were vacant, and the form had no box for what others ought to be told.",
            "teaches": "Who writes something down needs to know who reads it.",
        }
        workflow.analyse_episode(
            review=self.review, row=first.row, answers=answers, version=0, by=self._by("police"),
            now=self.days.at(self.days.ago(1), 15),
        )  # fmt: skip

    def _learning(self) -> None:
        now, facts = self.days.at(self.days.ago(2), 11), {"review": self.review, "version": 0, "by": self._by("health")}
        workflow.save_learning(
            uuid=uuid4(), message="A missed appointment of a child under two is followed up by telephone.",
            audience="Health visitors and practice nurses", channel="Briefing of one page, read out in team meetings",
            by_whom="the designated doctor", due_on=self.days.ago(2), shared_on=self.days.ago(2), now=now, **facts,
        )  # fmt: skip
        workflow.save_learning(
            uuid=uuid4(), message="Housing tells health visiting of every move of a family with a child under five.",
            audience="Housing officers", channel="Change to the tenancy form", by_whom="Example Homes",
            due_on=self.days.ahead(10), now=now, **facts,
        )  # fmt: skip

    def _proceedings(self) -> None:
        workflow.save_proceeding(
            review=self.review, uuid=uuid4(), kind=ProceedingKind.CRIMINAL, version=0, by=self._by("police"),
            contact="The officer in the case, Exampleshire Police", state="Two adults interviewed; no charge yet",
            next_on=self.days.ahead(15), effect="Witnesses in the family are not spoken to before the police agree.",
            now=self.days.at(self.days.ago(1), 12),
        )  # fmt: skip
