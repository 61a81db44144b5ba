"""Parents, carers and others: added, named only to those with the right, and what was notified stays frozen."""

import uuid
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from referrals import workflow
from referrals.choices import Kind, PersonRole
from referrals.models import Referral, RelatedPerson
from referrals.states import Status
from referrals.workflow.corrections import CORRECTABLE
from referrals.workflow.people import pseudonym_of
from tests.referrals.factories import (
    CHILD_NAME,
    PERSON_NAME,
    SECRET,
    add_person,
    child_facts,
    make_draft,
    make_referral,
    referral_at,
)

pytestmark = pytest.mark.django_db


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def typed(**over):
    return {
        "role": "father", "role_other": "", "children": [], "name": "Basil Pretend", "other_names": "",
        "date_of_birth_0": "9", "date_of_birth_1": "3", "date_of_birth_2": "1990", "lives_with": "no",
        "details": "", "save": "",
    } | over  # fmt: skip


@pytest.fixture
def client(cast, sign_in):
    return sign_in(cast.business_manager)


def test_a_person_is_added_changed_and_removed_on_the_pages(cast, client):
    draft = make_draft(children=[{}, {"name": "Sage Invented"}])
    people = reverse("referrals:draft-people", args=[draft.key])
    assert "Nobody is added yet" in client.get(people).content.decode()
    form = client.get(reverse("referrals:draft-person-new", args=[draft.key])).url
    child = draft.children.first()
    for _ in range(2):  # a double click
        assert client.post(form, typed(children=[child.pk])).url == people
    person = draft.people.get()
    assert (person.role, person.name, list(person.children.all())) == ("father", "Basil Pretend", [child])
    shown = page(client.get(people)).text
    assert "Basil Pretend" in shown
    assert f"Father of {CHILD_NAME}" in shown
    client.post(form, typed(role="other", role_other="a neighbour", seen=""))
    person.refresh_from_db()
    assert (person.role_words, person.children.count()) == ("a neighbour", 0)
    remove = reverse("referrals:draft-person-remove", args=[draft.key, person.key])
    assert client.get(remove).status_code == 200
    for _ in range(2):
        assert client.post(remove).url == people
    assert not draft.people.exists()


@pytest.mark.parametrize(
    ("over", "error"),
    [
        ({"role": ""}, "Select who this person is to the children"),
        ({"role": "other"}, "Say who the other person is"),
        ({"lives_with": ""}, "Select whether this person lived with the children"),
        ({"date_of_birth_2": "2099"}, "The date of birth cannot be in the future"),
        ({"date_of_birth_2": "1901"}, "The date of birth cannot be more than 120 years ago"),
    ],
)
def test_bad_input_is_named_and_kept(cast, client, over, error):
    draft = make_draft()
    url = reverse("referrals:draft-person", args=[draft.key, uuid.uuid4()])
    shown = page(client.post(url, typed(**over)))
    assert error in shown.select_one(".govuk-error-summary").text
    assert shown.select_one("input[name=name]")["value"] == "Basil Pretend"
    assert not RelatedPerson.objects.exists()


def test_two_windows_do_not_overwrite_each_other(cast, client):
    draft = make_draft()
    person = add_person(draft, by=cast.business_manager)
    url = reverse("referrals:draft-person", args=[draft.key, person.key])
    seen = page(client.get(url)).select_one("input[name=seen]")["value"]
    add = {"key": person.key, "facts": {"name": "Saved Meanwhile"}, "children": draft.children.all()}
    workflow.save_person(referral=draft, **add, by=cast.business_manager, now=timezone.now())
    shown = page(client.post(url, typed(seen=seen)))
    assert "Saved Meanwhile" in shown.select_one(".govuk-error-summary").text
    assert shown.select_one("input[name=name]")["value"] == "Basil Pretend"


def test_the_section_is_optional_and_waits_for_the_children(cast, client):
    draft = workflow.start_draft(kind=Kind.SIN, by=cast.business_manager, now=timezone.now())
    tasks = reverse("referrals:draft-tasks", args=[draft.key])
    assert client.get(reverse("referrals:draft-people", args=[draft.key])).url == tasks
    shown = page(client.get(tasks))
    assert "Add a child first: each person is asked about by child." in shown.text
    complete = page(client.get(reverse("referrals:draft-tasks", args=[make_draft().key])))
    assert complete.select_one("#people-status").text.strip() == "Optional"
    assert complete.select_one("#check-status").text.strip() == "Ready"
    assert "5 of 5" in complete.text


def test_pseudonyms_say_whose_and_never_who(cast):
    draft = make_draft(children=[{}, {"name": "Sage Invented"}])
    both = list(draft.children.all())
    for role, children in [
        ("mother", both), ("sibling", both[:1]), ("sibling", both[:1]), ("alleged", both), ("household", both[1:]),
        ("carer", []),
    ]:  # fmt: skip
        add_person(draft, by=cast.business_manager, role=role, children=children)
    case = workflow.record_referral(draft=draft, by=cast.business_manager, now=timezone.now())
    assert list(case.people.order_by("position").values_list("pseudonym", flat=True)) == [
        "Mother of Child A and Child B",
        "Sibling of Child A",
        "Sibling 2 of Child A",
        "Alleged perpetrator of harm to Child A and Child B",
        "Household member with Child B",
        "Carer",
    ]


def test_three_children_are_listed(cast):
    draft = make_draft(children=[{}, {"name": "Sage Invented"}, {"name": "Ash Invented"}])
    add_person(draft, by=cast.business_manager)
    case = workflow.record_referral(draft=draft, by=cast.business_manager, now=timezone.now())
    assert case.people.get().pseudonym == "Mother of Child A, Child B and Child C"
    assert pseudonym_of(RelatedPerson(role=PersonRole.FATHER), [], {"Father", "Father 2"}) == "Father 3"


@pytest.mark.parametrize("who", ["partner_la", "scrutineer"])
def test_without_the_right_to_names_people_are_pseudonyms(cast, sign_in, who):
    case = make_referral()
    add_person(case, by=cast.business_manager, other_names="Goldie")
    url = reverse("referrals:referral-detail", args=[case.reference])
    hidden = sign_in(getattr(cast, who)).get(url).content.decode()
    for leak in (PERSON_NAME, "Marigold", "Goldie", "9 March 1991"):
        assert leak not in hidden
    assert "Mother of Child A" in hidden
    assert "35 years" in hidden
    shown = sign_in(cast.member).get(url).content.decode()
    for there in (PERSON_NAME, "Goldie", "9 March 1991", "Mother of Child A"):
        assert there in shown


def test_history_and_mail_carry_the_pseudonym_only(cast):
    case = make_referral()
    person = add_person(case, by=cast.member)
    sentence = Event.objects.get(verb="referral.person_saved").sentence
    assert "Mother of Child A" in sentence
    assert PERSON_NAME not in sentence
    workflow.save_person(
        referral=case, key=person.key, facts={"role": "carer"}, children=case.children.all(), by=cast.member,
        now=timezone.now(),
    )  # fmt: skip
    person.refresh_from_db()
    assert (person.role, person.pseudonym) == ("carer", "Mother of Child A"), "a pseudonym in use does not change"


def test_somebody_learned_of_later_is_added_to_the_case(cast, sign_in):
    case = make_referral()
    client = sign_in(cast.member)
    url = client.get(reverse("referrals:person-add", args=[case.reference])).url
    response = client.post(url, typed(children=[case.children.get().pk]))
    assert response.url == reverse("referrals:referral-detail", args=[case.reference])
    assert case.people.get().pseudonym == "Father of Child A"
    assert "Basil Pretend" in client.get(response.url).content.decode()


def test_nobody_is_added_to_a_closed_case_or_to_the_child_of_another(cast):
    closed = referral_at(Status.NOT_MET)
    with pytest.raises(WorkflowError, match="nobody is added"):
        add_person(closed, by=cast.member)
    with pytest.raises(WorkflowError, match="not in this case"):
        add_person(make_draft(), by=cast.business_manager, children=list(closed.children.all()))
    with pytest.raises(NotPermitted):
        add_person(make_referral(), by=cast.partner_la)


def test_a_person_of_another_case_is_not_reached_through_this_one(cast, client):
    other = add_person(make_draft(), by=cast.business_manager)
    assert client.get(reverse("referrals:draft-person", args=[make_draft().key, other.key])).status_code == 404
    case = make_referral()
    assert client.get(reverse("referrals:person-change", args=[case.reference, other.key])).status_code == 404
    stranger = make_referral().children.get()
    assert client.get(reverse("referrals:child-correct", args=[case.reference, stranger.key])).status_code == 404


def test_a_child_with_people_can_still_be_taken_off_a_draft(cast):
    draft = make_draft(children=[{}, {"name": "Sage Invented"}])
    person = add_person(draft, by=cast.business_manager)
    workflow.remove_child(draft=draft, key=draft.children.first().key, by=cast.business_manager, now=timezone.now())
    assert [child.name for child in person.children.all()] == ["Sage Invented"]


def test_the_database_refuses_an_other_role_that_is_not_said(cast):
    person = add_person(make_draft(), by=cast.business_manager)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_relatedperson SET role = 'other' WHERE id = %s", [person.pk])


def corrected(client, case, **over):
    return sent_back(client, reverse("referrals:child-correct", args=[case.reference, case.children.get().key]), over)


def sent_back(client, url, over):
    """The form of a page sent as it stands, but for `over`."""
    form = page(client.get(url)).select_one("main form")
    data = {}
    for field in form.select("input, select, textarea"):
        if field.get("type") in {"radio", "checkbox"} and field.get("checked") is None:
            continue
        if field.get("type") == "checkbox":
            data.setdefault(field["name"], []).append(field["value"])
            continue
        chosen = field.select_one("option[selected]") if field.name == "select" else None
        value = chosen["value"] if chosen else field.text.strip() if field.name == "textarea" else field.get("value")
        data[field["name"]] = "" if field.name == "select" and not chosen else value or ""
    return client.post(url, data | over)


def test_a_later_correction_does_not_alter_what_was_notified(cast, sign_in):
    case = make_referral()
    before = case.children.get().snapshot
    client = sign_in(cast.member)
    response = corrected(client, case, religion="Quaker", legal_status="child_protection", plan_category="neglect",
                         reason=f"The school told us; {SECRET} asked.")  # fmt: skip
    assert response.status_code == 302, page(response).select_one(".govuk-error-summary")
    child = case.children.get()
    assert (child.religion, child.legal_status, child.snapshot) == ("Quaker", "child_protection", before)
    assert (child.pseudonym, child.is_index) == ("Child A", True)
    shown = page(client.get(response.url)).select_one(".app-notified")
    assert [dt.text for dt in shown.select("dt")] == [
        "Religion or belief", "Legal status at the incident", "Category of the plan",
    ]  # fmt: skip
    assert [dd.text for dd in shown.select("dd")] == ["Not recorded", "Child in need", "Not recorded"]
    event = Event.objects.get(verb="referral.child_corrected")
    assert "Child A" in event.sentence
    assert CHILD_NAME not in event.sentence


def test_nothing_is_said_to_have_changed_where_nothing_did(cast, sign_in):
    case = make_referral()
    assert not page(sign_in(cast.member).get(f"/cases/{case.reference}/information/")).select(".app-notified")


def test_a_correction_says_what_it_rests_on_and_keeps_the_rules(cast, sign_in):
    case = make_referral()
    client = sign_in(cast.member)
    answer = corrected(client, case, ethnicity="not_known", reason="")
    errors = page(answer).select_one(".govuk-error-summary").text
    assert "Say why the ethnicity is not known" in errors
    assert "Say what has become known, and from whom" in errors
    child = case.children.get()
    facts = {name: getattr(child, name) for name in CORRECTABLE}
    with pytest.raises(WorkflowError, match="why the ethnicity is not known"):
        workflow.correct_child(
            child=child, facts=facts | {"ethnicity": "not_known"}, reason="Asked.", by=cast.member, now=timezone.now()
        )
    for status in (Status.NOT_MET, Status.WITHDRAWN):
        closed = referral_at(status).children.get()
        with pytest.raises(WorkflowError, match="not corrected here"):
            workflow.correct_child(child=closed, facts=facts, reason="X.", by=cast.member, now=timezone.now())


def test_the_unborn_child_who_is_born_gets_a_name_and_a_birthday(cast, sign_in):
    unborn = child_facts(is_unborn=True, name="", date_of_birth=None, expected_on=date(2027, 1, 4))
    case = make_referral(children=[unborn])
    day = timezone.localdate()
    answer = corrected(sign_in(cast.member), case, birth="born", name="Fern Invented", reason="Born on the ward.",
              date_of_birth_0=str(day.day), date_of_birth_1=str(day.month), date_of_birth_2=str(day.year))  # fmt: skip
    assert answer.status_code == 302, page(answer).select_one(".govuk-error-summary")
    child = case.children.get()
    assert (child.is_unborn, child.name, child.date_of_birth, child.expected_on) == (False, "Fern Invented", day, None)
    assert child.snapshot["age"] == "unborn"


def test_the_pages_take_as_many_queries_for_three_people_as_for_one(cast, client, django_assert_max_num_queries):
    small, large = make_draft(), make_draft()
    for draft, number in ((small, 1), (large, 3)):
        for _ in range(number):
            add_person(draft, by=cast.business_manager)
    counts = []
    for draft in (small, large):
        with django_assert_max_num_queries(60) as counted:
            assert client.get(reverse("referrals:draft-people", args=[draft.key])).status_code == 200
        counts.append(len(counted))
    for draft in (small, large):
        case = workflow.record_referral(draft=draft, by=cast.business_manager, now=timezone.now())
        with django_assert_max_num_queries(60) as counted:
            client.get(reverse("referrals:referral-detail", args=[case.reference]))
        counts.append(len(counted))
    assert counts[0] == counts[1]
    assert counts[2] == counts[3]


def test_who_refers_is_asked_of_referrals_and_kept(cast, client):
    draft = make_draft(kind=Kind.REFERRAL)
    url = reverse("referrals:draft-referrer", args=[draft.key])
    data = {"referring_agency": cast.agencies.schools.pk, "referrer_name": "Ted Invented", "save": ""}
    bad = page(client.post(url, data | {"referrer_address": "ted at school"}))
    assert "correct format" in bad.select_one(".govuk-error-summary").text
    client.post(url, data | {"referrer_address": "ted@schools.example"})
    shown = client.get(reverse("referrals:draft-check", args=[draft.key])).content.decode()
    assert "ted@schools.example" in shown
    notification = page(client.get(reverse("referrals:draft-tasks", args=[make_draft().key])))
    assert "Who refers" not in notification.text


def test_the_incident_is_completed_with_a_reason_and_moves_no_clock(cast, sign_in):
    case = make_referral()
    due = [clock.due_on for clock in case.clocks]
    client = sign_in(cast.member)
    url = reverse("referrals:incident-correct", args=[case.reference])
    assert "Say what has become known" in page(sent_back(client, url, {"place_type": "school"})).text
    response = sent_back(client, url, {"place_type": "school", "reason": "The police told us."})
    assert response.status_code == 302, page(response).select_one(".govuk-error-summary")
    case = Referral.objects.get()
    assert (case.place_type, case.suspected_harms.count()) == ("school", 2)
    assert [clock.due_on for clock in case.clocks] == due
    assert Event.objects.get(verb="referral.incident_corrected").sentence.endswith("The police told us.")
    sent_back(client, url, {"reason": "Again."})
    assert Event.objects.filter(verb="referral.incident_corrected").count() == 1


def test_a_closed_case_keeps_its_incident(cast):
    closed = referral_at(Status.NOT_MET)
    with pytest.raises(WorkflowError, match="not corrected here"):
        workflow.correct_incident(
            referral=closed, facts={"place_type": "school"}, harm_types=[], reason="X.", by=cast.member,
            now=timezone.now(),
        )  # fmt: skip
