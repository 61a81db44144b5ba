"""Reminders every calendar day, then the chair, then the partners: each person once, whatever the job does."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from core.guard import workflow as guarded
from notifications.models import Message
from rapid_reviews import workflow
from rapid_reviews.choices import IssueLevel, NoticeState
from rapid_reviews.models import IssueNotice, SafeguardingIssue, SafeguardingTimes
from rapid_reviews.states import Status
from rapid_reviews.tasks import chase_issues as task
from tests.rapid_reviews.factories import rapid_review_at
from tests.rapid_reviews.issues import again, answer, raise_to
from tests.referrals.factories import CHILD_NAME, SECRET, wall_off

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
RAISED = datetime(2026, 11, 20, 15, tzinfo=LONDON)  # a Friday; the answer is wanted on Monday the 23rd
WANTED = date(2026, 11, 23)


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=LONDON)


def make(cast, review=None) -> SafeguardingIssue:
    return raise_to(cast.agencies.schools, review, now=RAISED, answer_by=WANTED)


def mails(kind):
    return Message.objects.filter(kind=f"safeguarding-{kind}").order_by("pk")


def told(kind="escalated"):
    return sorted(message.recipient.name for message in mails(kind))


@pytest.mark.parametrize(
    ("day", "agency", "escalated"),
    [(20, 0, []), (21, 1, []), (22, 1, []), (23, 1, []), (24, 1, ["Cora Example"]),
     (25, 1, ["Cora Example", "Ivy Partner", "Lou Partner", "Pat Partner"])],
)  # fmt: skip
def test_who_is_told_when(cast, day, agency, escalated):
    """Saturday and Sunday count. Whoever wakes late is told once, of the latest day."""
    make(cast)
    workflow.chase_issues(now=at(day))
    assert (mails("chased").count(), told()) == (agency, escalated)


def test_every_day_twice_tells_each_person_once_a_level(cast):
    """Also when the message is delivered twice, and at every hour of the day."""
    issue = make(cast)
    for day in range(20, 29):
        for hour in (3, 10, 10, 17):
            workflow.chase_issues(now=at(day, hour))
    assert mails("chased").count() == 8, "one each day from the 21st to the 28th"
    assert told() == ["Cora Example", "Ivy Partner", "Lou Partner", "Pat Partner"]
    issue.refresh_from_db()
    assert issue.level == IssueLevel.PARTNERS
    events = Event.objects.about(issue.review.referral.reference).filter(verb="rapid_review.safeguarding_escalated")
    assert sorted(event.sentence for event in events) == [
        "Safeguarding issue 1 to Inventshire Schools Service was escalated to the chair.",
        "Safeguarding issue 1 to Inventshire Schools Service was escalated to the three Safeguarding Partners.",
    ]


def test_an_outage_of_two_days_loses_and_doubles_nothing(cast):
    """Down from the 23rd to the 25th: one reminder for the agency, and both levels of the escalation."""
    make(cast)
    workflow.chase_issues(now=at(22))
    for _ in range(2):
        workflow.chase_issues(now=at(25))
    assert mails("chased").count() == 2
    assert told() == ["Cora Example", "Ivy Partner", "Lou Partner", "Pat Partner"]
    rows = IssueNotice.objects.filter(level=IssueLevel.AGENCY).order_by("occurs_on")
    sent, outrun = NoticeState.SENT, NoticeState.SUPERSEDED
    assert [(row.occurs_on.day, row.state) for row in rows] == [(21, outrun), (22, sent), (23, outrun), (24, outrun),
                                                                (25, sent)]  # fmt: skip
    workflow.chase_issues(now=at(26))
    assert (mails("chased").count(), len(told())) == (3, 4)


def test_on_any_day_from_the_opening_hour_and_never_at_night(cast, settings):
    settings.MAIL_HOURS = "08:00-18:00"
    make(cast)
    assert workflow.chase_issues(now=at(21, 6)) == []
    assert not IssueNotice.objects.exists()
    workflow.chase_issues(now=at(21, 8))
    mail = mails("chased").get()
    assert mail.not_before <= mail.created_at


def test_answered_is_chased_no_more_and_asked_again_begins_anew(cast):
    issue = make(cast)
    workflow.chase_issues(now=at(24))
    given = answer(issue, now=at(24, 12))
    for day in (25, 26):
        workflow.chase_issues(now=at(day))
    assert (mails("chased").count(), told()) == (1, ["Cora Example"])
    again(given, now=at(26, 12))  # wanted on the 27th
    issue.refresh_from_db()
    assert issue.level == IssueLevel.AGENCY
    workflow.chase_issues(now=at(27))
    assert (mails("chased").count(), told()) == (2, ["Cora Example"])
    workflow.chase_issues(now=at(28))
    assert told() == ["Cora Example", "Cora Example"], "the second asking is late on its own"


def test_sent_to_somebody_else_reminds_them_from_the_next_day(cast):
    issue = make(cast)
    to = {"lead_name": "Len Invented", "lead_address": "len@agency.example", "by": cast.business_manager}
    workflow.readdress(issue=issue, now=at(22, 9), **to)
    assert workflow.chase_issues(now=at(22)) == []
    workflow.chase_issues(now=at(23))
    assert [mail.address for mail in mails("chased")] == ["len@agency.example"]


def test_walls_hold(cast):
    """A walled chair's place is taken by the deputy chair; a walled partner and a walled lead hear nothing."""
    review = rapid_review_at(Status.OPENED, now=RAISED)
    issue = make(cast, review)
    for person in (cast.chair, cast.partner_police):
        wall_off(review.referral, person, by=cast.business_manager, now=RAISED)
    workflow.chase_issues(now=at(25))
    assert told() == ["Dara Example", "Ivy Partner", "Lou Partner"]
    assert mails("chased").count() == 1
    cast.walled.email = issue.lead_address
    cast.walled.save()
    wall_off(review.referral, cast.walled, now=at(25))
    workflow.chase_issues(now=at(26))
    assert mails("chased").count() == 1


def test_reminders_name_nobody(cast):
    make(cast)
    workflow.chase_issues(now=at(25))
    for message in [*mails("chased"), *mails("escalated")]:
        assert not any(name in message.subject + message.text for name in (SECRET, CHILD_NAME, "Rowan"))


def test_times_are_data_by_the_day_of_the_asking(cast):
    """Another practice from the 21st on: an issue of the 20th keeps the one of its day."""
    SafeguardingTimes.objects.create(
        chase_every=2, chair_after=3, partners_after=5, source="Decided by the partnership",
        effective_from=date(2026, 11, 21),
    )  # fmt: skip
    make(cast)
    later = raise_to(cast.agencies.hospital, now=RAISED + timedelta(days=1), answer_by=WANTED)
    workflow.chase_issues(now=at(24))
    assert told() == ["Cora Example"]
    assert later.notices.get().occurs_on == date(2026, 11, 23)
    workflow.chase_issues(now=at(26))
    assert told().count("Cora Example") == 2


def test_the_ledger_is_unique_in_the_database(cast):
    make(cast)
    workflow.chase_issues(now=at(21))
    row = IssueNotice.objects.get()

    @guarded
    def twice():
        row.pk = None
        row.save(force_insert=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        twice()


def test_the_number_of_queries_does_not_grow_with_the_issues(cast, django_assert_num_queries):
    """A plan that finds nothing to send: three issues cost what one costs."""
    make(cast)
    with django_assert_num_queries(9):
        workflow.chase_issues(now=at(20))
    for _ in range(2):
        make(cast, rapid_review_at(Status.OPENED, now=RAISED))
    with django_assert_num_queries(9):
        workflow.chase_issues(now=at(20))


def test_the_task_chases(cast, settings):
    settings.MAIL_HOURS = "always"
    issue = raise_to(cast.agencies.schools, now=timezone.now() - timedelta(days=1))
    task()
    assert issue.notices.get().occurs_on == timezone.localdate()
