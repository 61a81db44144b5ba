"""Learning points: one source, pseudonyms, walls, what the partnership remembers, charts."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from core.guard import UnguardedWrite
from core.guard import workflow as guarded
from learning import workflow
from learning.charts import heat_map, themes_over_time
from learning.choices import Source
from learning.memory import remembered
from learning.models import LearningPoint
from learning.states import PointStatus
from learning.workflow import Origin
from practice_reviews.choices import Kind
from practice_reviews.models import PracticeReview
from rapid_reviews import workflow as reviews
from rapid_reviews.memory import ordinal
from rapid_reviews.memory import remembered as remembered_of_review
from referrals.workflow.base import ChangedMeanwhileError
from tests.cast import sign_in
from tests.learning.factories import (
    AUDIT,
    area,
    case_origin,
    facts,
    message_at,
    point_at,
    review_at,
    theme,
)
from tests.practice_reviews.factories import review_at as practice_review_at
from tests.rapid_reviews.factories import shared_learning
from tests.referrals.factories import CHILD_NAME, SECRET, wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()


@guarded
def force(row, **fields):
    """Past every rule of ours: only the database can refuse."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


@guarded
def commissioned(referral=None, *, by):
    return PracticeReview.objects.create(
        reference="PR-2026-900", kind=Kind.MULTI_AGENCY, title="Discharge", referral=referral, decided_on=TODAY,
        deciders="The Panel", commissioned_by=by, commissioned_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("fields", [{"audit": ""}, {"source": Source.OTHER_REVIEW}, {"source": Source.RAPID_REVIEW}])
def test_the_database_wants_exactly_one_source(cast, fields):
    point = point_at()
    with pytest.raises(IntegrityError, match="learning_point_exactly_one_source"), transaction.atomic():
        force(point, **fields)
    with pytest.raises(UnguardedWrite):
        LearningPoint.objects.update(text="By hand.")


def test_two_sources_or_none_are_refused(cast):
    review, by = review_at(), cast.business_manager
    for origin in (
        Origin(source=Source.AUDIT, audit=" "),
        Origin(source=Source.AUDIT, audit="A", other_review=review),
        Origin(source=Source.OTHER_REVIEW, audit="A"),
    ):
        with pytest.raises(WorkflowError, match="exactly which"):
            workflow.record_point(origin=origin, facts=facts(), by=by, now=NOW)
    for over, sentence in (
        ({"text": "  "}, "Enter what was learned"),
        ({"learned_on": TODAY + timedelta(days=1)}, "in the future"),
    ):
        with pytest.raises(WorkflowError, match=sentence):
            workflow.record_point(origin=AUDIT, facts=facts(**over), by=by, now=NOW)


def test_names_of_the_case_become_pseudonyms_as_it_is_saved(cast):
    point = point_at(origin=case_origin(), text=f"{CHILD_NAME} was not seen alone, nor was Rowan heard.")
    assert point.text == "Child A was not seen alone, nor was Child A heard."
    message = message_at(text="See Rowan alone.", why=f"{CHILD_NAME} was not.", points=[point])
    assert (message.text, message.why) == ("See Child A alone.", "Child A was not.")
    events = Event.objects.filter(verb__startswith="learning.")
    assert events.exists()
    assert not any(CHILD_NAME in event.sentence or SECRET in event.sentence for event in events)


def test_a_wall_hides_the_point_everywhere_and_not_the_message(cast):
    """One other point is there, so that the pages are not just empty."""
    behind = point_at(PointStatus.AGREED, origin=case_origin(), text=f"Behind a wall, {SECRET}.")
    other = point_at(PointStatus.AGREED, text="For all to see.")
    message = message_at(points=[behind, other])
    wall_off(behind.referral, cast.walled)

    def text(person, name, *args, query=""):
        return sign_in(person).get(reverse(f"learning:{name}", args=args) + query).content.decode()

    for page in (("point-list",), ("message", message.reference)):
        assert behind.reference in text(cast.member, *page)
        shown = text(cast.walled, *page)
        assert other.reference in shown
        assert behind.reference not in shown
        assert SECRET not in shown
    assert "1 learning point." in text(cast.walled, "point-list")
    assert heat_map(cast.walled).counts == [("Hospital", (1,))]
    assert heat_map(cast.member).counts == [("Hospital", (2,))]
    wall_off(behind.referral, cast.chair)
    assert behind.reference not in text(cast.chair, "message-add", query=f"?point={behind.reference}")
    with pytest.raises(WorkflowError, match="that you see"):
        workflow.draft_message(facts=message_facts_with(behind), by=cast.chair, now=NOW)
    assert set(message.points.all()) == {behind, other}
    changed = workflow.MessageFacts(text="New words.", why="Still.", points=[other])
    workflow.change_message(message=message, facts=changed, by=cast.chair, now=NOW)
    assert set(message.points.all()) == {behind, other}  # what the chair does not see, the chair does not take away


def message_facts_with(point):
    return workflow.MessageFacts(text="T", why="W", points=[point])


def test_the_points_of_a_commissioned_review_follow_its_case(cast):
    origin = case_origin()
    review = commissioned(origin.referral, by=cast.chair)
    point = point_at(origin=Origin(source=Source.PRACTICE_REVIEW, practice_review=review))
    assert point.referral == origin.referral
    wall_off(origin.referral, cast.walled)
    assert not LearningPoint.objects.visible_to(cast.walled).exists()
    for person in (cast.invited, cast.outsider, cast.contributor):
        assert not LearningPoint.objects.visible_to(person).exists()
    with pytest.raises(NotPermitted):
        workflow.record_point(origin=origin, facts=facts(), by=cast.walled, now=NOW)


def test_third_case_in_two_years(cast):
    """Cases by their reviews' themes and by points; one behind a wall and one of long ago are not counted."""
    long_ago = NOW - timedelta(days=800)
    points = [point_at(origin=case_origin()) for _ in range(2)]
    point_at(origin=case_origin(), learned_on=TODAY - timedelta(days=800), now=NOW)
    assert long_ago < NOW
    newest = point_at(origin=case_origin())
    said = "Third case in two years about information sharing at hospital discharge."
    assert remembered(newest, cast.chair) == [said]
    wall_off(points[0].referral, cast.walled)
    assert remembered(newest, cast.walled) == [said.replace("Third", "Second")]
    workflow.set_aside_point(point=points[1], reason="No.", by=cast.chair, now=NOW)
    assert remembered(newest, cast.walled) == []
    elsewhere = point_at(origin=case_origin(), practice_area=area("Housing"))
    assert remembered(elsewhere, cast.chair) == ["Third case in two years about information sharing."]
    assert remembered(point_at(), cast.chair) == []  # an audit is no case


def test_the_memory_of_a_theme_is_told_when_a_new_case_gets_it(cast):
    by = cast.business_manager
    first, second = case_origin().rapid_review, case_origin().rapid_review
    reviews.set_themes(review=first, themes=[theme()], by=by, now=NOW)
    browser = sign_in(cast.member)
    address = reverse("rapid_reviews:themes-edit", args=[second.referral.reference])
    page = browser.post(address, {"themes": [theme().pk]}, follow=True).content.decode()
    assert page.count("Second case in two years with the theme information sharing.") == 2  # said once, and it stays
    wall_off(first.referral, cast.walled)
    assert remembered_of_review(second, [theme()], cast.walled) == []
    assert [ordinal(number) for number in (3, 11, 12, 21, 22, 113)] == [
        "Third", "11th", "12th", "21st", "22nd", "113th",
    ]  # fmt: skip


def test_themes_over_time_count_a_case_once(cast):
    origin = case_origin()
    reviews.set_themes(review=origin.rapid_review, themes=[theme()], by=cast.business_manager, now=NOW)
    point_at(origin=origin)
    point_at(learned_on=TODAY.replace(year=TODAY.year - 1, day=1), themes=[theme(), theme("Domestic abuse")])
    point_at(PointStatus.SET_ASIDE)
    told = themes_over_time(cast.chair, TODAY)
    assert told.years[-1] == TODAY.year
    assert told.table == [("Information sharing", (0, 0, 1, 1), 2), ("Domestic abuse", (0, 0, 1, 0), 1)]
    assert f"Information sharing: {TODAY.year - 1} 1, {TODAY.year} 1" in told.chart.alt
    page = sign_in(cast.chair).get(reverse("learning:charts")).content.decode()
    assert page.count("data:image/svg+xml") == 1
    assert "app-heat__cell--4" in page


def test_recording_from_a_case_tells_and_keeps_what_was_typed(cast):
    origin = case_origin()
    address = reverse("learning:point-add-from-case", args=[origin.referral.reference])
    browser = sign_in(cast.member)
    wrong = browser.post(address, {"text": "Typed with care."}).content.decode()
    assert "Enter the day on which it was learned" in wrong
    assert "Typed with care." in wrong
    day = {"learned_on_0": TODAY.day, "learned_on_1": TODAY.month, "learned_on_2": TODAY.year}
    data = {"text": f"See {CHILD_NAME} alone.", "themes": [theme().pk]} | day
    page = browser.post(address, data, follow=True).content.decode()
    assert "replaced by pseudonyms" in page
    assert "See Child A alone." in page
    point = LearningPoint.objects.get()
    change = reverse("learning:point-change", args=[point.reference])
    seen = browser.get(change).context["form"].initial["seen"]
    workflow.change_point(point=point, facts=facts(text="Theirs."), by=cast.chair, now=NOW)
    mine = browser.post(change, data | {"text": "Mine.", "seen": seen}).content.decode()
    assert "changed in another window" in mine
    assert "Mine." in mine
    with pytest.raises(ChangedMeanwhileError):
        workflow.change_point(point=point, facts=facts(text="Mine."), by=cast.chair, now=NOW, seen=seen)


def test_the_list_costs_the_same_for_one_and_for_three(cast, django_assert_num_queries):
    browser, address = sign_in(cast.chair), reverse("learning:point-list")
    point_at(text="First.")
    browser.get(address)
    with django_assert_num_queries(17):
        browser.get(address)
    point_at(text="Second.", origin=case_origin())
    point_at(text="Third.", practice_area=None, themes=[], agencies=[])
    with django_assert_num_queries(17):
        text = browser.get(address).content.decode()
    assert "3 learning points." in text
    found = browser.get(f"{address}?q=second&area={area().pk}").content.decode()
    assert "1 learning point found." in found
    assert "3 learning points" in browser.get(f"{address}?status=nonsense").content.decode()


def test_immediate_learning_becomes_a_point_without_typing_it_again(cast):
    review = case_origin().rapid_review
    line = shared_learning(review, message=f"See {CHILD_NAME} alone.")
    page = sign_in(cast.scrutineer).get(reverse("learning:case", args=[review.referral.reference])).content.decode()
    assert "See Child A alone." in page
    assert "Make a learning point" not in page
    address = reverse("learning:point-add-from-case", args=[review.referral.reference])
    browser = sign_in(cast.member)
    assert browser.get(f"{address}?from={line.uuid}").context["form"].initial["text"] == "See Child A alone."
    assert browser.get(f"{address}?from=nonsense").context["form"].initial["text"] == ""


def test_what_a_commissioned_review_taught_begins_on_its_page_and_its_cases(cast):
    review = practice_review_at("under_way")
    address = f"{reverse('learning:point-add')}?review={review.reference}"
    case = reverse("learning:case", args=[review.referral.reference])
    for page in (review.get_absolute_url(), case):
        assert address in sign_in(cast.member).get(page).content.decode()
        assert address not in sign_in(cast.scrutineer).get(page).content.decode()
    initial = sign_in(cast.member).get(address).context["form"].initial
    assert initial == {"source": Source.PRACTICE_REVIEW, "practice_review": review}
    wall_off(review.referral, cast.walled, by=cast.business_manager, now=review.commissioned_at)
    assert sign_in(cast.walled).get(address).context["form"].initial == {}
