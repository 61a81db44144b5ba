"""Whether the Panel meets in time for a rapid review, on which days it still could, and one step to plan it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from deadlines import calendar
from notifications.models import Message
from panel.choices import MeetingStatus
from panel.meetings import cancel_meeting, plan_meeting
from panel.models import PanelMeeting
from rapid_reviews import workflow
from rapid_reviews.attention import meetings_in_time
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from rapid_reviews.windows import window_of
from tests.rapid_reviews.factories import circulated, draft, rapid_review_at
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
# Notified before Christmas: day 11 is 7 January 2027, day 12 the 8th; the statutory date is the 13th.
NOW = datetime(2026, 12, 21, 10, 0, tzinfo=ZoneInfo("Europe/London"))
TODAY, DAY_11, DAY_12, DUE = NOW.date(), date(2027, 1, 7), date(2027, 1, 8), date(2027, 1, 13)


@pytest.fixture
def review(cast):
    found = rapid_review_at(Status.DRAFTING, now=NOW)
    trigger = found.clock.trigger_on
    counted = calendar.current()
    assert [counted.forward(trigger, day) for day in (11, 12, 15)] == [DAY_11, DAY_12, DUE]
    return found


def plan(cast, on, at=time(14)):
    return plan_meeting(on=on, at=at, place="Room 1", by=cast.business_manager, now=NOW)


def window(review, on=TODAY):
    review = RapidReview.objects.select_related("clock").get(pk=review.pk)
    return window_of(review, list(review.clock.milestone_clocks.select_related("rule")), on=on)


def test_the_window_is_days_11_and_12_and_the_proposals_are_working_days(review):
    found = window(review)
    assert (found.first, found.last, found.days) == (DAY_11, DAY_12, (DAY_11, DAY_12))
    assert not found.is_kept


@pytest.mark.parametrize(
    ("on", "kept"),
    [(date(2027, 1, 6), False), (DAY_11, True), (DAY_12, True), (date(2027, 1, 11), False)],
)
def test_only_a_meeting_in_the_window_is_in_time(cast, review, on, kept):
    plan(cast, on)
    assert window(review).is_kept == kept


def test_a_cancelled_meeting_does_not_count_one_that_was_held_does(cast, review):
    meeting = plan(cast, DAY_11)
    assert window(review, on=DAY_12).is_kept  # yesterday, before it is recommended
    cancel_meeting(meeting=meeting, reason="No", by=cast.chair, now=NOW)
    assert not window(review).is_kept


def test_when_the_window_has_passed_the_days_before_the_statutory_date_are_left(cast, review):
    found = window(review, on=date(2027, 1, 11))
    assert found.is_past
    assert found.days == (date(2027, 1, 11), date(2027, 1, 12), DUE)
    assert window(review, on=DUE + timedelta(days=1)).days == ()


def test_nothing_is_awaited_after_the_recommendation_or_by_circulation(cast, review):
    draft(review, now=NOW)
    workflow.record_recommendation(review=review, by=cast.chair, now=NOW)
    assert window(review) is None
    assert window(circulated(now=NOW)) is None


def test_attention_names_the_reviews_without_one_but_none_behind_a_wall(cast, review):
    plan(cast, date(2027, 2, 9))
    [item] = meetings_in_time(NOW, cast.business_manager)
    assert item.text == (
        f"No meeting of the Panel in time for {review.referral.reference}: wanted by Friday 8 January."
    )
    wall_off(review.referral, cast.business_manager, by=cast.chair, now=NOW)
    assert meetings_in_time(NOW, cast.business_manager) == []
    assert meetings_in_time(NOW, cast.chair)
    plan(cast, DAY_12)
    assert meetings_in_time(NOW, cast.chair) == []


def test_attention_costs_the_same_for_one_and_for_three(cast, review, django_assert_num_queries):
    for _ in range(2):
        rapid_review_at(Status.OPENED, now=NOW)
    meetings_in_time(NOW, cast.chair)  # who the chair is, is read once
    with django_assert_num_queries(5):
        assert len(meetings_in_time(NOW, cast.chair)) == 3
    workflow.withdraw(review=review, reason="Not met", by=cast.chair, now=NOW)
    with django_assert_num_queries(5):
        assert len(meetings_in_time(NOW, cast.chair)) == 2


def test_one_step_plans_an_extraordinary_meeting_by_nameless_mail(cast, review, sign_in, time_machine):
    time_machine.move_to(NOW)
    client = sign_in(cast.chair)
    workspace = reverse("rapid_reviews:review-workspace", args=[review.referral.reference])
    page = client.get(workspace).content.decode()
    assert "between Thursday 7 January and Friday 8 January" in page
    assert "Plan an extraordinary meeting" in page
    assert "Plan an extraordinary meeting" not in sign_in(cast.member).get(workspace).content.decode()
    url = reverse("rapid_reviews:meeting-plan", args=[review.referral.reference])
    data = {"on": "2027-01-08", "at": "09:30", "place": "Online, by the usual link", "is_online": "on"}
    for _ in range(2):  # a double click
        assert client.post(url, data).status_code == 302
    meeting = PanelMeeting.objects.get()
    assert (meeting.on, meeting.is_online, meeting.kind) == (DAY_12, True, "extraordinary")
    told = Message.objects.filter(kind="panel-meeting")
    assert told.filter(recipient=cast.member).count() == 1
    assert not any(review.referral.reference in mail.subject + mail.text for mail in told)
    assert Event.objects.about(review.referral.reference).filter(verb="rapid_review.meeting_planned").exists()
    assert "in time for this review" in client.get(workspace).content.decode()
    assert "Select the day" in client.post(url, {"at": "09:30", "place": "x"}).content.decode()


def test_or_moves_the_next_one(cast, review, sign_in, time_machine):
    time_machine.move_to(NOW)
    meeting = plan(cast, date(2027, 2, 9))
    url = reverse("rapid_reviews:meeting-move", args=[review.referral.reference])
    client = sign_in(cast.business_manager)
    assert "Tuesday 9 February 2027" in client.get(url).content.decode()
    assert client.post(url, {"on": "2027-01-07", "at": "14:00"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.on, meeting.moved_from) == (DAY_11, date(2027, 2, 9))
    assert Message.objects.filter(kind="panel-meeting", recipient=cast.deputy).count() == 1


def test_a_day_after_the_statutory_date_and_people_without_the_right_are_refused(cast, review):
    def plan_for(by, on=DAY_12, of=review):
        return workflow.plan_for(review=of, on=on, at=time(9), place="Room 1", by=by, now=NOW)

    with pytest.raises(WorkflowError, match="after the statutory date"):
        plan_for(cast.chair, on=date(2027, 1, 14))
    with pytest.raises(NotPermitted):
        plan_for(cast.member)
    wall_off(review.referral, cast.deputy_chair, now=NOW)
    with pytest.raises(NotPermitted):
        plan_for(cast.deputy_chair)
    assert not PanelMeeting.objects.exists()


def test_the_meeting_that_recommended_was_held(cast, review):
    meeting = plan(cast, DAY_11)
    there = NOW.replace(year=2027, month=1, day=7, hour=17)
    draft(review, now=there)
    workflow.record_recommendation(review=review, by=cast.chair, now=there)
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.HELD
    assert review.recommendation.meeting == meeting
