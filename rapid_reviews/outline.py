"""The parts of a rapid review's text: their order, what each is for, and how far each is (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from rapid_reviews.choices import SectionKey
from rapid_reviews.models import Section
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
    K.EPISODES: "The few moments at which a different response might have mattered, and why it went as it did.",
    K.GOOD_PRACTICE: "What was done well. If nothing stands out, say so.",
    K.IMMEDIATE_LEARNING: "What can change now, who has been told, and how.",
    K.FURTHER_LEARNING: "What might still be learned, and whether a further review would add to it.",
    K.PARALLEL: "Criminal, care, inquest, child death, patient safety or police conduct proceedings: state, contact, "
    "next date. If there are none, say so.",
    K.NATIONAL: "Does the case raise issues that are complex or of national importance? Give the grounds.",
}


@dataclass(frozen=True)
class Part:
    """One section of one review, whether or not anything has been written yet."""

    key: SectionKey
    child: Child | None
    section: Section | None

    @property
    def title(self) -> str:
        return f"{self.key.label} of {self.child.pseudonym}" if self.child else self.key.label

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
    def is_started(self) -> bool:
        return self.section is not None and bool(self.section.text or self.section.is_unknown)


@dataclass(frozen=True)
class Group:
    title: str
    parts: Sequence[Part]


def outline(children: Iterable[Child], sections: Iterable[Section]) -> list[Group]:
    """Every part that the review needs; one on safeguarding for each child."""
    written = {(section.key, section.child_id): section for section in sections}
    children = list(children)

    def parts(key: SectionKey) -> list[Part]:
        if key == K.SAFEGUARDING:
            return [Part(key, child, written.get((key.value, child.pk))) for child in children]
        return [Part(key, None, written.get((key.value, None)))]

    return [Group(title, [part for key in keys for part in parts(key)]) for title, keys in GROUPS]
