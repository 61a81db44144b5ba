"""The pages of recorded cases: list, filters, forms. Counts of queries do not grow with cases."""

import re
import uuid
from datetime import date, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from audit.models import Event
from referrals import workflow
from referrals.choices import Kind
from referrals.models import Child, ConflictOfInterest, InvolvedAgency, Referral, Screening
from referrals.states import Status
from tests.referrals.factories import (
    looked_after_child_facts,
    make_draft,
    make_referral,
    referral_at,
    screening_facts,
    wall_off,
)

pytestmark = pytest.mark.django_db

NOW = "2026-11-25T10:00:00+00:00"


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(cast, sign_in):
    return sign_in(cast.business_manager)


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def listed(client, query=""):
    return [a.text for a in page(client.get(f"/cases/{query}")).select(".app-stack > tbody > tr > th a")]


def day(name, value):
    return {f"{name}_{i}": part for i, part in enumerate([value.day, value.month, value.year])}


def test_the_list_shows_the_next_statutory_date_and_what_is_overdue(client):
    with time_machine.travel(NOW, tick=False):
        make_referral()
        make_referral(now=timezone.now() - timedelta(days=14))
        rows = page(client.get("/cases/")).select(".app-stack > tbody > tr")
    texts = [re.sub(r"\s+", " ", row.text) for row in rows]
    assert "CSPR-2026-001" in texts[0]
    assert "Overdue" not in texts[0]
    assert "CSPR-2026-002" in texts[1]
    assert "Overdue" in texts[1]


def test_the_filters(client, cast):
    with time_machine.travel(NOW, tick=False):
        mine = make_referral(lead=cast.member, agencies=[cast.agencies.hospital])
        old = make_referral(now=datetime.fromisoformat("2025-03-03T10:00:00+00:00"), lead=cast.chair,
                            incident={"incident_on": date(2025, 3, 1)},
                            agencies=[cast.agencies.police])  # fmt: skip
        panel = referral_at(Status.PANEL_CONSIDERATION)
        assert set(listed(client)) == {mine.reference, old.reference, panel.reference}
        assert listed(client, "?q=2025") == [old.reference]
        assert listed(client, "?status=panel_consideration") == [panel.reference]
        assert listed(client, f"?kind={Kind.REFERRAL}") == [panel.reference]
        assert listed(client, "?year=2025") == [old.reference]
        assert listed(client, f"?lead={cast.member.pk}") == [mine.reference]
        assert listed(client, f"?agency={cast.agencies.hospital.pk}") == [mine.reference]
        assert listed(client, "?overdue=true") == [old.reference]
        assert listed(client, "?status=withdrawn") == []


def test_the_choices_of_the_filters_tell_nothing_about_walled_cases(cast, sign_in):
    case = make_referral(lead=cast.second_member, agencies=[cast.agencies.hospital],
                         now=datetime.fromisoformat("2021-03-03T10:00:00+00:00"),
                         incident={"incident_on": date(2021, 3, 1)})  # fmt: skip
    seen = sign_in(cast.chair).get("/cases/").content.decode()
    assert all(word in seen for word in ("2021", "Sol Sample", "Inventshire Hospital Trust"))
    wall_off(case, cast.chair)
    hidden = sign_in(cast.chair).get("/cases/").content.decode()
    assert not any(word in hidden for word in ("2021", "Sol Sample", "Inventshire Hospital Trust"))


def test_the_list_is_paged_and_keeps_its_filters(client, monkeypatch):
    monkeypatch.setattr("referrals.views.lists.PER_PAGE", 2)
    for _ in range(3):
        make_referral()
    assert len(listed(client, "?status=recorded")) == 2
    found = page(client.get("/cases/?status=recorded"))
    assert found.select_one("a[rel=next]")["href"] == "?status=recorded&page=2"
    assert len(listed(client, "?status=recorded&page=2")) == 1


def queries(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


@pytest.mark.parametrize("url", ["/cases/", "/cases/?overdue=true", "/cases/?status=recorded"])
def test_the_list_takes_as_many_queries_for_three_cases_as_for_one(client, url, django_assert_max_num_queries):
    long_ago = timezone.now() - timedelta(days=30)
    make_referral(now=long_ago)
    make_draft()
    one = queries(client, url, django_assert_max_num_queries)
    for _ in range(2):
        make_referral(now=long_ago, children=[{}, {"name": "Sage Invented"}])
        make_draft()
    assert queries(client, url, django_assert_max_num_queries) == one


@pytest.mark.parametrize("name", ["information", "access", "history", "screening"])
def test_the_pages_of_a_case_take_as_many_queries_for_three_rows_as_for_one(
    cast, client, name, django_assert_max_num_queries
):
    small = make_referral(agencies=[cast.agencies.police])
    large = make_referral(
        children=[{}, {"name": "Sage Invented"}, {"name": "Ash Invented"}],
        agencies=[cast.agencies.police, cast.agencies.schools, cast.agencies.hospital],
    )
    for case, people in ((small, [cast.walled]), (large, [cast.walled, cast.member, cast.second_member])):
        for person in people:
            wall_off(case, person)
    counts = [
        queries(client, f"/cases/{case.reference}/{name}/", django_assert_max_num_queries) for case in (small, large)
    ]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["", "children/", "agencies/", "check/"])
def test_the_pages_of_a_draft_take_as_many_queries_for_three_rows_as_for_one(
    cast, client, name, django_assert_max_num_queries
):
    small = make_draft(agencies=[cast.agencies.police])
    large = make_draft(
        children=[{}, {"name": "Sage Invented"}, {"name": "Ash Invented"}],
        agencies=[cast.agencies.police, cast.agencies.schools, cast.agencies.hospital],
    )
    counts = [queries(client, f"/cases/drafts/{d.key}/{name}", django_assert_max_num_queries) for d in (small, large)]
    assert counts[0] == counts[1]


def test_a_member_reads_the_screening_but_may_not_screen(cast, sign_in):
    case = make_referral()
    member = sign_in(cast.member)
    url = f"/cases/{case.reference}/screening/"
    assert page(member.get(url)).select_one("main form") is None
    assert member.post(url, screening_facts()).status_code == 403
    assert not Screening.objects.exists()


def test_screening_on_the_page_and_the_same_again(client):
    case = referral_at(Status.RECORDED, dates={"notified_on": timezone.localdate() - timedelta(days=1)})
    url = f"/cases/{case.reference}/screening/"
    for _ in range(2):  # a double click
        assert client.post(url, screening_facts()).url == url
    assert Screening.objects.count() == 1
    found = page(client.get(url))
    assert found.select_one(f"form[action='/cases/{case.reference}/rapid-review/open/']") is not None


def test_screening_keeps_what_was_typed(client):
    case = make_referral()
    url = f"/cases/{case.reference}/screening/"
    wrong = screening_facts() | {"decision": "find_not_met", "reasons": "Typed with care"}
    found = page(client.post(url, wrong))
    assert "cannot be that" in found.select_one(".govuk-error-summary").text
    assert found.select_one("#id_reasons").text.strip() == "Typed with care"
    case.refresh_from_db()
    assert case.status == Status.RECORDED


def test_two_people_screen_at_once_the_second_is_told(cast, client, sign_in):
    case = make_referral(kind=Kind.REFERRAL)
    url = f"/cases/{case.reference}/screening/"
    client.post(url, screening_facts("find_not_met"))
    answer = sign_in(cast.chair).post(url, screening_facts() | {"reasons": "Typed with care"})
    assert answer.status_code == 200
    found = page(answer)
    assert "Typed with care" in found.select_one("#id_reasons").text
    assert found.select_one(".govuk-error-summary") is not None
    case.refresh_from_db()
    assert case.status == Status.NOT_MET


def test_withdrawing_asks_why(client):
    case = make_referral()
    url = f"/cases/{case.reference}/screening/withdraw/"
    assert "Say why the case is withdrawn" in client.post(url, {"reason": " "}).content.decode()
    client.post(url, {"reason": "Recorded twice."})
    case.refresh_from_db()
    assert case.status == Status.WITHDRAWN


def test_the_notification_page_asks_for_the_reason_when_it_is_late(client):
    case = make_referral(now=timezone.now() - timedelta(days=14))  # aware on 9 November, due on the 16th
    url = f"/cases/{case.reference}/notification/sent/"
    late = page(client.post(url, day("notified_on", date(2026, 11, 17)))).select_one(".govuk-error-summary").text
    assert "It was due on 16 November 2026, so it is late. Say why" in late
    answers = day("notified_on", date(2026, 11, 17)) | {"late_reason": "Sickness.", "told": "National Panel"}
    assert client.post(url, answers).status_code == 302
    shown = page(client.get(f"/cases/{case.reference}/notification/")).text
    assert "Done late" in shown
    assert "Sickness." in shown


def test_partners_and_regulators_on_the_page(client):
    case = make_referral(children=[looked_after_child_facts()])
    base = f"/cases/{case.reference}/notification/"
    assert client.post(f"{base}partners/", day("informed_on", date(2026, 11, 24))).url == base
    assert client.post(f"{base}death/", day("told_on", date(2026, 11, 24))).url == base
    assert client.post(f"{base}death/", day("told_on", date(2026, 11, 25))).status_code == 200
    case = Referral.objects.get()
    assert (case.partners_informed_on, case.regulators_told_on) == (date(2026, 11, 24), date(2026, 11, 24))


def test_a_conflict_is_recorded_on_the_page(cast, client):
    case = make_referral()
    url = f"/cases/{case.reference}/access/conflicts/new/"
    answers = {"member": cast.walled.pk, "kind": "agency", "reason": "Manages it."} | day(
        "from_on", timezone.localdate()
    )
    assert client.post(url, answers).url == f"/cases/{case.reference}/access/"
    conflict = ConflictOfInterest.objects.get()
    assert (
        client.post(f"/cases/{case.reference}/access/conflicts/{conflict.pk}/end/", {"reason": "Left."}).status_code
        == 302
    )
    conflict.refresh_from_db()
    assert conflict.ended_by == cast.business_manager


def test_walling_oneself_off_must_be_confirmed_and_then_leads_to_the_list(cast, sign_in):
    case, chair = make_referral(), sign_in(cast.chair)
    url = f"/cases/{case.reference}/access/conflicts/new/"
    answers = {"member": cast.chair.pk, "kind": "personal", "reason": "A neighbour."} | day(
        "from_on", timezone.localdate()
    )
    assert "Confirm that you want to close this case to yourself" in chair.post(url, answers).content.decode()
    assert chair.post(url, answers | {"sure": "on"}).url == "/cases/"
    assert chair.get(f"/cases/{case.reference}/access/").status_code == 404


def test_an_invitation_on_the_page_ends_when_withdrawn(cast, client):
    case = make_referral()
    base = f"/cases/{case.reference}/access/"
    until = day("until_on", timezone.localdate() + timedelta(days=10))
    client.post(f"{base}invitations/new/", {"person": cast.invited.pk, "purpose": "The hospital's view."} | until)
    invitation = case.invitations.get()
    client.post(f"{base}invitations/{invitation.pk}/withdraw/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_on == timezone.localdate()


def test_a_row_of_another_case_is_not_found(cast, client):
    first, second = make_referral(), make_referral()
    conflict = wall_off(first, cast.walled)
    assert client.get(f"/cases/{second.reference}/access/conflicts/{conflict.pk}/end/").status_code == 404


def test_the_history_shows_reads_only_when_asked(client):
    case = make_referral()
    client.get(f"/cases/{case.reference}/information/")
    url = f"/cases/{case.reference}/history/"
    assert "read the case." not in page(client.get(url)).select_one(".moj-timeline").text
    assert "read the case." in page(client.get(f"{url}?reads=1")).select_one(".moj-timeline").text


def test_changing_the_lead(cast, client):
    case = make_referral()
    client.post(f"/cases/{case.reference}/information/lead/", {"lead": cast.second_member.pk})
    case.refresh_from_db()
    assert case.lead == cast.second_member
    assert Event.objects.about(case.reference).filter(verb="referral.lead_assigned").count() == 1


def test_hostile_text_is_shown_as_text(cast, client):
    hostile = "<script>alert(1)</script>"
    draft = make_draft(children=[{"name": hostile}], incident={"circumstances": hostile})
    workflow.save_agency(draft=draft, agency=cast.agencies.police, involvement=hostile,
                         children=Child.objects.all(), by=cast.business_manager, now=timezone.now())  # fmt: skip
    assert InvolvedAgency.objects.exists()
    for name in ("children/", "agencies/", "check/", "incident/"):
        assert hostile not in client.get(f"/cases/drafts/{draft.key}/{name}").content.decode()
    case = workflow.record_referral(draft=draft, by=cast.business_manager, now=timezone.now())
    assert hostile not in client.get(f"/cases/{case.reference}/information/").content.decode()


def test_an_unknown_route_or_draft_is_not_found(client):
    assert client.get("/cases/new/route/elsewhere/").status_code == 404
    assert client.get(f"/cases/drafts/{uuid.uuid4()}/").status_code == 404
