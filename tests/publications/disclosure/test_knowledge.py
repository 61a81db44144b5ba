"""What the case knows is gathered from every app below: people, dates, schools, practitioners, numbers in free text."""

from datetime import date

import pytest
from django.utils import timezone

from chronology.models import Row, order_of
from core.guard import workflow as guarded
from panel.models import Agency
from panel.roles import Role
from publications.disclosure import knowledge
from publications.disclosure.choices import Kind
from referrals.choices import PersonRole
from tests.publications.factories import review
from tests.referrals.factories import CHILD_NAME, PERSON_NAME, add_person, person_with

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@guarded
def add_row(referral, **facts):
    day = facts.pop("happened_on", date(2025, 9, 17))
    row = Row(
        referral=referral, agency=Agency.objects.get(short_name="Hospital"), happened_on=day,
        order=order_of(day, None), created_label="Kit Invented, Inventshire Hospital Trust", created_at=NOW,
        released_at=NOW, **{"event": "Seen."} | facts,
    )  # fmt: skip
    row.save()
    return row


def test_everything_that_the_case_knows(cast, django_assert_max_num_queries):
    made = review()
    case, by = made.referral, person_with(Role.BUSINESS_MANAGER, NOW)
    add_person(case, by=by, details="Lives at 14 Larch Close, ZZ99 3WZ; rang from 01632 960123.")
    add_person(case, by=by, role=PersonRole.FATHER, name="", other_names="", date_of_birth=None, details="")
    add_row(
        case, who="PC Ann Sample, Health Visitor; Dr Quill", event="Mr Prentice rang. NHS number 943 476 5919.",
        comment="Police reference 22NV/48812/25, Inventshire Council told.",
    )  # fmt: skip
    with django_assert_max_num_queries(32):
        known = knowledge.gather(made)
    people = {(person.kind, person.label): person.names for person in known.people}
    assert people[Kind.CHILD, "Child A"] == (CHILD_NAME, "Ro invented")
    assert (PERSON_NAME,) in people.values()
    practitioners = {one.names[0] for one in known.people if one.kind == Kind.PRACTITIONER}
    assert {"Ann Sample", "Kit Invented"} <= practitioners
    assert "Mx Quill" in practitioners
    assert not {name for name in practitioners if "Inventshire" in name or "Health" in name}
    assert ("Mx Prentice",) in {one.names for one in known.people if one.label == knowledge.SOMEBODY}
    days = {(day.kind, day.on): day.without_year for day in known.days}
    assert days[Kind.BIRTH, date(2018, 5, 4)]
    assert days[Kind.DATE, case.incident_on]
    assert days[Kind.DATE, date(2025, 9, 17)] is False
    facts = {(fact.kind, fact.value.casefold()) for fact in known.facts}
    assert {
        (Kind.SCHOOL, "zebediah primary school"), (Kind.ADDRESS, "14 larch close"), (Kind.POSTCODE, "zz99 3wz"),
        (Kind.PHONE, "01632 960123"), (Kind.NUMBER, "943 476 5919"), (Kind.REFERENCE, case.reference.casefold()),
        (Kind.REFERENCE, "22nv/48812/25"),
    } <= facts  # fmt: skip
    assert known.short_forms["elizabeth"] >= {"lizzie", "beth"}
    assert "rose" in known.ordinary


def test_a_review_of_no_case_has_the_word_lists_alone(cast):
    known = knowledge.gather(review(kind="audit"))
    assert (known.people, known.days, known.facts) == ([], [], [])
    assert known.ordinary


def test_the_fingerprint_changes_when_more_is_known(cast):
    made = review()
    before = knowledge.gather(made).fingerprint()
    assert knowledge.gather(made).fingerprint() == before
    add_row(made.referral, event="Ms Newcomer came.")
    assert knowledge.gather(made).fingerprint() != before
