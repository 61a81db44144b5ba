"""Sign-off: each reason that stands in the way has its sentence, and a review can be opened again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import NotPermitted, WorkflowError
from panel.roles import StatutoryRole
from practice_reviews.models import SignOff
from practice_reviews.signing import blocking_reasons
from practice_reviews.states import AnswerStatus, CheckStatus, DraftStatus, Status
from practice_reviews.workflow import answering, drafts, signing
from rapid_reviews.choices import PARTNERS
from tests.cast import sign_in
from tests.practice_reviews.factories_beside import (
    add_draft,
    appoint,
    check_at,
    circulate,
    comment,
    declare,
    draft_at,
    lcspr,
    learning_review,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()


def agree(review, partner, by, **over):
    facts = {"agreed_by": "Lou Partner, director", "agreed_on": TODAY} | over
    return signing.agree(review=review, partner=partner, by=by, now=NOW, **facts)


def test_each_reason_has_its_sentence(cast):
    review = learning_review()
    assert blocking_reasons(review) == ["There is no draft of the report."]
    draft = add_draft(review)
    assert blocking_reasons(review) == ["No draft has been to the agencies for a check of the facts."]
    check = circulate(draft)[0]
    comment(check)
    assert blocking_reasons(review) == ["Draft 1 is still with the agencies."]
    drafts.close_round(draft=draft, by=cast.chair, now=NOW)
    assert blocking_reasons(review) == ["1 comment of an agency has no answer."]
    with pytest.raises(WorkflowError, match="has no answer"):
        signing.sign_off(review=review, statement="Read.", by=cast.chair, now=NOW)
    one = check.comments.get()
    answering.answer_comment(comment=one, answer=AnswerStatus.ACCEPTED, by=cast.chair, now=NOW)
    assert "1 comment on it was accepted" in blocking_reasons(review)[0]
    add_draft(review)
    assert blocking_reasons(review) == []
    reviewer = appoint(review)
    assert blocking_reasons(review) == ["The reviewer’s declaration of independence is not accepted."]
    declare(reviewer, accept=False)
    assert blocking_reasons(review) == ["The reviewer’s declaration of independence is not accepted."]
    declare(reviewer)
    assert blocking_reasons(review) == []


def test_the_chair_signs_and_the_review_can_be_opened_again(cast):
    review = learning_review()
    draft_at(DraftStatus.CLOSED, review=review)
    for person in (cast.business_manager, cast.member, cast.partner_la):
        with pytest.raises(NotPermitted):
            signing.sign_off(review=review, statement="Read.", by=person, now=NOW)
    browser = sign_in(cast.chair)
    page = reverse("practice_reviews:sign", args=[review.reference])
    assert "Enter your statement" in browser.post(page, {"statement": " "}).content.decode()
    browser.post(page, {"statement": "I have read it."})
    review.refresh_from_db()
    assert (review.status, review.signed_off_on) == (Status.SIGNED_OFF, TODAY)
    with pytest.raises(WorkflowError, match="Open it again first"):
        add_draft(review)
    signing.reopen(review=review, reason="A new fact.", by=cast.business_manager, now=NOW)
    review.refresh_from_db()
    assert (review.status, review.signed_off_on) == (Status.DRAFTED, None)
    assert SignOff.objects.get().reopened_reason == "A new fact."
    signing.sign_off(review=review, statement="Read again.", by=cast.deputy_chair, now=NOW)
    assert SignOff.objects.count() == 2
    shown = browser.get(reverse("practice_reviews:sign-off", args=[review.reference])).content.decode()
    assert "A new fact." in shown
    assert "Read again." in shown


def test_an_lcspr_needs_the_three_partners_on_the_last_draft(cast):
    review = lcspr()
    check_at(CheckStatus.NO_COMMENTS, review=review)
    drafts.close_round(draft=review.drafts.get(), by=cast.chair, now=NOW)
    assert len(blocking_reasons(review)) == 3
    with pytest.raises(NotPermitted, match="only for their own agency"):
        agree(review, StatutoryRole.POLICE, cast.partner_la)
    with pytest.raises(WorkflowError, match="added after that day"):
        agree(review, StatutoryRole.POLICE, cast.chair, agreed_on=TODAY - timedelta(days=1))
    page = reverse("practice_reviews:partner-agree", args=[review.reference, "la"])
    browser = sign_in(cast.partner_la)
    assert 'value="Lou Partner"' in browser.get(page).content.decode()
    day = {"agreed_on_0": TODAY.day, "agreed_on_1": TODAY.month, "agreed_on_2": TODAY.year}
    assert browser.post(page, day | {"agreed_by": "Lou Partner"}).status_code == 302
    assert agree(review, StatutoryRole.ICB, cast.business_manager) == agree(review, StatutoryRole.ICB, cast.chair)
    assert blocking_reasons(review) == ["The police has not agreed to the last draft."]
    given = agree(review, StatutoryRole.POLICE, cast.partner_police)
    assert blocking_reasons(review) == []
    signing.withdraw_agreement(agreement=given, reason="Not yet.", by=cast.partner_police, now=NOW)
    assert blocking_reasons(review) == ["The police has not agreed to the last draft."]
    add_draft(review)  # a later draft asks each of them again
    assert len(blocking_reasons(review)) == len(PARTNERS)
    for partner in PARTNERS:
        agree(review, partner, cast.chair)
    signing.sign_off(review=review, statement="Read.", by=cast.chair, now=NOW)
    review.refresh_from_db()
    assert review.status == Status.SIGNED_OFF
