"""The journey of a draft through the pages: what is typed is kept, saved once, and found again."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from audit.models import Event
from deadlines.models import Clock
from referrals import workflow
from referrals.choices import Kind
from referrals.models import Child, HarmType, MisdirectedEnquiry, Referral
from referrals.states import Status
from tests.referrals.factories import CHILD_NAME, looked_after_child_facts, make_draft, make_referral

pytestmark = pytest.mark.django_db

NOW = "2026-11-25T10:00:00+00:00"  # a Wednesday


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(cast, sign_in):
    return sign_in(cast.business_manager)


@pytest.fixture
def draft(cast):
    return workflow.start_draft(kind=Kind.SIN, by=cast.business_manager, now=timezone.now())


def day(name, value):
    return {
        f"{name}_{i}": part for i, part in enumerate([value.day, value.month, value.year] if value else ["", "", ""])
    }


def typed(client, url):
    """What the form on a page holds, as a browser would send it back."""
    form = BeautifulSoup(client.get(url).content, "html.parser").select_one("main form")
    data = {}
    for field in form.select("input, select, textarea"):
        name, kind = field.get("name"), field.get("type")
        if kind in {"radio", "checkbox"} and field.get("checked") is None:
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            data[name] = chosen["value"] if chosen else ""
        elif kind == "checkbox":
            data.setdefault(name, []).append(field.get("value", "on"))
        else:
            data[name] = field.text.strip("\n") if field.name == "textarea" else field.get("value", "")
    return data


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def incident(**over):
    harm_type = HarmType.objects.first()
    return {
        "nature": "death", "incident_precision": "exact", **day("incident_on", date(2026, 11, 20)),
        "incident_time": "14:30", "place_type": "home", "la_area": "Solihull", "harm_types": [harm_type.pk],
        "circumstances": "Found at home.", "media_interest": "no", "legal_interest": "yes",
        "legal_details": "Police.",
    } | over  # fmt: skip


def child(**over):
    return {
        "birth": "born", **day("date_of_birth", date(2016, 3, 27)), "name": CHILD_NAME, "outcome": "died",
        "sex": "male", "ethnicity": "other_arab", "disability": "no", "legal_status": "none",
        "placement": "parents",
    } | over  # fmt: skip


def test_the_whole_way_from_start_to_reference(client, cast):
    start = client.post("/cases/new/", {"key": uuid.uuid4(), "about": "referral"})
    assert start.url == "/cases/new/kind/"
    base = client.post(start.url, {"key": uuid.uuid4(), "kind": "sin"}).url
    assert "Cannot start yet" in page(client.get(base)).text
    assert client.post(f"{base}incident/", incident()).url == base
    new = client.get(f"{base}children/new/").url
    assert client.post(new, child()).url == f"{base}children/"
    dates = day("partnership_aware_on", date(2026, 11, 23)) | day("la_aware_on", date(2026, 11, 23))
    assert client.post(f"{base}dates/", dates).url == base
    knew = Child.objects.get().pk
    agency = {"agency": cast.agencies.police.pk, "children": [knew], "involvement": "Attended."}
    assert client.post(f"{base}agencies/", agency).url == f"{base}agencies/"
    assert client.post(f"{base}lead/", {"lead": cast.member.pk}).url == base
    check = client.get(f"{base}check/")
    assert CHILD_NAME in page(check).text
    done = client.post(f"{base}check/")
    assert done.url == "/cases/CSPR-2026-001/recorded/"
    case = Referral.objects.get(reference="CSPR-2026-001")
    assert (case.status, case.children.get().pseudonym, case.lead) == (Status.RECORDED, "Child A", cast.member)
    assert [clock.due_on for clock in case.clocks] == [date(2026, 11, 30), date(2026, 11, 30)]
    assert "30 Nov 2026" in page(client.get(done.url)).text
    # The back button and a second click on "record": the same case, nothing twice.
    assert client.post(f"{base}check/").url == done.url
    assert Referral.objects.count() == 1
    assert Clock.objects.count() == 2


@pytest.mark.parametrize("route", ["whistleblowing", "disagreement", "complaint", "operational"])
def test_what_is_no_referral_is_counted_once_and_shown_its_route(client, cast, route):
    data = {"key": uuid.uuid4(), "about": route}
    for _ in range(2):
        response = client.post("/cases/new/", data)
    assert response.url == f"/cases/new/route/{route}/"
    assert client.get(response.url).status_code == 200
    assert MisdirectedEnquiry.objects.get().route == route
    assert Event.objects.filter(verb="enquiry.redirected").count() == 1
    assert not Referral.objects.exists()


def test_the_immediate_risk_stands_before_everything_else(client):
    text = page(client.get("/cases/new/")).select_one("main").text
    assert text.index("Call 999") < text.index("What is this about?")


def test_a_double_click_starts_one_draft(client):
    data = {"key": uuid.uuid4(), "kind": "referral"}
    assert client.post("/cases/new/kind/", data).url == client.post("/cases/new/kind/", data).url
    assert Referral.objects.count() == 1


def test_bad_input_keeps_what_was_typed_and_says_what_is_wrong(client, draft):
    url = f"/cases/drafts/{draft.key}/incident/"
    response = client.post(url, incident(circumstances="Typed with care", incident_on_1="13", nature=""))
    found = page(response)
    assert found.title.text.startswith("Error: ")
    links = {a.text: a["href"] for a in found.select(".govuk-error-summary a")}
    assert links["The date of the incident must be a real date"] == "#id_incident_on_0"
    assert links["Select the nature of the incident"] == "#id_nature_1"
    assert all(found.select_one(href) is not None for href in links.values())
    assert found.select_one("#id_circumstances").text.strip() == "Typed with care"
    assert found.select_one("#id_incident_on_1")["value"] == "13"
    assert Referral.objects.get().circumstances == ""


@pytest.mark.parametrize(
    ("parts", "precision", "stored", "error"),
    [
        (("", "11", "2026"), "month", date(2026, 11, 1), ""),
        (("", "", "2025"), "year", date(2025, 1, 1), ""),
        (("9", "11", "2026"), "month", date(2026, 11, 1), ""),
        (("", "11", "2026"), "exact", None, "The date of the incident must include a day"),
        (("", "", "2026"), "month", None, "The date of the incident must include a month"),
        (("9", "", "2026"), "about", None, "The date of the incident must include a month"),
        (("26", "11", "2026"), "exact", None, "The date of the incident cannot be in the future"),
        (("26", "11", "26"), "exact", None, "The date of the incident must have a year of four numbers"),
        (("x", "11", "2026"), "exact", None, "The date of the incident must be a real date, in numbers"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(client, draft, parts, precision, stored, error):
    data = incident(incident_precision=precision, **{f"incident_on_{i}": part for i, part in enumerate(parts)})
    response = client.post(f"/cases/drafts/{draft.key}/incident/", data)
    draft.refresh_from_db()
    assert draft.incident_on == stored
    assert error in response.content.decode()
    if not error:
        shown = typed(client, f"/cases/drafts/{draft.key}/incident/")
        assert shown["incident_on_0"] == ""


def test_a_part_may_be_saved_half_and_is_then_in_progress(client, draft):
    url = f"/cases/drafts/{draft.key}/"
    half = {"circumstances": "Only this so far.", "incident_precision": "exact", "later": "1"}
    assert client.post(f"{url}incident/", half).url == url
    assert typed(client, f"{url}incident/")["circumstances"] == "Only this so far."
    assert page(client.get(url)).select_one("#incident-status").text.strip() == "In progress"
    assert client.post(f"{url}check/").status_code == 200
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_two_windows_do_not_overwrite_each_other_unnoticed(client, draft):
    url = f"/cases/drafts/{draft.key}/incident/"
    first, second = typed(client, url) | incident(), typed(client, url) | incident()
    first["circumstances"], second["circumstances"] = "From the first window", "From the second window"
    assert client.post(url, first).status_code == 302
    conflict = client.post(url, second)
    assert conflict.status_code == 200
    assert "From the first window" in page(conflict).select_one(".govuk-error-summary").text
    assert page(conflict).select_one("#id_circumstances").text.strip() == "From the second window"
    again = second | {"seen": page(conflict).select_one("#id_seen")["value"]}
    assert client.post(url, again).status_code == 302
    draft.refresh_from_db()
    assert draft.circumstances == "From the second window"


def test_the_same_sent_twice_is_quiet(client, draft):
    url = f"/cases/drafts/{draft.key}/incident/"
    data = typed(client, url) | incident()
    events = []
    for _ in range(2):
        assert client.post(url, data).status_code == 302
        events.append(Event.objects.filter(verb="referral.draft_saved").count())
    assert events == [1, 1]


def test_a_double_click_adds_one_child_and_the_first_is_the_index_child(client, draft):
    url = client.get(f"/cases/drafts/{draft.key}/children/new/").url
    data = typed(client, url) | child()
    client.post(url, data)
    client.post(url, data)
    assert draft.children.get().is_index


def test_another_child_takes_over_as_index_child_and_hands_it_back_when_removed(client, draft):
    first = client.get(f"/cases/drafts/{draft.key}/children/new/").url
    second = client.get(f"/cases/drafts/{draft.key}/children/new/").url
    client.post(first, child())
    client.post(second, child(name="Sage Invented", is_index="on"))
    assert [c.is_index for c in draft.children.order_by("position")] == [False, True]
    client.post(f"{second}remove/")
    client.post(f"{second}remove/")
    assert draft.children.get().is_index


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"ethnicity": "not_known"}, "Say why the ethnicity is not known"),
        ({"disability": "not_known"}, "Say why disability and health needs are not known"),
        ({"disability": "yes"}, "Describe the disability or health needs"),
        ({"legal_status": "child_protection"}, "Select the category of the child protection plan"),
        ({"legal_status": "looked_after"}, "Select the section under which the child was looked after"),
        ({"birth": ""}, "Select whether this child is born"),
        ({"name": ""}, "Enter the child’s full name"),
        ({"birth": "unborn"}, "Enter the expected date of delivery"),
        ({"date_of_birth_2": "2099"}, "The date of birth cannot be in the future. Is the child unborn?"),
        ({"date_of_birth_2": "1980"}, "With this date of birth the child would be about 46 years old"),
    ],
)
def test_about_a_child_nothing_is_left_blank(client, draft, answers, error):
    url = f"/cases/drafts/{draft.key}/children/{uuid.uuid4()}/"
    with time_machine.travel(NOW, tick=False):
        response = client.post(url, child(**answers))
    assert error in [a.text for a in page(response).select(".govuk-error-summary a")]
    assert not Child.objects.exists()


@pytest.mark.parametrize("name", ["ethnicity", "disability"])
def test_not_known_needs_its_reason_even_when_the_rest_comes_later(client, draft, name):
    url = f"/cases/drafts/{draft.key}/children/{uuid.uuid4()}/"
    response = client.post(url, child(**{name: "not_known", "later": "1"}))
    assert "not known" in page(response).select_one(".govuk-error-summary").text


def test_an_unborn_child_needs_no_name(client, draft):
    url = f"/cases/drafts/{draft.key}/children/{uuid.uuid4()}/"
    due = timezone.localdate() + timedelta(days=60)
    client.post(url, child(birth="unborn", name="", **day("date_of_birth", None), **day("expected_on", due)))
    found = draft.children.get()
    assert (found.is_unborn, found.name, found.expected_on, found.age_on(due)) == (True, "", due, "unborn")


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("la_aware_on", date(2026, 11, 26), "became aware cannot be in the future"),
        ("la_aware_on", date(2026, 11, 1), "became aware cannot be before the date of the incident, 20 November 2026"),
        ("notified_on", date(2026, 11, 22), "cannot be before the date on which the local authority became aware"),
        ("partners_informed_on", date(2026, 11, 22), "cannot be before the date on which the local authority"),
        ("copy_received_on", date(2026, 11, 23), "cannot be before the date of the notification, 24 November 2026"),
    ],
)
def test_dates_must_be_possible(client, draft, name, value, error):
    client.post(f"/cases/drafts/{draft.key}/incident/", incident())
    data = day("partnership_aware_on", date(2026, 11, 23)) | day("la_aware_on", date(2026, 11, 23))
    data |= day("notified_on", date(2026, 11, 24)) | day(name, value)
    response = client.post(f"/cases/drafts/{draft.key}/dates/", data)
    assert error in page(response).select_one(".govuk-error-summary").text
    draft.refresh_from_db()
    assert draft.la_aware_on is None


def test_late_asks_why_and_who_was_told(client, cast):
    aware = date(2026, 11, 9)  # five working days on: 16 November
    draft = make_draft(dates={"partnership_aware_on": aware, "la_aware_on": aware}, incident={"incident_on": aware})
    url = f"/cases/drafts/{draft.key}/dates/"
    data = typed(client, url) | day("notified_on", date(2026, 11, 17))
    errors = page(client.post(url, data)).select_one(".govuk-error-summary").text
    assert "Say why the notification to the national Panel was late" in errors
    assert "Say who was told that the notification to the national Panel was late" in errors
    assert client.post(url, data | {"late_reason": "Strategy meeting moved.", "late_told": "DfE"}).status_code == 302
    case = workflow.record_referral(draft=draft, by=cast.business_manager, now=timezone.now())
    clock = case.notify_clock
    assert (clock.completed_on, clock.was_late, clock.late_reason, clock.told) == (
        date(2026, 11, 17), True, "Strategy meeting moved.", "DfE",
    )  # fmt: skip
    assert case.inform_clock.is_running


def test_in_time_by_a_day_asks_nothing(client, cast):
    with time_machine.travel(NOW, tick=False):
        aware = date(2026, 11, 9)
        draft = make_draft(dates={"partnership_aware_on": aware, "la_aware_on": aware}, incident={"incident_on": aware})
        url = f"/cases/drafts/{draft.key}/dates/"
        assert client.post(url, typed(client, url) | day("notified_on", date(2026, 11, 16))).status_code == 302


def test_only_where_a_looked_after_child_died_is_it_asked_when_the_regulators_were_told(client, cast):
    plain, looked_after = make_draft(), make_draft(children=[looked_after_child_facts()])
    assert "Ofsted" not in client.get(f"/cases/drafts/{plain.key}/dates/").content.decode()
    assert "Ofsted" in client.get(f"/cases/drafts/{looked_after.key}/dates/").content.decode()


def test_no_agency_is_an_answer_until_one_is_added(client, cast):
    draft = make_draft(agencies=[])
    url = f"/cases/drafts/{draft.key}/agencies/"
    client.post(url, {"none": "1"})
    draft.refresh_from_db()
    assert draft.no_agency_involved
    client.post(url, {"agency": cast.agencies.police.pk})
    draft.refresh_from_db()
    assert not draft.no_agency_involved
    involved = draft.involved_agencies.get()
    client.post(f"{url}{involved.pk}/remove/")
    assert not draft.involved_agencies.exists()


def test_a_draft_is_found_again_by_its_author_only(cast, sign_in):
    draft = workflow.start_draft(kind=Kind.REFERRAL, by=cast.member, now=timezone.now())
    url = f"/cases/drafts/{draft.key}/"
    assert url in sign_in(cast.member).get("/cases/").content.decode()
    assert url not in sign_in(cast.chair).get("/cases/").content.decode()
    assert sign_in(cast.chair).get(url).status_code == 404


def test_a_discarded_draft_is_gone(client, draft):
    url = f"/cases/drafts/{draft.key}/"
    client.post(f"{url}discard/")
    assert client.get(url).status_code == 404
    assert str(draft.key) not in client.get("/cases/").content.decode()


def test_a_child_of_another_draft_is_not_found(client, draft, cast):
    other = make_draft().children.get()
    assert client.get(f"/cases/drafts/{draft.key}/children/{other.key}/").status_code == 404


def test_a_recorded_draft_leads_to_its_case(client, cast):
    case = make_referral()
    assert client.get(f"/cases/drafts/{case.key}/incident/").url == f"/cases/{case.reference}/recorded/"
