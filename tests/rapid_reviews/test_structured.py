"""Key practice episodes from the chronology, how learning is shared, and parallel proceedings."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from chronology import workflow as chronology
from core.errors import WorkflowError
from rapid_reviews import readiness, workflow
from rapid_reviews.choices import ProceedingKind, SectionKey
from rapid_reviews.contents import contents_of
from rapid_reviews.models import EpisodeAnalysis, RapidReview
from rapid_reviews.states import Status
from rapid_reviews.workflow.structured import QUESTIONS
from tests.rapid_reviews.factories import key_episode, rapid_review_at, shared_learning

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))
WHOLE = {name: f"The {name} part." for name in QUESTIONS}


def url(name, review, **more):
    return reverse(f"rapid_reviews:{name}", kwargs={"reference": review.referral.reference} | more)


def analyse(review, row, by, version=0, now=NOW, **answers):
    return workflow.analyse_episode(review=review, row=row, answers=answers, version=version, by=by, now=now)


def blockers(review):
    return [b.text for b in readiness.before_sending(contents_of(RapidReview.objects.get(pk=review.pk)))]


def test_marked_rows_are_analysed_one_by_one_and_keep_a_review_from_being_sent(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    row, other = key_episode(review, "A missed visit", day=2), key_episode(review, "A closed report", day=1)
    assert [episode.title for episode in contents_of(review).episodes] == ["A closed report", "A missed visit"]
    analyse(review, row, cast.member, happened="Nobody came.")
    assert "the key practice episode “A missed visit” is half analysed" in blockers(review)
    assert "the key practice episode “A closed report” is not analysed" in blockers(review)
    for one, version in ((row, 1), (other, 0)):
        analyse(review, one, cast.member, version, **WHOLE)
    assert not [text for text in blockers(review) if "episode “" in text]


def test_nothing_is_lost_when_the_row_is_unmarked(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    row = key_episode(review)
    analyse(review, row, cast.member, **WHOLE)
    chronology.unmark_key_episode(row=row, by=cast.chair, now=timezone.now())
    (episode,) = contents_of(review).episodes
    assert (episode.is_marked, episode.analysis.why) == (False, "The why part.")
    page = sign_in(cast.member).get(url("episode-edit", review, key=row.key)).content.decode()
    assert "What was written about it is kept" in page
    assert "The why part." in page
    assert "No longer marked" in sign_in(cast.member).get(url("section-edit", review, slug="episodes")).content.decode()
    assert analyse(review, row, cast.member, 1, happened="More").happened == "More"


def test_a_row_that_is_not_marked_or_of_another_case_is_refused(cast):
    review, other = rapid_review_at(Status.GATHERING, now=NOW), rapid_review_at(Status.GATHERING, now=NOW)
    row = key_episode(review)
    with pytest.raises(WorkflowError, match="another case"):
        analyse(other, row, cast.member, happened="Here")
    chronology.unmark_key_episode(row=row, by=cast.chair, now=NOW)
    with pytest.raises(WorkflowError, match="Mark it in the chronology"):
        analyse(review, row, cast.member, happened="Here")
    assert not EpisodeAnalysis.objects.exists()


def test_two_people_in_one_episode_lose_nothing(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    row = key_episode(review)
    page = url("episode-edit", review, key=row.key)
    first, second = sign_in(cast.member), sign_in(cast.second_member)
    assert first.post(page, {"happened": "Nobody came.", "version": 0}).status_code == 302
    merge = second.post(page, {"happened": "The door was shut.", "teaches": "Ring twice.", "version": 0})
    form = merge.context["form"]
    assert "Nobody came." in form["happened"].value()
    assert "The door was shut." in form["happened"].value()
    assert "take the marks out" in second.post(page, form.data).content.decode()
    both = {"happened": "Nobody came.\nThe door was shut.", "teaches": "Ring twice.", "version": 1}
    assert second.post(page, both).status_code == 302
    analysis = review.episode_analyses.get()
    assert (analysis.happened, analysis.teaches) == ("Nobody came.\nThe door was shut.", "Ring twice.")


def test_readers_read_an_analysis(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    row = key_episode(review)
    analyse(review, row, cast.member, happened="Rowan Invented waited.")
    page = url("episode-edit", review, key=row.key)
    text = sign_in(cast.partner_la).get(page).content.decode()
    assert "Child A waited." in text
    assert "Rowan" not in text
    assert "<textarea" not in text
    assert sign_in(cast.scrutineer).post(page, {"happened": "No", "version": 0}).status_code == 403
    assert sign_in(cast.member).get(url("episode-edit", review, key=uuid4())).status_code == 404


def due(day):
    return {"due_on_0": day.day, "due_on_1": day.month, "due_on_2": day.year}


def test_learning_is_added_changed_and_taken_out(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    client, today = sign_in(cast.member), timezone.localdate()
    add = url("line-add", review, slug="immediate-learning")
    uuid = str(client.get(add).context["form"]["uuid"].value())
    typed = {"message": "Ask twice.", "audience": "GPs", "channel": "Briefing", "by_whom": "Named GP", "uuid": uuid}
    missing = client.post(add, typed | {"version": 0})
    assert "Enter the date by which it is shared" in missing.content.decode()
    typed |= due(today + timedelta(days=3))
    for _ in range(2):  # a double click
        assert client.post(add, typed | {"version": 0}).status_code == 302
    line = review.sharedlearnings.get()
    edit = url("line-edit", review, slug="immediate-learning", uuid=line.uuid)
    assert client.post(edit, typed | {"audience": "All GPs", "version": 1}).status_code == 302
    stale = client.post(edit, typed | {"message": "Ask three times.", "version": 1})  # an old tab
    assert "Ask three times." in stale.content.decode()
    assert "All GPs" in stale.content.decode()
    assert review.sharedlearnings.get().message == "Ask twice."
    assert [one.audience for one in contents_of(review).learning] == ["All GPs"]
    assert client.post(url("line-remove", review, slug="immediate-learning", uuid=line.uuid)).status_code == 302
    assert contents_of(review).learning == []
    assert review.sharedlearnings.get().removed_by == cast.member
    assert client.get(edit).status_code == 404
    assert client.get(url("line-add", review, slug="facts")).status_code == 404


def test_what_is_shared_is_shared_in_the_past(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    with pytest.raises(WorkflowError, match="has not come yet"):
        shared_learning(review, now=NOW, shared_on=NOW.date() + timedelta(days=1))
    assert shared_learning(review, now=NOW, shared_on=NOW.date()).shared_on == NOW.date()


def test_proceedings_by_page(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    client = sign_in(cast.member)
    add = url("line-add", review, slug="parallel-proceedings")
    typed = {"kind": "inquest", "contact": "Coroner’s officer", "state": "Opened", "uuid": str(uuid4()), "version": 0}
    assert client.post(add, typed | {"effect": "No publication before the verdict."}).status_code == 302
    (line,) = contents_of(review).proceedings
    assert (line.kind, line.next_on) == (ProceedingKind.INQUEST, None)
    page = client.get(url("section-edit", review, slug="parallel-proceedings")).content.decode()
    assert "No publication before the verdict." in page
    reader = sign_in(cast.scrutineer).get(url("section-edit", review, slug="parallel-proceedings")).content.decode()
    assert "No publication before the verdict." in reader
    assert "Add others" not in reader


def test_a_line_of_another_review_is_not_taken_over(cast):
    review, other = rapid_review_at(Status.GATHERING, now=NOW), rapid_review_at(Status.GATHERING, now=NOW)
    line = shared_learning(review, now=NOW)
    with pytest.raises(WorkflowError, match="taken out meanwhile"):
        shared_learning(other, now=NOW, uuid=line.uuid, message="Mine", version=1)
    assert contents_of(review).learning[0].message == line.message


def test_the_contents_have_all_of_it_in_the_same_queries(cast, django_assert_num_queries):
    """What the report reads: one of each, then three."""
    review = rapid_review_at(Status.GATHERING, now=NOW)
    for size in (1, 2):
        for number in range(size):
            analyse(review, key_episode(review, day=size * 10 + number), cast.member, **WHOLE)
            shared_learning(review, now=NOW)
            workflow.save_proceeding(
                review=review, uuid=uuid4(), kind=ProceedingKind.CARE, contact="A", state="B", version=0,
                by=cast.member, now=NOW,
            )  # fmt: skip
        review = RapidReview.objects.select_related("referral", "clock").get(pk=review.pk)
        with django_assert_num_queries(11):
            contents = contents_of(review)
            texts = [episode.analysis.why for episode in contents.episodes]
            rows = [*contents.learning, *contents.proceedings, *(str(e.row) for e in contents.episodes)]
    assert len(texts) == 3
    assert len(rows) == 9
    assert contents.part(SectionKey.EPISODES.value) is not None
