"""The parts of a rapid review's text: their order, what each is for, and how far each is (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from panel.models import User
from rapid_reviews.choices import OF_EACH_CHILD, SectionKey
from rapid_reviews.models import Assignment, Section
from referrals.models import Child

K = SectionKey

GROUPS: tuple[tuple[str, tuple[SectionKey, ...]], ...] = (
    ("The children", (K.SAFEGUARDING, K.VOICE)),
    ("Identity and background", (K.ETHNICITY, K.CULTURE, K.DISABILITY, K.CHARACTERISTICS)),
    ("What happened", (K.FACTS, K.AGENCIES, K.EPISODES)),
    ("Learning", (K.GOOD_PRACTICE, K.IMMEDIATE_LEARNING, K.FURTHER_LEARNING)),
    ("Around the case", (K.PARALLEL, K.NATIONAL)),
)

# National Panel guidance: these are never blank, and "not known" needs a reason.
MAY_BE_UNKNOWN = frozenset({K.ETHNICITY, K.CULTURE, K.DISABILITY, K.CHARACTERISTICS})

GUIDANCE: dict[SectionKey, str] = {
    K.SAFEGUARDING: "Is this child safe now? What was done, by whom, and what still has to be done.",
    K.VOICE: "What the child said, showed or would have wanted known, and what daily life was like. "
    "How practitioners saw and heard the child.",
    K.ETHNICITY: "How race and ethnicity bear on what happened and on how agencies responded.",
    K.CULTURE: "How culture, religion and language bear on the case. Say whether an interpreter was needed and used.",
    K.DISABILITY: "How disability and health needs of the child or of family members bear on the case.",
    K.CHARACTERISTICS: "Age, sex, gender reassignment, pregnancy, sexual orientation and whatever else matters here.",
    K.FACTS: "The facts in short, as far as they are known, with the context of the family.",
    K.AGENCIES: "Who was involved, who was not and should have been, and what is still missing.",
    K.EPISODES: "What the episodes have in common. Each is marked in the chronology and analysed by itself.",
    K.GOOD_PRACTICE: "What was done well. If nothing stands out, say so.",
    K.IMMEDIATE_LEARNING: "What can change now. If there is no immediate learning, say so.",
    K.FURTHER_LEARNING: "What might still be learned, and whether a further review would add to it.",
    K.PARALLEL: "What other proceedings mean for this review, taken together. If there are none, say so.",
    K.NATIONAL: "Does the case raise issues that are complex or of national importance? Give the grounds.",
}


def title_of(key: SectionKey, child: Child | None) -> str:
    """The section's heading, with the child's pseudonym where there is one for each child."""
    if child is None:
        return key.label
    return f"{'Voice and lived experience' if key == K.VOICE else key.label} of {child.pseudonym}"


@dataclass(frozen=True)
class Part:
    """One section of one review, whether or not anything has been written yet."""

    key: SectionKey
    child: Child | None
    section: Section | None
    owner: User | None = None

    @property
    def title(self) -> str:
        return title_of(self.key, self.child)

    @property
    def place(self) -> tuple[str, int | None]:
        """What tells it from the other sections of the review."""
        return self.key.value, self.child.pk if self.child else None

    @property
    def version(self) -> int:
        return self.section.version if self.section else 0

    @property
    def slug(self) -> str:
        return slugify(f"{self.key.value} {self.child.pseudonym}" if self.child else self.key.value)

    @property
    def guidance(self) -> str:
        return GUIDANCE[self.key]

    @property
    def may_be_unknown(self) -> bool:
        return self.key in MAY_BE_UNKNOWN

    @property
    def is_complete(self) -> bool:
        return self.section is not None and self.section.is_complete

    @property
    def is_ready(self) -> bool:
        return self.section is not None and self.section.is_ready

    @property
    def is_started(self) -> bool:
        return self.section is not None and bool(self.section.text or self.section.is_unknown)


@dataclass(frozen=True)
class Group:
    title: str
    parts: Sequence[Part]


def outline(
    children: Iterable[Child], sections: Iterable[Section], assignments: Iterable[Assignment] = ()
) -> list[Group]:
    """Every part that the review needs; safeguarding and voice for each child."""
    written = {(section.key, section.child_id): section for section in sections}
    owners = {assignment.place: assignment.owner for assignment in assignments}
    children = list(children)

    def part(key: SectionKey, child: Child | None) -> Part:
        place = (key.value, child.pk if child else None)
        return Part(key, child, written.get(place), owners.get(place))

    def parts(key: SectionKey) -> list[Part]:
        return [part(key, child) for child in children] if key in OF_EACH_CHILD else [part(key, None)]

    return [Group(title, [part for key in keys for part in parts(key)]) for title, keys in GROUPS]
