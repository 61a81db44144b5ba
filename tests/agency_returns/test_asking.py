from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from access_links.models import AccessLink
from agency_returns import workflow
from agency_returns.asking import agencies_of, due_on
from agency_returns.models import InformationRequest
from agency_returns.states import Status
from agency_returns.workflow import Wanted
from core.errors import NotPermitted, WorkflowError
from deadlines import calendar
from notifications import catalogue
from notifications.models import Message
from panel.models import Agency
from referrals.choices import Decision
from referrals.states import Status as CaseStatus
from tests.agency_returns.factories import ask, give_leads, make_case, request_at
from tests.cast import sign_in
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, SECRET, referral_at, screen, wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
WANTED = Wanted(due_on=TODAY + timedelta(days=7), where_lived=f"1 Invented Street, with {SECRET}")


def ask_all(case, cast, **over):
    agencies = [found.agency for found in agencies_of(case, TODAY) if found.is_ready]
    arguments = {"referral": case, "agencies": agencies, "wanted": WANTED, "by": cast.business_manager, "now": NOW}
    return workflow.ask(**arguments | over)


def test_one_step_asks_every_involved_agency(cast):
    case = make_case()
    made = ask_all(case, cast)
    assert {request.agency for request in made} == {row.agency for row in case.involved_agencies.all()}
    assert len(made) == 2
    mails = Message.objects.filter(kind="return-asked")
    assert {message.address for message in mails} == {"lea.council@agency.example", "lea.icb@agency.example"}
    assert AccessLink.objects.filter(purpose="agency-return").count() == 2
    assert all(catalogue.is_secret(message.kind) for message in mails)


def test_the_letter_names_nobody(cast):
    case = make_case()
    ask_all(case, cast)
    for message in Message.objects.filter(kind="return-asked"):
        whole = f"{message.subject} {message.text} {message.html}"
        assert case.reference in message.subject
        assert CHILD_NAME not in whole
        assert SECRET not in whole
        assert "Invented Street" not in whole
        assert "/link/" in whole
    assert mail.outbox == []


def test_asked_twice_is_quiet_and_a_later_agency_is_asked_alone(cast):
    case = make_case()
    ask_all(case, cast)
    assert ask_all(case, cast) == []
    police = cast.agencies.police
    police.refresh_from_db()
    later = workflow.ask(referral=case, agencies=[police], wanted=WANTED, by=cast.chair, now=NOW)
    assert [request.agency for request in later] == [police]
    assert Message.objects.filter(kind="return-asked").count() == 3


def test_without_a_lead_nobody_is_asked(cast):
    case = make_case()
    Agency.objects.filter(pk=cast.agencies.icb.pk).update(safeguarding_address="")
    found = {asked.agency.pk: asked.why_not for asked in agencies_of(case, TODAY)}
    assert found == {cast.agencies.council.pk: "", cast.agencies.icb.pk: "No safeguarding lead is known"}
    with pytest.raises(WorkflowError, match="no safeguarding lead"):
        ask_all(case, cast, agencies=[cast.agencies.council, cast.agencies.icb])
    assert not InformationRequest.objects.exists()
    assert not Message.objects.filter(kind="return-asked").exists()


def test_no_letter_goes_through_a_wall(cast):
    case = make_case()
    wall_off(case, cast.walled)
    Agency.objects.filter(pk=cast.agencies.icb.pk).update(safeguarding_address=cast.walled.email.upper())
    walled = {asked.agency.pk: asked.why_not for asked in agencies_of(case, TODAY)}[cast.agencies.icb.pk]
    assert "conflict of interest" in walled
    with pytest.raises(WorkflowError, match="conflict of interest"):
        ask_all(case, cast, agencies=[cast.agencies.icb])
    request = ask(case, agency=cast.agencies.council)
    with pytest.raises(WorkflowError, match="conflict of interest"):
        workflow.change_request(
            request=request, lead_name="Wyn", lead_address=cast.walled.email, due_on=request.due_on,
            by=cast.business_manager, now=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("person", ["member", "scrutineer", "partner_la", "contributor", "outsider"])
def test_who_may_not_ask(cast, person):
    with pytest.raises(NotPermitted):
        ask_all(make_case(), cast, by=getattr(cast, person))


def test_a_walled_chair_asks_nobody(cast):
    case = make_case()
    wall_off(case, cast.deputy_chair)
    with pytest.raises(NotPermitted):
        ask_all(case, cast, by=cast.deputy_chair)


def test_the_date_is_the_milestones(cast):
    review = rapid_review_at("gathering")
    milestone = review.clock.milestone_clocks.get(code="rr-returns")
    assert due_on(review.referral, TODAY, calendar.current()) == milestone.due_on
    late = milestone.due_on + timedelta(days=1)
    assert due_on(review.referral, late, calendar.current()) > late


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (Wanted(due_on=TODAY - timedelta(days=1)), "has passed"),
        (Wanted(due_on=TODAY, period_from=TODAY, period_to=TODAY - timedelta(days=1)), "end after it begins"),
    ],
)
def test_impossible_dates(cast, wanted, sentence):
    with pytest.raises(WorkflowError, match=sentence):
        ask_all(make_case(), cast, wanted=wanted)


def test_another_lead_ends_the_first_ones_link(cast):
    request = ask()
    workflow.change_request(
        request=request, lead_name="Lex Invented", lead_address="lex.invented@agency.example",
        due_on=request.due_on + timedelta(days=1), by=cast.business_manager, now=NOW,
    )  # fmt: skip
    usable = AccessLink.objects.usable(NOW).filter(subject=request.subject)
    assert [link.address for link in usable] == ["lex.invented@agency.example"]
    request.refresh_from_db()
    assert request.due_on == TODAY + timedelta(days=8)


def test_another_link_leaves_the_first_working(cast):
    request = ask()
    workflow.ask_again(request=request, by=cast.business_manager, now=NOW + timedelta(minutes=1))
    assert AccessLink.objects.usable(NOW).filter(subject=request.subject).count() == 2
    assert workflow.revoke_links(request=request, by=cast.business_manager, now=NOW) == 2
    assert not AccessLink.objects.usable(NOW).filter(subject=request.subject).exists()


def test_the_page_previews_who_gets_what_and_asks_all(cast):
    case = make_case()
    Agency.objects.filter(pk=cast.agencies.icb.pk).update(safeguarding_lead="")
    client, address = sign_in(cast.business_manager), f"/returns/cases/{case.reference}/ask/"
    text = client.get(address).content.decode()
    assert "lea.council@agency.example" in text
    assert f"/admin/panel/agency/{cast.agencies.icb.pk}/change/" in text
    due = TODAY + timedelta(days=5)
    data = {"due_on_0": due.day, "due_on_1": due.month, "due_on_2": due.year, "where_lived": ""}
    assert client.post(address, data).status_code == 302
    assert [request.agency for request in case.information_requests.all()] == [cast.agencies.council]
    assert client.post(address, {"due_on_0": "31", "due_on_1": "2", "due_on_2": "2030"}).status_code == 200


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.RETURNED, Status.NO_INVOLVEMENT)])
def test_when_the_case_ends_what_is_unanswered_closes_with_its_links(cast, status):
    request = request_at(status)
    workflow.close_for(referral=request.referral, now=NOW)
    request.refresh_from_db()
    assert request.status == Status.CLOSED
    assert not AccessLink.objects.usable(NOW).exists()
    workflow.close_for(referral=request.referral, now=NOW)


@pytest.mark.parametrize("status", [Status.RETURNED, Status.NO_INVOLVEMENT])
def test_answers_stay_answers_and_their_links_end(cast, status):
    request = request_at(status)
    workflow.close_for(referral=request.referral, now=NOW)
    request.refresh_from_db()
    assert request.status == status
    assert not AccessLink.objects.usable(NOW).exists()


def test_the_job_closes_what_nobody_told_it_of(cast):
    from referrals import workflow as cases  # noqa: PLC0415 - beside the other one of that name

    request = request_at(Status.OPENED)
    cases.stop_rapid_review(referral=request.referral, reason="Not met.", by=cast.chair, now=NOW)
    assert workflow.close_ended(now=NOW) == 1
    request.refresh_from_db()
    assert request.status == Status.CLOSED
    assert workflow.close_ended(now=NOW) == 0


def test_home_asks_who_may_ask(cast):
    case = make_case()
    assert "Ask the agencies for their returns" in sign_in(cast.business_manager).get("/").content.decode()
    assert "Ask the agencies" not in sign_in(cast.second_member).get("/").content.decode()
    ask_all(case, cast)
    assert "Ask the agencies for their returns" not in sign_in(cast.business_manager).get("/").content.decode()


def test_give_leads_is_editable_in_the_admin(cast):
    give_leads()
    client = sign_in(cast.business_manager)
    page = client.get(f"/admin/panel/agency/{cast.agencies.icb.pk}/change/").content.decode()
    assert 'name="safeguarding_lead"' in page
    assert "lea.icb@agency.example" in page


def test_a_case_that_screening_ended_shows_its_requests_closed_at_once(cast, sign_in):
    """Before any job has run: board, page, admin list, and nobody is asked, late or reminded any more."""
    case = referral_at(CaseStatus.RECORDED, agencies=[cast.agencies.schools])
    give_leads()
    request = ask(case, agency=cast.agencies.schools, due_in=0)
    screen(case, Decision.NOT_MET, by=cast.chair)
    request = InformationRequest.objects.select_related("referral", "agency").get(pk=request.pk)
    assert request.status == Status.ASKED
    assert request.standing == Status.CLOSED
    assert not InformationRequest.objects.waiting().exists()
    assert not request.is_late_on(timezone.localdate() + timedelta(days=9))
    client = sign_in(cast.business_manager)
    for url in (
        request.get_absolute_url(),
        reverse("agency_returns:case", args=[case.reference]),
        reverse("admin:agency_returns_informationrequest_changelist"),
    ):
        page = client.get(url).content.decode()
        assert "Closed" in page, url
        assert 'govuk-tag--blue">Asked' not in page, url
    page = sign_in(cast.member).get(reverse("agency_returns:case", args=[case.reference])).content.decode()
    assert "Answer for" not in page
