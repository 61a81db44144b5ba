"""Practice themes, the earlier cases that share them, and the criteria for a national review."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.errors import InvalidTransition, NotPermitted, WorkflowError
from rapid_reviews import readiness, workflow
from rapid_reviews.choices import NATIONAL_CRITERIA, Criterion, Finding, Outcome
from rapid_reviews.contents import contents_of
from rapid_reviews.earlier import earlier_cases
from rapid_reviews.models import ReviewTheme, Theme
from rapid_reviews.states import Status
from tests.rapid_reviews.factories import draft, findings, rapid_review_at
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db


def url(review, name="criteria-edit"):
    return reverse(f"rapid_reviews:{name}", args=[review.referral.reference])


def choose(review, *names, by):
    workflow.set_themes(review=review, themes=Theme.objects.filter(name__in=names), by=by, now=timezone.now())


def test_a_list_to_start_from_says_where_it_is_from():
    assert {"Information sharing", "Professional curiosity", "Voice of the child"} <= {
        t.name for t in Theme.objects.all()
    }
    assert set(Theme.objects.values_list("source", flat=True)) == {
        "Local starting list, to be edited by the partnership"
    }


def test_chosen_changed_and_told_once(cast):
    review = rapid_review_at(Status.DRAFTING)
    choose(review, "Neglect over time", "Voice of the child", by=cast.member)
    choose(review, "Neglect over time", "Voice of the child", by=cast.member)
    choose(review, "Voice of the child", by=cast.member)
    assert [theme.name for theme in contents_of(review).themes] == ["Voice of the child"]
    events = Event.objects.filter(verb="rapid_review.themes_chosen")
    assert [event.details["themes"] for event in events.order_by("pk")] == [
        "Neglect over time, Voice of the child", "Voice of the child",
    ]  # fmt: skip


def test_a_theme_out_of_use_stays_and_cannot_be_added(cast, sign_in):
    review, other = rapid_review_at(Status.DRAFTING), rapid_review_at(Status.DRAFTING)
    choose(review, "Neglect over time", by=cast.member)
    old = Theme.objects.get(name="Neglect over time")
    Theme.objects.filter(pk=old.pk).update(is_active=False)
    choose(review, "Neglect over time", by=cast.member)
    assert contents_of(review).themes == [old]
    with pytest.raises(WorkflowError, match="no longer in use"):
        choose(other, "Neglect over time", by=cast.member)
    client = sign_in(cast.member)
    assert "Neglect over time (no longer in use)" in client.get(url(review, "themes-edit")).content.decode()
    assert "Neglect over time" not in client.get(url(other, "themes-edit")).content.decode()


def test_only_while_the_findings_may_be_written(cast):
    review = rapid_review_at(Status.RECOMMENDED)
    with pytest.raises(InvalidTransition):
        choose(review, "Voice of the child", by=cast.member)
    with pytest.raises(NotPermitted):
        choose(rapid_review_at(Status.DRAFTING), "Voice of the child", by=cast.scrutineer)


def test_the_page_saves_also_none(cast, sign_in):
    review = rapid_review_at(Status.DRAFTING)
    theme = Theme.objects.get(name="Voice of the child")
    client = sign_in(cast.member)
    assert client.post(url(review, "themes-edit"), {"themes": [theme.pk]}).url == url(review)
    assert "Voice of the child" in client.get(url(review)).content.decode()
    client.post(url(review, "themes-edit"), {})
    assert not ReviewTheme.objects.exists()


def three_cases(cast):
    """This case; an earlier one that shares its themes; one behind a wall; one with another theme; a later one."""
    now = timezone.now()
    shared, walled, other = (rapid_review_at(Status.DRAFTING, now=now - timedelta(days=days)) for days in (9, 8, 7))
    review = rapid_review_at(Status.DRAFTING, now=now - timedelta(days=2))
    later = rapid_review_at(Status.DRAFTING, now=now)
    for one in (shared, walled, review, later):
        choose(one, "Information sharing", "Voice of the child", by=cast.member)
    choose(other, "Domestic abuse", by=cast.member)
    workflow.answer_criteria(review=shared, answers=findings(), by=cast.member, now=now)
    wall_off(walled.referral, cast.second_member)
    return review, shared, walled, other, later


def test_earlier_cases_with_the_same_themes(cast, sign_in):
    review, shared, walled, other, later = three_cases(cast)
    text = sign_in(cast.second_member).get(url(review)).content.decode()
    assert shared.referral.reference in text
    assert "Criterion (b): met" in text
    for hidden in (walled, other, later):
        assert hidden.referral.reference not in text
    found = earlier_cases(contents_of(review), cast.second_member)
    assert ([case.reference for case in found.cases], found.more) == ([shared.referral.reference], 0)
    assert found.cases[0].themes == ["Information sharing", "Voice of the child"]
    seen = earlier_cases(contents_of(review), cast.member).cases
    assert [case.reference for case in seen] == [walled.referral.reference, shared.referral.reference]


@pytest.mark.parametrize("size", [1, 3])
def test_earlier_cases_cost_the_same(cast, django_assert_num_queries, size):
    now = timezone.now()
    for days in range(size):
        earlier = rapid_review_at(Status.OPENED, now=now - timedelta(days=5 + days))
        choose(earlier, "Information sharing", by=cast.member)
    review = rapid_review_at(Status.OPENED, now=now)
    choose(review, "Information sharing", by=cast.member)
    contents = contents_of(review)
    cast.member.roles_on(timezone.localdate())
    with django_assert_num_queries(4):
        assert len(earlier_cases(contents, cast.member).cases) == size


def test_a_national_review_needs_its_own_findings(cast):
    review = rapid_review_at(Status.DRAFTING)
    draft(review)
    assert not contents_of(review).unanswered
    draft(review, outcome=Outcome.NATIONAL)
    assert contents_of(review).unanswered == list(NATIONAL_CRITERIA)
    with pytest.raises(WorkflowError, match="National: a change of law or guidance is needed"):
        workflow.record_recommendation(review=review, by=cast.chair, now=timezone.now())
    draft(review)
    yes = {Criterion.NATIONAL_IMPORTANCE: (Finding.MET, "Two areas and a gap in the guidance.")}
    workflow.answer_criteria(review=review, answers=yes, by=cast.member, now=timezone.now())
    first = readiness.before_recommending(contents_of(review))[0]
    assert first.text.startswith("“National: improvements")
    answers = dict.fromkeys(NATIONAL_CRITERIA, (Finding.NOT_CLEAR, "To be weighed nationally."))
    workflow.answer_criteria(review=review, answers=answers, by=cast.member, now=timezone.now())
    contents = contents_of(review)
    assert not contents.unanswered
    assert [answer.criterion for answer in contents.findings][-4:] == ["national", *NATIONAL_CRITERIA]
    workflow.record_recommendation(review=review, by=cast.chair, now=timezone.now())


def test_national_findings_on_the_page(cast, sign_in):
    review = rapid_review_at(Status.DRAFTING)
    client = sign_in(cast.member)
    page = client.post(url(review), {"national-finding": "met"})
    assert "Give the reason: Issues that are complex" in page.content.decode()
    client.post(url(review), {"national-finding": "not_met", "national-reason": "Local learning."})
    assert review.criterion_answers.get().finding_label == "No"
