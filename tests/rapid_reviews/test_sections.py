"""Sections: saved as one goes, never lost between two people, never blank when complete."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from audit.models import Event
from core.errors import WorkflowError
from rapid_reviews import workflow
from rapid_reviews.choices import SectionKey
from rapid_reviews.contents import contents_of
from rapid_reviews.models import Section
from rapid_reviews.states import Status
from tests.rapid_reviews.factories import rapid_review_at, write_sections

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))


def save(review, by, *, key=SectionKey.FACTS, text="First words", version=0, now=NOW, **more):
    return workflow.save_section(review=review, key=key, text=text, version=version, by=by, now=now, **more)


def test_a_save_keeps_who_and_when_and_counts_versions(cast):
    review = rapid_review_at(Status.OPENED, now=NOW)
    save(review, cast.member)
    section = save(review, cast.chair, text="Second words", version=1, now=NOW + timedelta(hours=1))
    assert (section.version, section.text) == (2, "Second words")
    assert (section.updated_by, section.updated_at) == (cast.chair, NOW + timedelta(hours=1))


def test_two_tabs_do_not_lose_text(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    save(review, cast.member, text="Hers")
    with pytest.raises(workflow.SectionConflictError) as conflict:
        save(review, cast.second_member, text="His", version=0)
    assert conflict.value.saved.text == "Hers"
    assert "Mel Sample saved this section" in str(conflict.value)
    assert review.sections.get().text == "Hers"


def test_the_same_words_twice_are_quiet(cast):
    """A double click, or the back button and Save again."""
    review = rapid_review_at(Status.GATHERING, now=NOW)
    save(review, cast.member)
    assert save(review, cast.member, version=0).version == 1


def test_every_version_stays_in_the_row_history(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    save(review, cast.member, text="One")
    save(review, cast.member, text="Two", version=1)
    texts = Section.pgh_event_model.objects.filter(review=review).order_by("pgh_id").values_list("text", flat=True)
    assert list(texts) == ["One", "Two"]


def test_the_audit_trail_says_once_who_was_writing(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    for number in range(4):
        save(review, cast.member, text=f"Draft {number}", version=number, now=NOW + timedelta(minutes=number))
    save(review, cast.chair, text="The chair's", version=4, now=NOW + timedelta(minutes=5))
    save(review, cast.chair, text="The chair's", version=5, now=NOW + timedelta(minutes=6), is_complete=True)
    events = Event.objects.about(review.referral.reference).filter(verb="rapid_review.section_saved")
    assert [e.sentence for e in events] == [
        "Cora Example worked on “Facts and context” (complete).",
        "Cora Example worked on “Facts and context” (in progress).",
        "Mel Sample worked on “Facts and context” (in progress).",
    ]
    assert not any("Draft" in e.sentence for e in events)


@pytest.mark.parametrize("text", ["", "   \n"])
def test_complete_is_never_blank(cast, text):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    with pytest.raises(WorkflowError, match="cannot be complete"):
        save(review, cast.member, text=text, is_complete=True)


@pytest.mark.parametrize(
    "key", [SectionKey.ETHNICITY, SectionKey.CULTURE, SectionKey.DISABILITY, SectionKey.CHARACTERISTICS]
)
def test_not_known_needs_a_reason(cast, key):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    with pytest.raises(WorkflowError, match="why it is not known"):
        save(review, cast.member, key=key, text="", is_unknown=True, is_complete=True)
    section = save(
        review, cast.member, key=key, text="", is_unknown=True, unknown_reason="Never asked.", is_complete=True
    )
    assert section.is_complete


def test_facts_cannot_be_not_known(cast):
    with pytest.raises(WorkflowError, match="cannot be answered"):
        save(rapid_review_at(Status.GATHERING, now=NOW), cast.member, is_unknown=True, unknown_reason="No idea")


def test_safeguarding_is_written_for_every_child(cast):
    review = rapid_review_at(Status.OPENED, now=NOW, children=[{}, {"name": "Sparrow Invented"}])
    titles = [part.title for part in contents_of(review).parts if part.child]
    assert titles == [
        "Immediate safeguarding of Child A",
        "Immediate safeguarding of Child B",
        "Voice and lived experience of Child A",
        "Voice and lived experience of Child B",
    ]
    for key in (SectionKey.SAFEGUARDING, SectionKey.VOICE):
        with pytest.raises(WorkflowError, match="for each child"):
            save(review, cast.member, key=key)


def test_another_cases_child_is_refused(cast):
    review, other = rapid_review_at(Status.OPENED, now=NOW), rapid_review_at(Status.OPENED, now=NOW)
    with pytest.raises(WorkflowError, match="not in this case"):
        save(review, cast.member, key=SectionKey.SAFEGUARDING, child=other.referral.children.get())


def url(review, slug="facts"):
    return reverse("rapid_reviews:section-edit", args=[review.referral.reference, slug])


def typed(text="My words", version=0, complete="no"):
    return {"text": text, "version": version, "is_complete": complete}


def test_page_saves_and_returns_to_the_workspace(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    response = sign_in(cast.member).post(url(review), typed("Line one\r\nLine two"))
    assert response.status_code == 302
    assert review.sections.get().text == "Line one\nLine two"


def test_bad_input_keeps_what_was_typed(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    page = sign_in(cast.member).post(url(review, "ethnicity"), {"is_unknown": "on", "version": 0, "is_complete": "yes",
                                                                "text": "Half a thought"})  # fmt: skip
    text = page.content.decode()
    assert "Say why it is not known" in text
    assert "Half a thought" in text
    assert "<title>Error: " in " ".join(text.split())


def test_text_typed_into_a_closed_review_is_shown_to_be_copied(cast, sign_in):
    review = rapid_review_at(Status.SENT)
    page = sign_in(cast.member).post(url(review), typed("Too late, but not lost"))
    assert "Too late, but not lost" in page.content.decode()
    assert not review.sections.filter(text__contains="Too late").exists()


def test_autosave_answers_with_the_next_version(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    client = sign_in(cast.member)
    headers = {"X-Requested-With": "autosave"}
    answer = client.post(url(review), typed("Draft"), headers=headers)
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert client.post(url(review), typed("Draft on", version=1), headers=headers).json()["version"] == 2
    stale = client.post(url(review), typed("From an old tab", version=1), headers=headers)
    assert stale.status_code == 409
    assert review.sections.get().text == "Draft on"


def test_a_reader_reads_and_does_not_write(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    write_sections(review)
    client = sign_in(cast.scrutineer)
    page = client.get(url(review))
    assert "<textarea" not in page.content.decode()
    assert "Written by the Panel" in page.content.decode()
    assert client.post(url(review), typed()).status_code == 403


def test_unknown_section_is_404(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    assert sign_in(cast.member).get(url(review, "safeguarding-child-z")).status_code == 404
