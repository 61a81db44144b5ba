"""The invented incidents. Each ends in another state, so that every page has something to show."""

from dataclasses import dataclass, field
from datetime import date

from demo.days import Days
from referrals.choices import Ethnicity, Kind, LegalStatus, Nature, Outcome, PlaceType, Sex


@dataclass(frozen=True)
class Kid:
    """An invented child. `months` is the age at the incident."""

    name: str
    months: int
    outcome: Outcome = Outcome.HARMED
    sex: Sex = Sex.FEMALE
    ethnicity: Ethnicity = Ethnicity.WHITE_BRITISH
    legal_status: LegalStatus = LegalStatus.NONE


@dataclass(frozen=True)
class Story:
    """One incident: what, with whom, and on which day it was recorded. A notification was sent on that day too."""

    key: str
    recorded_on: date
    lead: str
    kids: tuple[Kid, ...]
    harm: str
    circumstances: str
    kind: Kind = Kind.SIN
    nature: Nature = Nature.SERIOUS_HARM
    place: PlaceType = PlaceType.HOME
    agencies: tuple[str, ...] = field(default=("Children's Services", "Community Health", "Police"))


INJURY, NEGLECT, INFANT, VIOLENCE = (
    "Non-accidental injury",
    "Neglect",
    "Sudden unexpected death in infancy",
    "Criminal exploitation or serious youth violence",
)
MANY = (
    "Education", "Early Years", "Hospitals", "Children's Services", "Community Health", "Youth Justice", "Housing",
)  # fmt: skip
BABY = "A baby was brought to hospital with an injury that the account given did not explain."
ALONE = "Children were found alone at home for a second time, without food that they could reach."
STREET = "A teenager was hurt in a public place by other young people."
ASLEEP = "A baby died in the night after sharing a sofa with an adult who had been drinking."


def closed_before_review(days: Days) -> list[Story]:
    """Cases that never became a rapid review."""
    referral = {"kind": Kind.REFERRAL, "agencies": ("Education", "Children's Services")}
    return [
        Story("redirected", days.ago(38), "education", (Kid("Rue Invented", 130),), NEGLECT, ALONE, **referral),
        Story("not_met", days.ago(35), "health", (Kid("Rio Invented", 50),), INJURY, BABY, **referral),
        Story("withdrawn", days.ago(33), "police", (Kid("Roe Invented", 190),), VIOLENCE, STREET, **referral),
    ]


def waiting(days: Days) -> list[Story]:
    """Cases before their rapid review."""
    return [
        Story("panel", days.ago(9), "public.health", (Kid("Wren Invented", 70),), NEGLECT, ALONE, Kind.REFERRAL),
        Story("more_information", days.ago(6), "education", (Kid("Ray Invented", 170),), VIOLENCE, STREET),
        Story("accepted", days.ago(2), "social.care", (Kid("Rain Invented", 8),), INJURY, BABY),
        Story("recorded", days.ago(1), "health", (Kid("Reed Invented", 5), Kid("Roan Invented", 40)), INJURY, BABY),
    ]


def under_review(days: Days) -> list[Story]:
    """Cases with an open rapid review, the latest in their fifteen days first."""
    siblings = (Kid("Robin Invented", 30), Kid("Rosa Invented", 71, Outcome.NOT_HARMED))
    school = {"place": PlaceType.SCHOOL, "agencies": ("Education", "Children's Services", "Sample Academies")}
    many = {"agencies": MANY}
    return [
        Story("late", days.notified_for_review_due_in(-3), "social.care", siblings, NEGLECT, ALONE),
        Story("differ", days.notified_for_review_due_in(1), "health", (Kid("Ridge Invented", 9),), INJURY, BABY),
        Story("decided", days.ago(14), "police", (Kid("River Invented", 186),), VIOLENCE, STREET, **school),
        Story("due_in_two", days.notified_for_review_due_in(2), "education", (Kid("Rowan Invented", 4),), INJURY, BABY),
        Story("drafting", days.ago(10), "health", (Kid("Rory Invented", 22),), INJURY, BABY),
        Story("walled", days.ago(6), "education", (Kid("Remy Invented", 200, sex=Sex.MALE),), VIOLENCE, STREET, **many),
        Story("circulated", days.notified_for_review_due_in(3), "health", (Kid("Rune Invented", 20),), INJURY, BABY),
        Story("resolved", days.notified_for_review_due_in(2), "police", (Kid("Riva Invented", 60),), NEGLECT, ALONE),
        Story("opened", days.ago(1), "public.health", (Kid("Raven Invented", 66),), NEGLECT, ALONE),
    ]


def reviewed(days: Days) -> list[Story]:
    """Cases whose rapid review is over."""
    looked_after = Kid("Ryan Invented", 3, Outcome.DIED, Sex.MALE, legal_status=LegalStatus.LOOKED_AFTER)
    death = {"nature": Nature.DEATH, "place": PlaceType.PLACEMENT}
    return [
        Story("lcspr_first", days.ago(122), "social.care", (Kid("Rafe Invented", 40),), NEGLECT, ALONE),
        Story("lcspr_second", days.ago(88), "health", (Kid("Rhea Invented", 11),), INJURY, BABY),
        Story("sent_in_time", days.ago(70), "social.care", (looked_after,), INFANT, ASLEEP, **death),
        Story("sent_late", days.ago(58), "health", (Kid("Romy Invented", 14),), INJURY, BABY),
        Story("review_withdrawn", days.ago(45), "police", (Kid("Rhys Invented", 7),), INJURY, BABY),
        Story("sent_lately", days.ago(20), "education", (Kid("Remi Invented", 150),), NEGLECT, ALONE),
    ]


def all_stories(days: Days) -> list[Story]:
    """Every case, in the order in which they were recorded."""
    found = [*closed_before_review(days), *waiting(days), *under_review(days), *reviewed(days)]
    return sorted(found, key=lambda story: story.recorded_on)
