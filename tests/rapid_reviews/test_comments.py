"""Members' comments on a section: who may, what is kept, and who is told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import NotPermitted, WorkflowError
from notifications.models import Message
from rapid_reviews import workflow
from rapid_reviews.choices import SectionKey
from rapid_reviews.models import Comment
from rapid_reviews.needs import needs
from rapid_reviews.permissions import can_verb
from rapid_reviews.states import Status
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import SECRET, invite, wall_off

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))


def say(review, by, text="Is this so?", *, now=NOW, key=SectionKey.FACTS, **more):
    return workflow.add_comment(review=review, key=key, text=text, by=by, now=now, **more)


def url(name, review, **more):
    return reverse(f"rapid_reviews:{name}", kwargs={"reference": review.referral.reference} | more)


def test_replies_go_one_level_deep_and_stay_on_their_section(cast):
    review, other = rapid_review_at(Status.GATHERING, now=NOW), rapid_review_at(Status.GATHERING, now=NOW)
    first = say(review, cast.member)
    reply = say(review, cast.chair, "It is.", parent=first)
    assert reply.parent == first
    with pytest.raises(WorkflowError, match="one level"):
        say(review, cast.member, "Really?", parent=reply)
    with pytest.raises(WorkflowError, match="another section"):
        say(review, cast.member, "Here?", parent=first, key=SectionKey.NATIONAL)
    with pytest.raises(WorkflowError, match="another section"):
        say(other, cast.member, "There?", parent=first)
    child = other.referral.children.get()
    with pytest.raises(WorkflowError, match="no such section"):
        say(review, cast.member, key=SectionKey.VOICE, child=child)


def test_resolved_is_closed_until_it_is_reopened(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    comment = say(review, cast.member)
    reply = say(review, cast.chair, "It is.", parent=comment)
    for _ in range(2):  # a double click
        comment = workflow.resolve_comment(comment=comment, by=cast.chair, now=NOW)
    assert comment.resolved_by == cast.chair
    with pytest.raises(WorkflowError, match="Reopen it"):
        say(review, cast.member, "But", parent=comment)
    with pytest.raises(WorkflowError, match="Reopen it"):
        workflow.edit_comment(comment=reply, text="Changed", by=cast.chair, now=NOW)
    with pytest.raises(WorkflowError, match="with the comment"):
        workflow.resolve_comment(comment=reply, by=cast.chair, now=NOW)
    comment = workflow.reopen_comment(comment=comment, by=cast.member, now=NOW)
    assert not comment.is_resolved
    assert say(review, cast.member, "But", parent=comment).text == "But"


def test_only_the_author_edits_and_what_was_said_is_kept(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    comment = say(review, cast.member, "First words")
    with pytest.raises(NotPermitted):
        workflow.edit_comment(comment=comment, text="Not mine", by=cast.chair, now=NOW)
    later = NOW + timedelta(minutes=3)
    comment = workflow.edit_comment(comment=comment, text="Second words", by=cast.member, now=later)
    assert (comment.text, comment.edited_at) == ("Second words", later)
    said = Comment.pgh_event_model.objects.filter(pgh_obj_id=comment.pk).order_by("pgh_id")
    assert list(said.values_list("text", flat=True)) == ["First words", "Second words"]


def test_two_clicks_say_it_once_and_nothing_is_mailed(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    before = Message.objects.count()
    assert say(review, cast.member) == say(review, cast.member)
    assert review.comments.count() == 1
    assert Message.objects.count() == before


def test_an_invited_representative_may_comment_in_their_case_alone(cast):
    review, other = rapid_review_at(Status.GATHERING), rapid_review_at(Status.GATHERING)
    now = timezone.now()
    invite(review.referral, cast.invited)
    assert say(review, cast.invited, now=now).author == cast.invited
    assert can_verb(cast.invited, review, "comment", on=timezone.localdate(now))
    with pytest.raises(NotPermitted):
        say(other, cast.invited, now=now)
    with pytest.raises(NotPermitted):
        workflow.save_section(review=review, key=SectionKey.FACTS, text="No", version=0, by=cast.invited, now=now)


def test_partners_and_walled_members_read_no_comments(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    comment = say(review, cast.member, f"What did {SECRET} say?", now=timezone.now())
    wall_off(review.referral, cast.walled)
    page = url("section-edit", review, slug="facts")
    assert SECRET in sign_in(cast.second_member).get(page).content.decode()
    for person in (cast.partner_la, cast.scrutineer):
        assert SECRET not in sign_in(person).get(page).content.decode()
        assert sign_in(person).get(url("comment-reply", review, uuid=comment.uuid)).status_code == 403
    walled = sign_in(cast.walled)
    assert walled.get(url("comment-reply", review, uuid=comment.uuid)).status_code == 404
    with pytest.raises(NotPermitted):
        say(review, cast.walled, now=timezone.now())


def test_by_page_add_reply_change_resolve(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    client, chair = sign_in(cast.member), sign_in(cast.chair)
    empty = client.post(url("comment-add", review, slug="facts"), {"text": " "})
    assert "Write the comment" in empty.content.decode()
    assert client.post(url("comment-add", review, slug="facts"), {"text": "Is this so?"}).status_code == 302
    comment = review.comments.get()
    assert chair.post(url("comment-reply", review, uuid=comment.uuid), {"text": "It is."}).status_code == 302
    assert chair.post(url("comment-edit", review, uuid=comment.uuid), {"text": "Mine now"}).status_code == 403
    assert client.post(url("comment-edit", review, uuid=comment.uuid), {"text": "Is that so?"}).status_code == 302
    text = chair.get(url("section-edit", review, slug="facts")).content.decode()
    assert "Is that so?" in text
    assert "(changed " in text
    assert chair.post(url("comment-settle", review, uuid=comment.uuid), {"verb": "resolve"}).status_code == 302
    assert "Resolved by Cora Example" in client.get(url("section-edit", review, slug="facts")).content.decode()
    assert client.post(url("comment-settle", review, uuid=comment.uuid), {"verb": "delete"}).status_code == 404


def test_comments_of_another_case_are_not_found(cast, sign_in):
    review, other = rapid_review_at(Status.GATHERING), rapid_review_at(Status.GATHERING)
    comment = say(other, cast.member, now=timezone.now())
    client = sign_in(cast.member)
    for name in ("comment-edit", "comment-reply"):
        assert client.get(url(name, review, uuid=comment.uuid)).status_code == 404


def test_the_owner_finds_comments_at_home_until_they_are_resolved(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    owners = {(SectionKey.FACTS.value, None): cast.member}
    workflow.assign_sections(review=review, owners=owners, by=cast.chair, now=NOW)
    comment = say(review, cast.chair)
    say(review, cast.member, "My own note")
    what = [need.what for need in needs(cast.member, NOW.date())]
    assert what == ["Write “Facts and context”", "Answer 1 comment on “Facts and context”"]
    workflow.resolve_comment(comment=comment, by=cast.member, now=NOW)
    assert [need.what for need in needs(cast.member, NOW.date())] == ["Write “Facts and context”"]
