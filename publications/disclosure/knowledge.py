"""What the case knows about its people, gathered from every app below this one. A fixed number of queries.

Names that stand only inside free text are known where a title goes before them ("Mr Pretend"); numbers, postcodes and
addresses are known wherever they stand.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from agency_returns.models import AgencyReturn, HandOver, InformationRequest, ReturnPart
from chronology.models import Row
from panel.models import Agency, Partnership
from practice_reviews.models import (
    AgencyAsk,
    FactCheck,
    FamilyContact,
    FamilyMember,
    ParallelProceeding,
    PracticeReview,
)
from publications.disclosure.choices import Kind
from publications.disclosure.known import Day, Known, Person
from publications.disclosure.names import names_from
from publications.disclosure.ordinary import short_forms
from publications.disclosure.patterns import extracted
from publications.models import OrdinaryWord, ShortForm
from rapid_reviews.models import Proceeding, SafeguardingIssue, Section
from referrals.choices import Outcome, Precision
from referrals.models import InvolvedAgency, Referral, Screening
from referrals.names import all_names, words_of

PRACTITIONER = "A practitioner"
SOMEBODY = "Somebody whom the case names"
FROM_COMMISSION = "From the commissioned review"
FROM_CASE, FROM_CHRONOLOGY, FROM_RETURN, FROM_REVIEW = (
    "From the case", "From the chronology", "From an agency’s return", "From the rapid review"
)  # fmt: skip
TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|PC|DC|DS|DI|Sgt|Auntie|Aunt|Uncle|Nana|Grandma|Grandad)\.? "
    r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?"
)


def gather(review: PracticeReview) -> Known:
    """Everything that is known for the report of `review`: of its case, if it has one, and of the review itself."""
    known = Known(
        organisations=[*Agency.objects.values_list("name", flat=True), Partnership.current().name],
        short_forms=short_forms(ShortForm.objects.values_list("name", "short")),
        ordinary=frozenset(OrdinaryWord.objects.values_list("word", flat=True)),
    )
    Gathering(known, review).all()
    return known


class Gathering:
    """Goes through one case and the review of it. `free` are texts in which people may have written anything."""

    def __init__(self, known: Known, review: PracticeReview) -> None:
        self.known, self.commission = known, review
        self.referral: Any = Referral.objects.filter(pk=review.referral_id).first()
        self.free: list[tuple[str, str]] = []
        self.practitioners: dict[str, None] = {}
        self._not_names = {word for name in known.organisations for word in words_of(name)}

    def all(self) -> None:
        if self.referral is not None:
            self.children()
            self.people()
            self.case()
            self.returns()
            self.chronology()
            self.review()
        self.commissioned()
        self.from_free_text()
        for name in self.practitioners:
            self.known.people.append(Person(Kind.PRACTITIONER, PRACTITIONER, (name,)))

    def children(self) -> None:
        for child in self.referral.children.all():
            label = str(child)
            self._person(Kind.CHILD, label, child.name, child.other_names)
            for day in (child.date_of_birth, child.expected_on):
                if day:
                    self.known.days.append(Day(Kind.BIRTH, f"Date of birth of {label}", day, without_year=True))
            self.known.add_fact(Kind.SCHOOL, f"School or setting of {label}", child.school)
            self.free.append((child.disability_details, FROM_CASE))

    def people(self) -> None:
        for person in self.referral.people.all():
            self._person(Kind.FAMILY, str(person), person.name, person.other_names)
            if person.date_of_birth:
                label = f"Date of birth of {person}"
                self.known.days.append(Day(Kind.BIRTH, label, person.date_of_birth, without_year=True))
            self.free.append((person.details, FROM_CASE))

    def case(self) -> None:
        case, known = self.referral, self.known
        if case.incident_on and case.incident_precision in (Precision.EXACT, Precision.ABOUT):
            died = any(child.outcome == Outcome.DIED for child in case.children.all())
            label = "Date of the incident, on which a child died or was harmed" if died else "Date of the incident"
            known.days.append(Day(Kind.DATE, label, case.incident_on, without_year=True))
        known.add_fact(Kind.REFERENCE, "Reference of the case", case.reference)
        known.add_fact(Kind.REFERENCE, "Reference of the notification", case.sin_reference)
        self._practitioner(case.referrer_name, case.referrer_address)
        texts = [case.circumstances, case.media_details, case.legal_details, case.late_reason, case.harm_other]
        texts += InvolvedAgency.objects.filter(referral=case).values_list("involvement", flat=True)
        for screening in Screening.objects.filter(referral=case).values():
            texts += [value for value in screening.values() if isinstance(value, str)]
        self.free += [(text, FROM_CASE) for text in texts]

    def returns(self) -> None:
        for asked in InformationRequest.objects.filter(referral=self.referral):
            self._practitioner(asked.lead_name, asked.lead_address)
            self._practitioner(asked.no_involvement_by)
            for line in re.split(r"[\n;]", asked.where_lived):
                self.known.add_fact(Kind.ADDRESS, "Where the family lived", line)
            self.free.append((asked.where_lived, "Where the family lived"))
        versions = AgencyReturn.objects.filter(request__referral=self.referral)
        for one in versions:
            self._practitioner(one.begun_by)
            self._practitioner(one.author_name, one.author_address)
            self._practitioner(one.signer_name, one.signer_address)
        for hand in HandOver.objects.filter(request__referral=self.referral):
            self._practitioner(hand.name, hand.address)
        parts = ReturnPart.objects.filter(version__request__referral=self.referral)
        self.free += [(text, FROM_RETURN) for text in parts.values_list("text", flat=True)]

    def chronology(self) -> None:
        rows = Row.objects.filter(referral=self.referral, withdrawn_at__isnull=True)
        days = set()
        for row in rows.order_by("pk"):
            if row.agency_id is not None:
                self._practitioner(row.created_label)
            for name in self._named([row.who]):
                self.practitioners[name] = None
            self.free += [(t, FROM_CHRONOLOGY) for t in (row.event, row.response, row.comment, row.source, row.who)]
            if row.precision == Precision.EXACT:
                days.add(row.happened_on)
        label = "Date of an event in the chronology"
        self.known.days += [Day(Kind.DATE, label, day) for day in sorted(days)]

    def review(self) -> None:
        of_case: dict[str, Any] = {"review__referral": self.referral}
        for issue in SafeguardingIssue.objects.filter(**of_case):
            self._practitioner(issue.lead_name, issue.lead_address)
            self.free += [(issue.concern, FROM_REVIEW), (issue.asked, FROM_REVIEW)]
        for proceeding in Proceeding.objects.filter(**of_case, removed_at__isnull=True):
            for name in self._named([proceeding.contact]):
                self.practitioners[name] = None
            self.free += [(proceeding.contact, FROM_REVIEW), (proceeding.state, FROM_REVIEW)]
        self.free += [(text, FROM_REVIEW) for text in Section.objects.filter(**of_case).values_list("text", flat=True)]

    def commissioned(self) -> None:
        """The family's members and contacts, agencies' leads, proceedings. The reviewer signs the report: no secret."""
        family = FamilyMember.objects.filter(review=self.commission).order_by("pk")
        for one in family:
            self._person(Kind.FAMILY, one.pseudonym or "A member of the family", one.name, "")
            self.free.append((one.reach, FROM_COMMISSION))
        contacts = FamilyContact.objects.filter(member__review=self.commission)
        self.free += [(text, FROM_COMMISSION) for text in contacts.values_list("text", flat=True)]
        for ask in AgencyAsk.objects.filter(review=self.commission):
            self._practitioner(ask.lead_name, ask.lead_address)
            self._practitioner(ask.answered_label)
        for sent in FactCheck.objects.filter(draft__review=self.commission):
            self._practitioner(sent.lead_name, sent.lead_address)
            self._practitioner(sent.answered_label)
        for text in ParallelProceeding.objects.filter(review=self.commission).values_list("contact", flat=True):
            self.free.append((text, FROM_COMMISSION))
            for name in self._named([text]):
                self.practitioners[name] = None

    def from_free_text(self) -> None:
        """Numbers and addresses wherever they stand; names after a title."""
        seen, people = set(self.known.facts), set()
        called = {word for person in self.known.people for name in person.names for word in words_of(name)}
        for text, label in self.free:
            for fact in extracted(text, label):
                if fact not in seen:
                    seen.add(fact)
                    self.known.facts.append(fact)
            for name in self._named(found[0] for found in TITLED.finditer(text)):
                if not set(words_of(name)) <= called and name not in self.practitioners:
                    people.add(name)
        self.known.people += [Person(Kind.FAMILY, SOMEBODY, (name,)) for name in sorted(people)]

    def _person(self, kind: Kind, label: str, name: str, other_names: str) -> None:
        names = tuple(all_names(name, other_names)) if name or other_names else ()
        if names:
            self.known.people.append(Person(kind, label, names))

    def _practitioner(self, label: str, address: str = "") -> None:
        """From a name, or a label such as "Kit Invented, Inventshire Hospital Trust"; and their work e-mail."""
        name = label.partition(",")[0].strip()
        if len(words_of(name)) > 1 and not set(words_of(name)) & self._not_names:
            self.practitioners[name] = None
        self.known.add_fact(Kind.EMAIL, "Work e-mail of a practitioner", address)

    def _named(self, texts: Iterable[str]) -> Iterator[str]:
        for name in names_from(texts):
            if not set(words_of(name)) & self._not_names:
                yield name
