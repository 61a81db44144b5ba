"""The three bodies are told with the reviewer's name; a delay is told with its reason; no letter names a child."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from core.attention import collect as attention
from core.errors import InvalidTransition, WorkflowError
from core.needs import collect as needs
from practice_reviews import workflow
from practice_reviews.choices import Kind, Lateness
from practice_reviews.facts import running_on
from practice_reviews.workflow import Delay
from tests.practice_reviews.factories import REVIEWER, again, by_panel, lcspr, review_at, with_reviewer
from tests.referrals.factories import CHILD_NAME, SECRET

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/London"))
TODAY = MARCH.date()


def days(number):
    return MARCH + timedelta(days=number)


def send(letter, *, now=MARCH, on=None, cast, **more):
    about = {"on": on or timezone.localdate(now), "to": "box@body.example", "by": cast.business_manager, "now": now}
    return workflow.record_letter_sent(letter=letter, **about | more)


def delay(review, cast, *, now, expected_on=date(2026, 11, 2), **more):
    given = {"kind": Lateness.LATE, "reason": "The trial ends in the autumn.", "known_on": timezone.localdate(now)}
    wanted = Delay(**given | {"expected_on": expected_on} | more)
    return workflow.write_notice(review=review, delay=wanted, by=cast.business_manager, now=now)


def test_the_clock_is_met_only_when_all_three_are_told(cast):
    review = lcspr(now=MARCH)
    with pytest.raises(WorkflowError, match="Appoint the reviewer first"):
        workflow.write_letters(review=review, by=cast.business_manager, now=MARCH)
    with_reviewer(review, now=MARCH)
    letters = workflow.write_letters(review=review, by=cast.business_manager, now=MARCH)
    assert [letter.get_body_display() for letter in letters] == [
        "Child Safeguarding Practice Review Panel", "Ofsted", "Department for Education",
    ]  # fmt: skip
    assert all(REVIEWER in letter.text and review.case_reference in letter.text for letter in letters)
    assert not any(CHILD_NAME in letter.text or SECRET in letter.text for letter in letters)
    for letter in letters[:2]:
        send(letter, cast=cast)
    assert again(review).tell_clock.completed_on is None
    send(letters[2], cast=cast)
    assert again(review).tell_clock.completed_on == TODAY
    assert again(letters[2]).sent_to == "box@body.example"


def test_the_last_letter_after_the_day_needs_a_reason(cast):
    review = lcspr(now=MARCH)
    with_reviewer(review, now=MARCH)
    letters = workflow.write_letters(review=review, by=cast.business_manager, now=MARCH)
    late = days(4)
    for letter in letters[:2]:
        send(letter, cast=cast, now=late)
    with pytest.raises(WorkflowError, match="so it is late"):
        send(letters[2], cast=cast, now=late)
    assert again(letters[2]).sent_on is None, "nothing is half recorded"
    send(letters[2], cast=cast, now=late, late_reason="The reviewer was found later.")
    clock = again(review).tell_clock
    assert (clock.was_late, clock.late_reason) == (True, "The reviewer was found later.")
    assert "Ofsted" in clock.told


@pytest.mark.parametrize("name", [CHILD_NAME, CHILD_NAME.split()[0].upper(), f"{CHILD_NAME.split()[0]}’s"])
def test_no_letter_and_no_reason_names_a_child(cast, name):
    review = lcspr(now=MARCH)
    with_reviewer(review, now=MARCH)
    letter = workflow.write_letters(review=review, by=cast.business_manager, now=MARCH)[0]
    with pytest.raises(WorkflowError, match="of a child of the case") as refused:
        workflow.change_letter(letter=letter, text=f"About {name}. {REVIEWER}", by=cast.business_manager, now=MARCH)
    assert name not in str(refused.value)
    with pytest.raises(WorkflowError, match="of a child of the case"):
        delay(review, cast, now=MARCH, reason=f"{name} is in court.")


def test_a_letter_that_was_sent_stays_as_it_was(cast):
    review = lcspr(now=MARCH)
    with_reviewer(review, now=MARCH)
    letter = workflow.write_letters(review=review, by=cast.business_manager, now=MARCH)[0]
    changed = workflow.change_letter(letter=letter, text="A review.", by=cast.business_manager, now=MARCH)
    with pytest.raises(WorkflowError, match="name of an appointed reviewer"):
        send(changed, cast=cast)
    workflow.change_letter(letter=letter, text=f"By {REVIEWER}.", by=cast.business_manager, now=MARCH)
    send(letter, cast=cast)
    with pytest.raises(WorkflowError, match="stays as it was"):
        workflow.change_letter(letter=letter, text="Otherwise.", by=cast.business_manager, now=MARCH)


def wants(cast, day):
    return [need.what for need in needs(cast.business_manager, timezone.localdate(day)) if need.about.startswith("LR")]


def test_a_forecast_after_the_six_months_asks_for_notice_until_one_covers_it(cast):
    review = review_at("under_way", now=MARCH)
    draft = review.milestones.get(title="First draft")
    now = days(60)
    assert "Give notice of delay" not in wants(cast, MARCH)
    workflow.expect_milestone(
        milestone=draft, expected_on=draft.due_on + timedelta(days=40), reason="The trial.", by=cast.chair, now=now
    )
    assert "Give notice of delay" in wants(cast, now)
    assert any(
        "no notice of delay" in item.text for part in attention(now, cast.business_manager) for item in part.items
    )
    (fact,) = running_on(timezone.localdate(now))
    assert (fact.month_text, fact.progress.forecast_on, fact.wants_notice) == ("month 2 of 6", date(2026, 10, 10), True)
    notice = delay(review, cast, now=now, expected_on=date(2026, 10, 1))
    assert "Give notice of delay" in wants(cast, now), "a notice of an earlier day does not cover the forecast"
    second = delay(review, cast, now=now)
    assert "Give notice of delay" not in wants(cast, now)
    assert (notice.number, second.number) == (1, 2)
    bodies = [letter.get_body_display() for letter in second.letters.all()]
    assert bodies == ["Child Safeguarding Practice Review Panel", "Secretary of State for Education"]
    assert all("2 November 2026" in letter.text and "The trial ends" in letter.text for letter in second.letters.all())


def test_the_delay_is_told_when_both_letters_are_out_and_a_late_clock_bears_its_reason(cast):
    review = review_at("under_way", now=MARCH)
    late = days(190)
    notice = delay(review, cast, now=late)
    first, second = notice.letters.all()
    send(first, cast=cast, now=late)
    assert running_on(timezone.localdate(late))[0].delays[0].told_on is None
    assert again(review).clock.late_reason == ""
    send(second, cast=cast, now=late)
    assert running_on(timezone.localdate(late))[0].delays[0].told_on == timezone.localdate(late)
    assert again(review).clock.late_reason == "The trial ends in the autumn."
    assert "Secretary of State" in again(review).clock.told


def test_only_an_lcspr_has_letters_and_a_delay_is_later(cast):
    with pytest.raises(WorkflowError, match="only"):
        workflow.write_letters(review=by_panel(Kind.AUDIT, now=MARCH), by=cast.chair, now=MARCH)
    review = lcspr(now=MARCH)
    with pytest.raises(WorkflowError, match="This is no delay"):
        delay(review, cast, now=MARCH, expected_on=date(2026, 9, 2))
    with pytest.raises(WorkflowError, match="by when"):
        delay(review, cast, now=MARCH, expected_on=None)
    withheld = delay(review, cast, now=MARCH, expected_on=None, kind=Lateness.WITHHELD)
    assert "withheld" in withheld.letters.all()[0].text
    workflow.stop(review=review, reason="Over.", by=cast.chair, now=MARCH)
    with pytest.raises(InvalidTransition):
        delay(review, cast, now=MARCH)
