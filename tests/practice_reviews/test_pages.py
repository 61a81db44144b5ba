"""The pages: walls and names hold, steps are done through them, queries do not grow, the letter is a proper PDF."""

import subprocess

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from actions import workflow as actions
from actions.choices import Source
from actions.facts import Facts, Origin, from_practice_review
from core.errors import WorkflowError
from practice_reviews import workflow
from practice_reviews.choices import Kind
from practice_reviews.facts import running_on
from referrals.models import Referral
from tests.cast import sign_in
from tests.highlight_reports.test_report_pdf import validator
from tests.practice_reviews.factories import again, by_panel, lcspr, rapid_for, single, with_reviewer
from tests.rapid_reviews.factories import Outcome
from tests.referrals.factories import CHILD_NAME, wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def get(person, name, *args):
    return sign_in(person).get(reverse(f"practice_reviews:{name}", args=args)).content.decode()


def test_a_wall_hides_the_review_and_its_actions_everywhere(cast):
    """An audit of no case is there too, so that the pages are not just empty."""
    review, audit = lcspr(title="Behind a wall"), by_panel()
    facts = Facts(text="Teach it.", owner=cast.agencies.schools)
    action = actions.propose(origin=from_practice_review(review), facts=facts, by=cast.chair, now=NOW)
    wall_off(review.referral, cast.walled)
    listed = get(cast.walled, "list")
    assert audit.reference in listed
    assert "1 review." in listed
    home, log = (sign_in(cast.walled).get(page).content.decode() for page in ("/", "/actions/"))
    for text in (listed, home, log):
        assert review.reference not in text
        assert action.reference not in text
    assert review.reference in get(cast.chair, "list")
    visible = Referral.objects.visible_to(cast.walled)
    assert [one.review for one in running_on(timezone.localdate(), visible)] == [audit]
    assert len(running_on(timezone.localdate())) == 2


def test_free_text_is_read_with_pseudonyms_by_those_who_may_not_see_names(cast):
    review = lcspr()
    workflow.save_enquiry(review=review, question=f"Who saw {CHILD_NAME}?", by=cast.chair, now=NOW)
    assert CHILD_NAME in get(cast.member, "review", review.reference)
    text = get(cast.partner_la, "review", review.reference)
    assert CHILD_NAME not in text
    assert "Who saw Child A?" in text


def test_actions_come_from_a_review_and_belong_to_its_case(cast):
    review, facts = lcspr(), Facts(text="Teach it.", owner=cast.agencies.schools)
    client = sign_in(cast.business_manager)
    page = reverse("actions:add-from-practice-review", args=[review.reference])
    client.post(page, {"text": "Teach it.", "owner": cast.agencies.schools.pk})
    action = review.actions.get()
    assert (action.referral, action.source_words) == (review.referral, f"Practice review: {review.reference}")
    assert action.reference in client.get(reverse("actions:practice-review", args=[review.reference])).content.decode()
    assert action.reference in client.get(f"/actions/?review={review.reference}").content.decode()
    astray = Origin(source=Source.PRACTICE_REVIEW, practice_review=review)
    with pytest.raises(WorkflowError, match="belongs to the case of that review"):
        actions.propose(origin=astray, facts=facts, by=cast.chair, now=NOW)


def test_the_steps_of_a_review_are_done_on_its_pages(cast):
    """Commissioned on the case's page, reviewer appointed, scope saved; bad input keeps what was typed."""
    rapid = rapid_for(Outcome.LCSPR)
    client = sign_in(cast.business_manager)
    client.post(
        reverse("practice_reviews:commission-case", args=[rapid.referral.reference]),
        {"kind": "lcspr", "title": "Bruising", "purpose": ""},
    )
    review = rapid.referral.practice_reviews.get()

    def post(slug, pk=None, **data):
        name, args = ("row-step", [review.reference, slug, pk]) if pk else ("step", [review.reference, slug])
        return client.post(reverse(f"practice_reviews:{name}", args=args), data)

    post("reviewer", name="Remy Invented")
    reviewer = review.reviewers.get()
    wrong = post("appoint", reviewer.pk, reason="", on_0="31", on_1="2", on_2="2026").content.decode()
    assert "must be a real date" in wrong
    assert 'value="31"' in wrong
    post("appoint", reviewer.pk, reason="Knows the field.")
    assert again(reviewer).status == "appointed"
    post("letters")
    letter = review.letters.first()
    refused = post("letter-change", letter.pk, text=f"About {CHILD_NAME}, typed at length").content.decode()
    assert "of a child of the case" in refused
    assert "typed at length" in refused
    post("scope", method="Conversations", agencies=[cast.agencies.schools.pk])
    assert again(review).method == "Conversations"
    assert client.get(reverse("practice_reviews:step", args=[review.reference, "nothing"])).status_code == 404


def count(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_queries_do_not_grow_with_reviews(cast):
    client, urls = sign_in(cast.business_manager), [reverse("practice_reviews:list"), "/"]
    by_panel()
    first = [count(client, url) for url in urls]
    for kind in (Kind.AUDIT, Kind.OTHER):
        by_panel(kind)
    assert [count(client, url) for url in urls] == first


@pytest.mark.skipif(validator() is None, reason="PDF/UA-1 is validated by veraPDF: see test_report_pdf.py.")
def test_the_letter_is_an_accessible_pdf_without_names(cast, tmp_path):
    review = lcspr()
    with_reviewer(review)
    letter = workflow.write_letters(review=review, by=cast.business_manager, now=NOW)[0]
    url = reverse("practice_reviews:letter-pdf", args=[review.reference, letter.pk])
    response = sign_in(cast.partner_la).get(url)
    file = tmp_path / "letter.pdf"
    file.write_bytes(response.content)
    done = subprocess.run([validator(), file], capture_output=True, text=True, timeout=300)
    if done.returncode == 2:
        pytest.skip(f"The validator could not be set up here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stdout + done.stderr
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert review.reference in text
    assert CHILD_NAME not in text


def test_the_administration_shows_only_what_the_person_sees(cast):
    review, _ = lcspr(), single()
    wall_off(review.referral, cast.business_manager, by=cast.chair)
    text = sign_in(cast.business_manager).get("/admin/practice_reviews/practicereview/").content.decode()
    assert review.reference not in text
    assert "LR-" in text
