"""Every saved version, the merge page, what changed since one last looked, and the states of a section."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from core.errors import WorkflowError
from rapid_reviews import readiness, workflow
from rapid_reviews.choices import SectionKey
from rapid_reviews.contents import contents_of
from rapid_reviews.models import RapidReview
from rapid_reviews.news import news_of
from rapid_reviews.states import Status
from rapid_reviews.versions import sittings, versions_of
from tests.rapid_reviews.factories import key_episode, rapid_review_at, shared_learning
from tests.referrals.factories import SECRET

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))
FACTS = (SectionKey.FACTS.value, None)


def save(review, by, text, version, *, now=NOW, **more):
    more.setdefault("key", SectionKey.FACTS)
    return workflow.save_section(review=review, text=text, version=version, by=by, now=now, **more)


def url(review, name="section-edit", slug="facts"):
    return reverse(f"rapid_reviews:{name}", args=[review.referral.reference, slug])


def typed(text, version, complete="no"):
    return {"text": text, "version": version, "is_complete": complete}


def test_a_version_is_brought_back_as_a_new_one(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    save(review, cast.member, "First", 0)
    save(review, cast.chair, "Second", 1, is_complete=True, now=NOW + timedelta(hours=1))
    later = NOW + timedelta(hours=2)
    facts = {"review": review, "key": SectionKey.FACTS, "by": cast.member, "now": later}
    section = workflow.restore_section(number=1, version=2, **facts)
    assert (section.text, section.version, section.is_complete) == ("First", 3, False)
    versions = versions_of(review.sections.get())
    assert [(v.number, v.text, v.by) for v in versions] == [
        (3, "First", "Mel Sample"),
        (2, "Second", "Cora Example"),
        (1, "First", "Mel Sample"),
    ]
    with pytest.raises(workflow.SectionConflictError):  # an old page: somebody saved meanwhile
        workflow.restore_section(number=2, version=2, **facts)
    with pytest.raises(WorkflowError, match="no such version"):
        workflow.restore_section(number=9, version=3, **facts)


def test_a_sitting_is_listed_once(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    for number, minutes in enumerate([0, 2, 4, 30]):
        save(review, cast.member, f"Draft {number}", number, now=NOW + timedelta(minutes=minutes))
    save(review, cast.chair, "The chair's", 4, now=NOW + timedelta(minutes=31))
    assert [version.number for version in sittings(versions_of(review.sections.get()))] == [5, 4, 3]


def test_the_page_shows_the_difference_and_brings_back(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    save(review, cast.member, "The child was seen.", 0)
    save(review, cast.chair, "The child was not seen.", 1, now=NOW + timedelta(hours=1))
    client = sign_in(cast.member)
    page = client.get(url(review, "section-versions") + "?from=1&to=2").content.decode()
    assert "<ins>" in page
    assert "Bring the text of version 1 back" in page
    assert client.get(url(review, "section-versions") + "?from=x&to=77").status_code == 200
    reader = sign_in(cast.scrutineer).get(url(review, "section-versions") + "?from=1&to=2").content.decode()
    assert "Bring the text" not in reader
    back = client.post(url(review, "section-restore"), {"number": 1, "version": 2})
    assert back.status_code == 302
    stale = client.post(url(review, "section-restore"), {"number": 2, "version": 2}, follow=True)
    assert "Nothing was brought back" in stale.content.decode()
    assert review.sections.get().text == "The child was seen."
    assert client.post(url(review, "section-restore"), {"number": "x"}).status_code == 404


def test_names_stay_away_from_who_may_not_see_them(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    save(review, cast.member, "Rowan Invented was seen.", 0)
    save(review, cast.member, "Rowan Invented was not seen.", 1)
    key_episode(review, title="Rowan Invented missed")
    partner = sign_in(cast.partner_la)
    for path in (url(review), url(review, "section-versions") + "?from=1&to=2", url(review, slug="episodes")):
        text = partner.get(path).content.decode()
        assert "Child A" in text
        assert "Rowan" not in text
    assert "Rowan Invented" in sign_in(cast.member).get(url(review)).content.decode()


def test_the_merge_page_holds_both_and_saves_knowingly(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    save(review, cast.member, "One.\nTwo.", 0)
    first, second, third = (sign_in(person) for person in (cast.member, cast.second_member, cast.chair))
    first.post(url(review), typed("One, hers.\nTwo.", 1))
    page = second.post(url(review), typed("One.\nTwo, his.", 1))
    assert page.status_code == 200
    assert "Mel Sample saved this while you were writing" in page.content.decode()
    assert page.context["form"]["version"].value() == "2"
    assert page.context["form"]["text"].value() == "One, hers.\nTwo, his."
    assert review.sections.get().text == "One, hers.\nTwo."  # nothing is saved unseen
    third.post(url(review), typed("Nought.\nOne, hers.\nTwo.", 2))  # a third person saves meanwhile
    again = second.post(url(review), typed("One, hers.\nTwo, his.", 2))
    assert again.context["form"]["text"].value() == "Nought.\nOne, hers.\nTwo, his."
    assert second.post(url(review), typed("Nought.\nOne, hers.\nTwo, his.", 3)).status_code == 302
    assert review.sections.get().text == "Nought.\nOne, hers.\nTwo, his."


def test_marks_are_not_saved(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    client = sign_in(cast.second_member)
    save(review, cast.member, "Hers.", 0)
    page = client.post(url(review), typed("His.", 0))
    text = page.context["form"]["text"].value()
    assert "Hers." in text
    assert "His." in text
    refused = client.post(url(review), typed(text, 1))
    assert "take the marks out" in refused.content.decode()
    assert "His." in refused.content.decode()
    assert review.sections.get().text == "Hers."


def test_what_was_typed_survives_the_end_of_a_session(cast, sign_in):
    """Text that comes back is not saved by itself, and where somebody saved meanwhile both are put together."""
    review = rapid_review_at(Status.GATHERING)
    client = sign_in(cast.member)
    client.get(url(review))
    Session.objects.all().delete()
    assert client.post(url(review), typed("Half a thought", 0)).status_code == 302  # to the sign-in page
    save(review, cast.chair, "The chair's", 0, now=timezone.now())
    client.force_login(cast.member)
    page = client.get(url(review))
    assert "Half a thought" in page.content.decode()
    assert review.sections.get().text == "The chair's"
    merged = client.post(url(review), typed("Half a thought", page.context["form"]["version"].value()))
    assert "Half a thought" in merged.context["form"]["text"].value()
    assert "The chair's" in merged.context["form"]["text"].value()


def news(review, person):
    return news_of(contents_of(RapidReview.objects.get(pk=review.pk)), person, with_comments=True)


def test_changed_since_you_last_looked(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    now = timezone.now()
    save(review, cast.chair, "It was cold.", 0, now=now)
    assert news(review, cast.member)[FACTS].word == "New to you"
    assert news(review, cast.chair)[FACTS].word == ""  # their own words
    client = sign_in(cast.member)
    client.get(url(review))
    assert news(review, cast.member)[FACTS].word == ""
    save(review, cast.chair, "It was very cold.", 1, now=now + timedelta(hours=1))
    assert news(review, cast.member)[FACTS].word == "Changed since you last looked"
    workspace = reverse("rapid_reviews:review-workspace", args=[review.referral.reference])
    assert "Changed since you last looked" in client.get(workspace).content.decode()
    text = client.get(url(review)).content.decode()
    assert "[added: </span>very " in text
    assert "Changed since you last looked" not in client.get(url(review)).content.decode()


def test_lines_and_comments_of_others_are_news_too(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    place = (SectionKey.IMMEDIATE_LEARNING.value, None)
    sign_in(cast.member).get(url(review, slug="immediate-learning"))
    assert news(review, cast.member)[place].word == ""
    later = timezone.now() + timedelta(minutes=1)
    shared_learning(review, by=cast.chair, now=later)
    workflow.add_comment(review=review, key=SectionKey.IMMEDIATE_LEARNING, text="All of it?", by=cast.chair, now=later)
    mine, chairs = news(review, cast.member)[place], news(review, cast.chair)[place]
    assert (mine.word, mine.new_comments, mine.open_comments) == ("Changed since you last looked", 1, 1)
    assert (chairs.word, chairs.new_comments, chairs.open_comments) == ("", 0, 1)


def test_ready_for_review_is_not_complete(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    client = sign_in(cast.member)
    assert client.post(url(review), typed("All of it", 0, "ready")).status_code == 302
    workspace = reverse("rapid_reviews:review-workspace", args=[review.referral.reference])
    assert "Ready for review" in client.get(workspace).content.decode()
    review = RapidReview.objects.get(pk=review.pk)
    assert "“Facts and context” is not complete" in [b.text for b in readiness.before_sending(contents_of(review))]
    assert client.post(url(review), typed("All of it", 1, "yes")).status_code == 302
    section = review.sections.get()
    assert (section.is_ready, section.is_complete) == (False, True)


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(("slug", "queries"), [("facts", 30), ("episodes", 32), ("immediate-learning", 31)])
def test_a_section_costs_the_same_however_much_it_holds(cast, sign_in, django_assert_num_queries, size, slug, queries):
    review = rapid_review_at(Status.GATHERING)
    key = SectionKey(slug)
    for number in range(size):
        save(review, cast.chair, f"Version {number} {SECRET}", number, key=key, now=NOW + timedelta(hours=number))
        key_episode(review, title=f"Episode {number}", day=number + 1)
        shared_learning(review)
        comment = workflow.add_comment(review=review, key=key, text=f"No. {number}", by=cast.chair, now=NOW)
        workflow.add_comment(review=review, key=key, text="Yes", parent=comment, by=cast.member, now=NOW)
    client = sign_in(cast.member)
    client.get(url(review, slug=slug))
    with django_assert_num_queries(queries):
        client.get(url(review, slug=slug))
