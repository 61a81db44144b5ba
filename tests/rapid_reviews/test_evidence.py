"""Evidence of the findings: of this case alone, seen only by who may see it, quoted by a number that stays."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agency_returns.models import AgencyReturn
from agency_returns.states import Status as ReturnStatus
from audit.models import Event
from chronology import workflow as chronology
from core.errors import InvalidTransition, NotPermitted
from core.guard import workflow as guarded
from rapid_reviews import workflow
from rapid_reviews.choices import Criterion
from rapid_reviews.contents import contents_of
from rapid_reviews.evidence import shown_to
from rapid_reviews.models import Evidence, EvidenceLink, RapidReview
from rapid_reviews.states import Status
from tests.agency_returns.factories import give_leads, request_at
from tests.chronology.factories import add
from tests.documents.factories import store
from tests.rapid_reviews.factories import draft, rapid_review_at
from tests.referrals.factories import CHILD_NAME, SECRET, invite

pytestmark = pytest.mark.django_db
A, B = Criterion.IMPROVEMENTS, Criterion.THEMES


def url(review, name, *more):
    return reverse(f"rapid_reviews:{name}", args=[review.referral.reference, *more])


def with_sources(review=None, agency=None):
    """(review, row, signed return, document) of one case; the row and the document name the child."""
    give_leads()
    review = review or rapid_review_at(Status.DRAFTING)
    request = request_at(ReturnStatus.RETURNED, referral=review.referral, agency=agency)
    row = add(review.referral, None, date(2024, 5, 3), f"{CHILD_NAME} was seen at school.")
    return review, row, AgencyReturn.objects.get(request=request), store(review.referral)


def link(review, *things, criterion=A, by=None, cast=None):
    by = by or cast.member
    return workflow.link_evidence(review=review, criterion=criterion, things=things, by=by, now=timezone.now())


def test_numbers_are_given_once_and_stay(cast):
    review, row, version, document = with_sources()
    assert [one.evidence.label for one in link(review, row, version, cast=cast)] == ["E1", "E2"]
    assert link(review, row, cast=cast) == []  # a double click
    assert link(review, row, criterion=B, cast=cast)[0].evidence.label == "E1"
    first = Evidence.objects.get(number=2)
    for _ in range(2):
        workflow.unlink_evidence(review=review, criterion=A, evidence=first, by=cast.member, now=timezone.now())
    assert [one.evidence.label for one in link(review, document, version, cast=cast)] == ["E3", "E2"]
    told = list(Event.objects.filter(verb__startswith="rapid_review.evidence").values_list("verb", flat=True))
    assert told.count("rapid_review.evidence_linked") == 3
    assert told.count("rapid_review.evidence_unlinked") == 1


def test_the_database_wants_exactly_one(cast):
    review, row, version, document = with_sources()
    for given in ({}, {"row": row, "document": document}, {"row": row, "agency_return": version}):
        with pytest.raises(IntegrityError, match="exactly_one"), transaction.atomic():
            guarded(Evidence(review=review, number=9, added_by=cast.member, added_at=timezone.now(), **given).save)()


def test_only_of_this_case_and_of_what_one_may_see(cast):
    review, row, *_ = with_sources()
    other = rapid_review_at(Status.DRAFTING)
    foreign = [add(other.referral, None, date(2024, 1, 1)), store(other.referral, b"other words", "txt")]
    for thing in foreign:
        with pytest.raises(NotPermitted):
            link(review, thing, cast=cast)
    chronology.withdraw_row(row=row, reason="Typed twice.", by=cast.member, now=timezone.now())
    with pytest.raises(NotPermitted):
        link(review, row, cast=cast)
    unsigned = request_at(ReturnStatus.SIGNING, referral=review.referral, agency=cast.agencies.hospital).current
    with pytest.raises(NotPermitted):
        link(review, unsigned, cast=cast)
    assert not EvidenceLink.objects.exists()


def test_only_while_the_findings_may_be_written(cast):
    review, row, *_ = with_sources()
    piece = link(review, row, cast=cast)[0].evidence
    draft(review)
    workflow.record_recommendation(review=review, by=cast.chair, now=timezone.now())
    with pytest.raises(InvalidTransition):
        link(review, row, criterion=B, cast=cast)
    with pytest.raises(InvalidTransition):
        workflow.unlink_evidence(review=review, criterion=A, evidence=piece, by=cast.member, now=timezone.now())
    with pytest.raises(NotPermitted):
        link(review, row, by=cast.scrutineer)


def test_each_sees_what_they_may_see(cast):
    review, row, version, document = with_sources()
    link(review, row, version, document, cast=cast)
    invite(review.referral, cast.invited)  # of the hospital, which made no return
    fresh = RapidReview.objects.get(pk=review.pk)

    def told(person):
        return [(one.what, one.text) for one in shown_to(person, contents_of(fresh), on=timezone.localdate())[A]]

    for person in (cast.member, cast.invited):
        assert told(person)[0] == ("Chronology, 3 May 2024, The Panel", "Child A was seen at school.")
        assert told(person)[2][0].startswith(f"Document {document.name}, added")
        assert SECRET in told(person)[2][1]
    assert told(cast.member)[1][0].startswith("Return of Council, version 1, signed off")
    assert told(cast.invited)[1] == ("An agency’s return", "")
    assert told(cast.partner_la)[2] == ("A document", "")
    assert told(cast.partner_la)[1][0].startswith("Return of Council")


def test_what_was_withdrawn_since_says_so(cast):
    review, row, *_ = with_sources()
    link(review, row, cast=cast)
    chronology.withdraw_row(row=row, reason="Typed twice.", by=cast.member, now=timezone.now())
    piece = shown_to(cast.member, contents_of(review), on=timezone.localdate())[A][0]
    assert (piece.warning, piece.url) == ("This row was withdrawn since.", "")


def test_chosen_on_a_page_without_scripts(cast, sign_in):
    review, row, version, document = with_sources()
    client = sign_in(cast.member)
    page = url(review, "evidence-choose", "a")
    for source, found, value in (
        ("chronology&q=school", "Child A was seen at school.", row.key),
        ("returns", "version 1", version.pk),
        ("documents&q=statement", document.name, document.key),
    ):
        text = client.get(f"{page}?source={source}").content.decode()
        assert found in text
        assert "disabled checked" not in text
        assert CHILD_NAME not in text
        response = client.post(f"{page}?source={source}", {"evidence": [str(value)]})
        assert (response.status_code, response.url) == (302, f"{page}?source={source}")
        assert "disabled checked" in client.get(f"{page}?source={source}").content.decode()
    assert [piece.label for piece in contents_of(review).evidence[A]] == ["E1", "E2", "E3"]
    assert "Child A was seen at school." in client.get(url(review, "criteria-edit")).content.decode()
    assert client.post(url(review, "evidence-remove", "a", 1)).status_code == 302
    assert [piece.label for piece in contents_of(review).evidence[A]] == ["E2", "E3"]


def test_bad_input_on_the_page(cast, sign_in):
    review, *_ = with_sources()
    client, page = sign_in(cast.member), url(review, "evidence-choose", "a")
    other = rapid_review_at(Status.DRAFTING)
    foreign = add(other.referral, None, date(2024, 1, 1))
    assert "Tick what is evidence" in client.post(page, {}, follow=True).content.decode()
    assert client.post(page, {"evidence": ["nonsense"]}).status_code == 404
    assert client.get(f"{page}?source=mails").status_code == 404
    assert client.get(url(review, "evidence-choose", "z")).status_code == 404
    client.post(page, {"evidence": [str(foreign.key)]})
    assert not EvidenceLink.objects.exists()
    assert "No row matches" in client.get(f"{page}?q=Rowan").content.decode()  # a name finds nothing


def test_saving_leads_on_to_the_evidence_of_that_criterion(cast, sign_in):
    review = rapid_review_at(Status.DRAFTING)
    data = {"a-finding": "met", "a-reason": "Because", "evidence": "b"}
    response = sign_in(cast.member).post(url(review, "criteria-edit"), data)
    assert response.url == url(review, "evidence-choose", "b")
    assert review.criterion_answers.get().reason == "Because"


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_costs_the_same_however_much_is_linked(cast, sign_in, django_assert_num_queries, size):
    review, row, version, document = with_sources()
    for number in range(size):
        more = add(review.referral, cast.agencies.schools, date(2024, 6, 1 + number))
        link(review, more, row, version, document, criterion=list(Criterion)[number], cast=cast)
    client = sign_in(cast.member)
    with django_assert_num_queries(26):
        client.get(url(review, "criteria-edit"))
    with django_assert_num_queries(32):
        client.get(url(review, "evidence-choose", "a"))
