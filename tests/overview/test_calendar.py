"""The calendar feed: read by two independent parsers, neutral, behind walls, and gone when its address is ended."""

import re
from datetime import date, time

import pytest
import vobject
from django.urls import reverse
from icalendar import Calendar

from audit.models import Event
from overview.feed import entries_of
from overview.models import CalendarFeed
from panel.meetings import plan_meeting
from practice_reviews.choices import EventKind
from practice_reviews.workflow import practitioners
from rapid_reviews.states import Status
from tests.overview.factories import NOW, moment, queries_of, review_opened_on
from tests.practice_reviews.factories_beside import case_review
from tests.referrals.factories import CHILD_NAME, SECRET, wall_off

PAGE = reverse("overview:calendar")
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


def make_address(client) -> str:
    """The path that the page shows after the button."""
    page = client.post(PAGE, {"make": "yes"}).content.decode()
    return re.search(r"<code>https?://[^/]+(/calendar/[^<]+\.ics)</code>", page)[1]


@pytest.fixture
def reviews(cast):
    return [review_opened_on("2026-11-05", lead=cast.member), review_opened_on("2026-11-12", lead=cast.second_member)]


def test_two_independent_parsers_read_the_same(cast, sign_in, client, reviews):
    response = client.get(make_address(sign_in(cast.member)))
    assert response["Content-Type"].startswith("text/calendar")
    ours = {
        (str(event["UID"]), str(event["SUMMARY"]), event.decoded("DTSTART"))
        for event in Calendar.from_ical(response.content).walk("VEVENT")
    }
    theirs = {
        (event.uid.value, event.summary.value, event.dtstart.value)
        for event in vobject.readOne(response.content.decode()).vevent_list
    }
    assert ours == theirs
    reference = reviews[0].referral.reference
    assert (f"{reference}: Rapid review", date(2026, 11, 25)) in {(title, day) for _, title, day in ours}


def test_long_lines_are_folded_and_lines_end_as_the_format_wants(cast, sign_in, client, reviews):
    content = client.get(make_address(sign_in(cast.member))).content
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_no_name_and_a_neutral_file_name(cast, sign_in, client, reviews):
    response = client.get(make_address(sign_in(cast.member)))
    text = response.content.decode() + str(response.headers)
    assert reviews[0].referral.reference in text
    assert CHILD_NAME not in text
    assert SECRET not in text


def test_milestones_are_the_leads(cast, reviews):
    today = date(2026, 11, 23)
    draft = f"{reviews[0].referral.reference}: Draft of the rapid review"
    assert draft in {entry.title for entry in entries_of(cast.member, today=today)}
    assert draft not in {entry.title for entry in entries_of(cast.second_member, today=today)}


def test_an_expected_reply_says_so(cast):
    review = review_opened_on("2026-11-12", Status.SENT)
    titles = {entry.title for entry in entries_of(cast.chair, today=date(2026, 11, 23))}
    assert any(title.startswith(review.referral.reference) and title.endswith("(expected)") for title in titles)


def test_a_wall_takes_the_case_out_of_an_address_that_exists(cast, sign_in, client, reviews):
    address = make_address(sign_in(cast.walled))
    walled, other = (review.referral.reference for review in reviews)
    assert walled in client.get(address).content.decode()
    wall_off(reviews[0].referral, cast.walled, by=cast.business_manager, now=moment("2026-11-23"))
    text = client.get(address).content.decode()
    assert walled not in text
    assert other in text
    assert walled not in sign_in(cast.walled).get(PAGE).content.decode()


def test_the_address_is_shown_once_and_kept_as_a_digest(cast, sign_in):
    client = sign_in(cast.member)
    token = make_address(client).removeprefix("/calendar/").removesuffix(".ics")
    assert token not in client.get(PAGE).content.decode()
    feed = CalendarFeed.objects.get(person=cast.member)
    assert token not in feed.token_hash
    assert Event.objects.filter(verb="calendar.opened").count() == 1
    assert not any(token in str(event.details) + event.text for event in Event.objects.all())


def test_a_new_address_ends_the_old_one(cast, sign_in, client, reviews):
    mine = sign_in(cast.member)
    old, new = make_address(mine), make_address(mine)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_ended_it_is_gone_and_ending_twice_is_quiet(cast, sign_in, client, reviews):
    mine = sign_in(cast.member)
    address = make_address(mine)
    for _ in range(2):
        assert mine.post(PAGE, {"revoke": "yes"}).status_code == 302
    assert client.get(address).status_code == 404
    assert Event.objects.filter(verb="calendar.revoked").count() == 1


def test_who_leaves_takes_the_address_along(cast, sign_in, client, reviews):
    address = make_address(sign_in(cast.member))
    cast.member.memberships.update(until_date=date(2026, 11, 22))
    assert client.get(address).status_code == 404


def test_an_inactive_account_has_none(cast, sign_in, client, reviews):
    address = make_address(sign_in(cast.member))
    cast.member.is_active = False
    cast.member.save()
    assert client.get(address).status_code == 404


def test_its_owner_sees_that_it_is_used(cast, sign_in, client, reviews):
    mine = sign_in(cast.member)
    address = make_address(mine)
    assert "No calendar has fetched it yet" in mine.get(PAGE).content.decode()
    client.get(address)
    assert "A calendar last fetched it on 23 November 2026 at 10:00" in mine.get(PAGE).content.decode()


def test_it_can_only_be_read(cast, sign_in, client, reviews):
    assert client.post(make_address(sign_in(cast.member))).status_code == 405


def test_more_cases_cost_no_more_queries(cast, sign_in, client):
    review_opened_on("2026-11-05", lead=cast.member)
    address = make_address(sign_in(cast.member))
    one = queries_of(client, address)
    for day in ("2026-11-10", "2026-11-12"):
        review_opened_on(day, lead=cast.member)
    assert queries_of(client, address) == one


def test_planned_meetings_of_the_panel_are_in_it(cast):
    plan_meeting(on=date(2026, 12, 8), at=time(10), place="Room 1", by=cast.business_manager, now=moment("2026-11-23"))
    today = date(2026, 11, 23)
    assert [(e.day, e.title) for e in entries_of(cast.member, today=today) if e.key.startswith("meeting")] == [
        (date(2026, 12, 8), "Panel meeting, 10:00")
    ]
    assert entries_of(cast.outsider, today=today) == []


def test_days_beside_a_commissioned_review_are_in_it_and_behind_its_walls(cast):
    review, now, today = case_review(), moment("2026-11-23"), date(2026, 11, 23)
    practitioners.plan_event(
        review=review, kind=EventKind.LEARNING, planned_on=date(2026, 12, 9), by=cast.chair, now=now
    )
    days = [(one.day, one.title) for one in entries_of(cast.member, today=today) if one.key.startswith("practitioners")]
    assert days == [(date(2026, 12, 9), f"{review.reference}: {EventKind.LEARNING.label.lower()}")]
    wall_off(review.referral, cast.member)
    assert not [one for one in entries_of(cast.member, today=today) if one.key.startswith("practitioners")]
