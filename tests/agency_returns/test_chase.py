from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from agency_returns import workflow
from agency_returns.chasing import plan
from agency_returns.choices import ChaseState
from agency_returns.models import Chase, ChaseStep, InformationRequest
from agency_returns.states import Status
from core.guard import workflow as guarded
from deadlines import calendar
from notifications.models import Message
from tests.agency_returns.factories import ask, contributor, make_case, request_at
from tests.cast import sign_in
from tests.referrals.factories import CHILD_NAME, SECRET, wall_off

pytestmark = pytest.mark.django_db
# Asked on Monday 2 November 2026, due on Wednesday the 11th; no bank holiday is near.
LONDON = timezone.get_default_timezone()
ASKED = datetime(2026, 11, 2, 10, tzinfo=LONDON)
DUE = date(2026, 11, 11)


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=LONDON)


def make(cast, **more) -> InformationRequest:
    return ask(make_case(now=ASKED), now=ASKED, due_in=9, **more)


def chases(kind="return-chase"):
    return Message.objects.filter(kind=kind)


@pytest.mark.parametrize(
    ("day", "agency", "manager"),
    [(5, 0, 0), (6, 1, 0), (9, 1, 0), (11, 1, 0), (12, 1, 1), (13, 1, 1), (16, 1, 1)],
)
def test_the_ladder(cast, day, agency, manager):
    """Three working days before, on the day, one late, three late. Whoever wakes late is told once, of the latest."""
    make(cast)
    workflow.chase(now=at(day))
    assert chases().count() == agency
    assert chases("return-chase-manager").count() == manager


def test_every_day_of_a_month_tells_each_step_once(cast):
    request = make(cast)
    days = [ASKED + timedelta(days=number) for number in range(1, 29)]
    for now in days:
        for _ in range(3):
            workflow.chase(now=now)
    told = sorted(Chase.objects.filter(address=request.lead_address).values_list("occurs_on", flat=True))
    # 6th: three before; 11th: due; 12th: one late; 16th: three late, then again every two working days.
    assert told == [date(2026, 11, day) for day in (6, 11, 12, 16, 18, 20, 24, 26, 30)]
    assert chases().count() == len(told)


def test_the_ledger_is_unique_in_the_database(cast):
    make(cast)
    workflow.chase(now=at(6))
    row = Chase.objects.get()

    @guarded
    def again():
        Chase.objects.create(
            request=row.request, step=row.step, occurs_on=row.occurs_on, address=row.address, state=row.state,
            recorded_at=row.recorded_at,
        )  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        again()


def test_what_a_later_step_outruns_is_noted_and_not_told(cast):
    make(cast)
    workflow.chase(now=at(16))
    lead = Chase.objects.exclude(address=cast.business_manager.email)
    assert {row.state for row in lead} == {ChaseState.SENT, ChaseState.SUPERSEDED}
    assert lead.filter(state=ChaseState.SENT).get().occurs_on == date(2026, 11, 16)
    workflow.chase(now=at(16, 11))
    assert chases().count() == 1


def test_one_digest_for_several_cases(cast):
    first, second = make(cast), make(cast)
    assert first.lead_address == second.lead_address
    workflow.chase(now=at(6))
    message = chases().get()
    assert first.referral.reference in message.text
    assert second.referral.reference in message.text
    assert message.text.count("/link/") == 2
    assert "2 returns wanted" in message.subject
    assert CHILD_NAME not in message.text + message.subject
    assert SECRET not in message.text + message.subject


@pytest.mark.parametrize("now", [at(6, 6), at(6, 20), at(7), at(8)])
def test_quiet_hours(cast, now):
    """Before opening, in the evening, on Saturday and Sunday nothing is sent or noted; the next morning it is."""
    make(cast)
    assert workflow.chase(now=now) == []
    assert not Chase.objects.exists()
    assert not chases().exists()
    workflow.chase(now=at(9))
    assert chases().count() == 1


def test_a_dry_run_changes_no_row_and_says_what_will_happen(cast):
    make(cast)
    request = make(cast)
    planned = plan(at(6))
    assert [len(digest.lines) for digest in planned] == [2]
    assert (Chase.objects.count(), chases().count()) == (0, 0)
    sent = workflow.chase(now=at(6))
    assert [(d.address, [line.request.pk for line in d.lines]) for d in sent] == [
        (d.address, [line.request.pk for line in d.lines]) for d in planned
    ]
    assert request.lead_address == planned[0].address


def test_the_command(cast, settings):
    settings.MAIL_HOURS = "always"
    now = timezone.now()
    begun = timezone.make_aware(datetime.combine(calendar.current().back(timezone.localdate(now), 6), at(2).time()))
    request = ask(make_case(now=begun), now=begun, due_in=0)
    out = StringIO()
    call_command("chase", "--dry-run", stdout=out)
    assert request.lead_address in out.getvalue()
    assert "nothing was changed" in out.getvalue()
    assert not Chase.objects.exists()
    call_command("chase", stdout=out)
    assert Chase.objects.exists()
    assert chases().count() == 1


@pytest.mark.parametrize("status", [Status.RETURNED, Status.NO_INVOLVEMENT, Status.CLOSED])
def test_who_has_answered_is_left_alone(cast, status):
    request = request_at(status, referral=make_case(now=ASKED), now=ASKED)
    workflow.chase(now=at(30))
    assert not Chase.objects.exists()
    if status == Status.RETURNED:
        workflow.add_more(request=request, by=contributor(request), now=at(10))
        workflow.chase(now=at(30))
        assert not Chase.objects.exists()


def test_an_ended_case_is_left_alone(cast):
    from referrals import workflow as cases  # noqa: PLC0415 - beside the other one of that name

    request = make(cast)
    cases.stop_rapid_review(referral=request.referral, reason="Not met.", by=cast.chair, now=ASKED)
    workflow.chase(now=at(12))
    assert not Chase.objects.exists()


def test_walls_hold(cast):
    """The walled business manager is told of nothing; the chair acts. A walled lead's address gets no reminder."""
    request = make(cast)
    wall_off(request.referral, cast.business_manager, by=cast.chair, now=ASKED)
    workflow.chase(now=at(12))
    assert [m.recipient for m in chases("return-chase-manager")] == [cast.chair]
    other = make(cast)
    cast.walled.email = other.lead_address
    cast.walled.save()
    wall_off(other.referral, cast.walled, now=ASKED)
    workflow.chase(now=at(13))
    assert not Chase.objects.filter(request=other, address=other.lead_address).exists()
    assert Chase.objects.filter(request=other, address=cast.business_manager.email).exists()


def test_the_page_hides_cases_behind_walls(cast, settings):
    settings.MAIL_HOURS = "always"
    now = timezone.now()
    begun = timezone.make_aware(datetime.combine(calendar.current().back(timezone.localdate(now), 6), at(2).time()))
    seen, hidden = (ask(make_case(now=begun), now=begun, due_in=0) for _ in range(2))
    wall_off(hidden.referral, cast.chair, now=begun)
    text = sign_in(cast.chair).get("/returns/chase/").content.decode()
    assert seen.referral.reference in text
    assert hidden.referral.reference not in text
    assert hidden.referral.reference in sign_in(cast.business_manager).get("/returns/chase/").content.decode()
    assert not Chase.objects.exists()
    sign_in(cast.business_manager).post("/returns/chase/")
    assert Chase.objects.exists()


def test_planning_costs_the_same_for_one_and_for_three(cast, django_assert_num_queries):
    make(cast)
    with django_assert_num_queries(8):
        plan(at(12))
    make(cast)
    make(cast)
    with django_assert_num_queries(8):
        plan(at(12))


def test_the_ladder_is_data(cast):
    ChaseStep.objects.all().delete()
    ChaseStep.objects.create(anchor="before-due", offset=5, tells_agency=False, tells_manager=True)
    make(cast)
    workflow.chase(now=at(4))
    assert (chases().count(), chases("return-chase-manager").count()) == (0, 1)
