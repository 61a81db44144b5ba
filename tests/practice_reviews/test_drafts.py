"""Drafts: the round with the agencies by link and signed in, the chase, the answers, the marking."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as WordDocument
from pypdf import PdfReader

from core.errors import WorkflowError
from documents.models import Document
from notifications.models import Message
from practice_reviews.draft_chasing import plan
from practice_reviews.draft_page import days_left
from practice_reviews.marking import PDF, WORD, marked
from practice_reviews.models import Draft, DraftComment, FactCheck
from practice_reviews.needs.beside import needs
from practice_reviews.states import AnswerStatus, CheckStatus, DraftStatus
from practice_reviews.workflow import answering, checking, drafts
from practice_reviews.workflow.draft_chasing import chase_drafts
from tests.agency_returns.factories import enter, newest_token
from tests.cast import sign_in
from tests.practice_reviews.factories_beside import (
    COMMENT,
    add_draft,
    case_review,
    check_at,
    circulate,
    comment,
    draft_at,
    lead_of,
    learning_review,
    pdf,
    report,
    word,
)
from tests.referrals.factories import SECRET, wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MONDAY = date(2026, 10, 5)


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def test_an_agency_comments_by_link_and_reads_the_answers(cast):
    review = case_review()
    check = circulate(add_draft(review))[0]
    token = newest_token("draft-out", check.lead_address)
    home = reverse("practice_reviews:link-check", args=[token])
    assert Client().get(home).status_code == 302  # the code first
    browser = enter(token, check.lead_address)
    assert "14 days left" in browser.get(home).content.decode()
    file = browser.get(reverse("practice_reviews:link-file", args=[token]))
    assert file["Content-Disposition"] == (f'attachment; filename="OFFICIAL-SENSITIVE-{review.reference}-draft-1.pdf"')
    assert "for Inventshire Schools Service" in text_of(b"".join(file.streaming_content))
    page = reverse("practice_reviews:link-comment-new", args=[token])
    refused = browser.post(page, {"should_say": "He was not."}).content.decode()
    assert "Enter a page, a paragraph, or both" in refused
    assert "He was not." in refused
    assert browser.post(page, COMMENT).status_code == 302
    browser.post(reverse("practice_reviews:link-send", args=[token]))
    one = DraftComment.objects.get()
    assert one.check_row.status == CheckStatus.COMMENTED
    mail = Message.objects.get(kind="draft-comments-arrived", address=cast.business_manager.email)
    assert "[OFFICIAL-SENSITIVE]" in mail.subject
    manager = sign_in(cast.business_manager)
    answer = reverse("practice_reviews:comment-answer", args=[review.reference, 1, one.key])
    assert "Say why it is not accepted" in manager.post(answer, {"answer": "refused"}).content.decode()
    manager.post(answer, {"answer": "refused", "reason": "Two records say so."})
    assert Message.objects.filter(kind="draft-comments-answered", address=check.lead_address).count() == 1
    assert "Two records say so." in browser.get(home).content.decode()
    assert not Message.objects.filter(text__contains=SECRET).exists()


def test_a_member_answers_signed_in_and_a_stranger_does_not(cast):
    review = case_review()
    check = circulate(add_draft(review), "Schools", "Hospital")
    schools = next(one for one in check if one.agency == cast.agencies.schools)
    page = reverse("practice_reviews:mine-none", args=[schools.pk])
    assert [one.url for one in needs(cast.member, timezone.localdate()) if one.about == review.reference] == [
        reverse("practice_reviews:mine-check", args=[schools.pk])
    ]
    assert sign_in(cast.second_member).post(page).status_code == 403
    wall_off(review.referral, cast.deputy)
    assert sign_in(cast.deputy).get(page).status_code == 404
    sign_in(cast.member).post(page)
    schools.refresh_from_db()
    assert (schools.status, schools.answered_label) == (
        CheckStatus.NO_COMMENTS,
        "Mel Sample, Inventshire Schools Service",
    )


def test_one_agency_sees_nothing_of_another(cast):
    review = learning_review()
    rows = circulate(add_draft(review), "Schools", "Hospital")
    schools, hospital = sorted(rows, key=lambda one: one.agency.short_name, reverse=True)
    theirs = comment(hospital, why=f"{SECRET} told us.")
    browser = enter(newest_token("draft-out", schools.lead_address), schools.lead_address)
    token = newest_token("draft-out", schools.lead_address)
    assert SECRET not in browser.get(reverse("practice_reviews:link-check", args=[token])).content.decode()
    assert browser.get(reverse("practice_reviews:link-comment", args=[token, theirs.key])).status_code == 404


def test_a_link_ends_with_the_round_the_withdrawal_and_the_wall(cast):
    for end in ("close", "withdraw", "wall"):
        review = case_review()
        draft = add_draft(review)
        check = circulate(draft)[0]
        token = newest_token("draft-out", check.lead_address)
        browser = enter(token, check.lead_address)
        home = reverse("practice_reviews:link-check", args=[token])
        assert browser.get(home).status_code == 200
        if end == "close":
            drafts.close_check(check=check, by=cast.chair, now=NOW)
        elif end == "withdraw":
            drafts.withdraw(draft=draft, reason="Names.", by=cast.chair, now=NOW)
        else:
            cast.walled.email = check.lead_address
            cast.walled.save()
            wall_off(review.referral, cast.walled)
        assert browser.get(home).status_code == 404, end


def test_what_keeps_a_draft_at_home(cast):
    review = learning_review()
    first = add_draft(review)
    check = circulate(first)[0]
    comment(check)
    with pytest.raises(WorkflowError, match="what changed since draft 1"):
        add_draft(review, changes=" ")
    second = add_draft(review)
    with pytest.raises(WorkflowError, match="still with the agencies"):
        circulate(second)
    drafts.close_round(draft=first, by=cast.chair, now=NOW)  # what was written and not sent is not lost
    with pytest.raises(WorkflowError, match="1 comment has no answer yet"):
        circulate(second)
    one = DraftComment.objects.get()
    answering.answer_comment(comment=one, answer=AnswerStatus.ACCEPTED, by=cast.chair, now=NOW)
    cast.agencies.police.safeguarding_address = ""
    cast.agencies.police.save()
    with pytest.raises(WorkflowError, match="no safeguarding lead is known"):
        drafts.circulate(
            draft=second, agencies=[cast.agencies.police], due_on=timezone.localdate() + timedelta(days=5),
            by=cast.chair, now=NOW,
        )  # fmt: skip
    circulate(second)
    shown = sign_in(cast.partner_la).get(second.get_absolute_url()).content.decode()
    assert "Schools, page 4, paragraph 2.3" in shown
    assert "What the agencies said." in shown


def test_comments_can_be_taken_back_until_one_is_answered(cast):
    check = check_at(CheckStatus.COMMENTED)
    by = lead_of(check)
    one = check.comments.get()
    with pytest.raises(WorkflowError, match="Take them back"):
        checking.remove_comment(comment=one, by=by, now=NOW)
    checking.take_back(check=check, by=by, now=NOW)
    checking.change_comment(comment=one, by=by, now=NOW, **COMMENT | {"page": "5"})
    checking.send(check=check, by=by, now=NOW)
    answering.answer_comment(comment=one, answer=AnswerStatus.ACCEPTED, by=cast.chair, now=NOW)
    with pytest.raises(WorkflowError, match="begun to answer"):
        checking.take_back(check=check, by=by, now=NOW)


def test_the_ladder_reminds_once_a_step_and_tells_the_manager_when_late(cast):
    with time_machine.travel(at(MONDAY), tick=False):
        review = learning_review(now=at(MONDAY))
        check = circulate(add_draft(review, now=at(MONDAY)), now=at(MONDAY), due_in=14)[0]  # due on Monday the 19th
    lead, manager = check.lead_address, cast.business_manager.email

    def run(day, hour=10):
        with time_machine.travel(at(day, hour), tick=False):
            chase_drafts(now=at(day, hour))
        return [
            Message.objects.filter(kind=kind, address=who).count()
            for kind, who in (("draft-chase", lead), ("draft-chase-manager", manager))
        ]

    assert run(date(2026, 10, 13)) == [0, 0]
    assert run(date(2026, 10, 14)) == [1, 0]  # three working days before
    assert run(date(2026, 10, 14), 11) == [1, 0]
    assert run(date(2026, 10, 19)) == [2, 0]
    assert run(date(2026, 10, 20), 23) == [2, 0]  # at night nothing is sent
    assert run(date(2026, 10, 20)) == [3, 1]
    assert run(date(2026, 10, 30)) == [4, 2]  # steps that were missed are one mail
    checking.say_no_comments(check=check, by=lead_of(check), now=at(date(2026, 10, 30)))
    assert run(date(2026, 11, 6)) == [4, 2]
    assert not Message.objects.filter(kind="draft-chase", subject__contains=SECRET).exists()


def test_planning_costs_the_same_for_one_and_for_three(cast, django_assert_num_queries):
    day = at(date(2026, 10, 20))
    with time_machine.travel(at(MONDAY), tick=False):
        circulate(add_draft(case_review(now=at(MONDAY)), now=at(MONDAY)), now=at(MONDAY))
    with django_assert_num_queries(8):
        plan(day)
    with time_machine.travel(at(MONDAY), tick=False):
        circulate(add_draft(case_review(now=at(MONDAY)), now=at(MONDAY)), "Schools", "Hospital", now=at(MONDAY))
    with django_assert_num_queries(8):
        assert plan(day)


def test_a_draft_is_stored_once_marked_for_each_reader_and_withdrawn_only_with_a_reason(cast):
    review = learning_review()
    draft = add_draft(review, file=report(pdf("Facts")))
    assert draft.document.name.startswith(review.reference)
    assert SECRET not in draft.file_name
    response = sign_in(cast.partner_la).get(reverse("practice_reviews:draft-file", args=[review.reference, 1]))
    shown = text_of(b"".join(response.streaming_content))
    assert "Facts" in shown
    assert f"OFFICIAL-SENSITIVE. Draft 1 of {review.reference}" in shown
    assert not Document.objects.visible_to(cast.outsider).filter(pk=draft.document_id).exists()
    with pytest.raises(WorkflowError, match="why the draft is withdrawn"):
        drafts.withdraw(draft=draft, reason=" ", by=cast.chair, now=NOW)
    assert Draft.objects.get().status == DraftStatus.PREPARED


def test_the_marking_stands_on_every_page_and_in_word_files():
    two = pikepdf.open(BytesIO(pdf("One")))
    two.pages.append(two.pages[0])
    out = BytesIO()
    two.save(out)
    pages = PdfReader(BytesIO(marked(out.getvalue(), PDF, "Draft 1 for <Agency>"))).pages
    assert [("Draft 1 for <Agency>" in page.extract_text()) for page in pages] == [True, True]
    made = WordDocument(BytesIO(marked(word("One"), WORD, "Draft 1 for us")))
    assert [p.text for p in made.sections[0].header.paragraphs][-1] == "OFFICIAL-SENSITIVE. Draft 1 for us"
    assert marked(b"text", "text/plain", "Draft") == b"text"


@pytest.mark.parametrize(
    ("days", "words"),
    [(5, "5 days left"), (1, "1 day left"), (0, "due today"), (-1, "1 day late"), (-9, "9 days late")],
)
def test_days_left_in_words(days, words):
    assert days_left(MONDAY + timedelta(days=days), MONDAY) == words


def test_a_withdrawn_draft_leaves_nothing_to_answer(cast):
    review = learning_review()
    check = check_at(CheckStatus.COMMENTED, review=review)
    drafts.withdraw(draft=check.draft, reason="Names.", by=cast.chair, now=NOW)
    assert not DraftComment.objects.unanswered().exists()
    assert FactCheck.objects.waiting().count() == 0
    assert draft_at(DraftStatus.OUT, review=review).number == 2
