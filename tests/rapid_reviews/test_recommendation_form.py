"""The form of the recommendation: enquiries, audiences, dissent by member, the roll of the day, and the live quorum."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from core.errors import WorkflowError
from panel.meetings import plan_meeting
from panel.models import KeptForm
from panel.roles import Role
from rapid_reviews import readiness, workflow
from rapid_reviews.choices import NATIONAL_CRITERIA, Finding, Outcome
from rapid_reviews.contents import contents_of
from rapid_reviews.models import Audience, Recommendation
from rapid_reviews.states import Status
from tests.cast import make_member
from tests.rapid_reviews.factories import decide_all, draft, findings, panel_seats, rapid_review_at
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True)
def _then(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def review(cast):
    return rapid_review_at(Status.DRAFTING, now=NOW)


def url(review, name="recommendation-edit"):
    return reverse(f"rapid_reviews:{name}", args=[review.referral.reference])


def seats(*people):
    return [person.memberships.get().pk for person in people]


def typed(**over):
    day = NOW.date()
    return {
        "outcome": "multi_agency", "reason": "It would add.", "meeting": "other", "met_on_0": day.day,
        "met_on_1": day.month, "met_on_2": day.year, "enquiry_rows": 1, "enquiry-0-question": "Who followed up?",
        "enquiry-0-why": "Nobody did.", "dissent_rows": 1,
    } | over  # fmt: skip


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def test_saved_whole_and_shown_again(cast, sign_in, review):
    client = sign_in(cast.chair)
    gps, schools = Audience.objects.all()[:2]
    present = seats(cast.partner_la, cast.partner_icb, cast.walled)
    data = typed(
        present=present, audiences=[gps.pk, schools.pk], other_audiences="Housing officers",
        **{"dissent-0-who": present[2], "dissent-0-text": "Too small."},
    )  # fmt: skip
    assert client.post(url(review), data).url == url(review, "recommendation-check")
    saved = Recommendation.objects.get()
    assert [(row.question, row.why) for row in saved.enquiries.all()] == [("Who followed up?", "Nobody did.")]
    assert {row.audience for row in saved.audiences.all()} == {gps, schools}
    assert [(row.membership.user, row.text) for row in saved.dissents.all()] == [(cast.walled, "Too small.")]
    for name in ("recommendation-check", "recommendation-edit"):
        text = client.get(url(review, name)).content.decode()
        for words in ("Who followed up?", "Nobody did.", "Too small.", "Housing officers"):
            assert words in text, (name, words)


def test_a_row_is_added_by_a_button_and_nothing_is_saved_or_called_wrong(cast, sign_in, review):
    client = sign_in(cast.chair)
    page = page_of(client.post(url(review), {"enquiry_rows": 1, "enquiry-0-question": "First?", "add_enquiry": ""}))
    assert page.select_one("[name=enquiry-0-question]").text.strip() == "First?"
    assert page.select_one("[name=enquiry-1-question]") is not None
    assert page.select_one(".govuk-error-summary") is None
    assert page.select_one("[name=enquiry_rows]")["value"] == "2"
    page = page_of(client.post(url(review), {"dissent_rows": "99999", "add_dissent": ""}))
    assert len(page.select("select[name$=-who]")) == 20  # and no more
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"enquiry-0-question": "", "enquiry-0-why": ""}, "Enter at least one key line of enquiry"),
        ({"enquiry-0-why": ""}, "Say why this key line of enquiry is asked"),
        ({"outcome": "single_agency"}, "Select the agencies of which the review is asked"),
        ({"present": []}, "Select who was present"),
        ({"met_on_0": "", "met_on_1": "", "met_on_2": ""}, "Enter the date of the meeting"),
        ({"met_on_0": "31", "met_on_1": "2"}, "must be a real date"),
        ({"dissent-0-text": "Too small."}, "Select who does not share the recommendation"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast, sign_in, review, over, sentence):
    data = typed(present=seats(cast.chair), reason="Kept words") | over
    text = sign_in(cast.chair).post(url(review), data).content.decode()
    assert sentence in text
    assert "Kept words" in text
    assert not Recommendation.objects.exists()


def test_dissent_is_of_somebody_who_was_there(cast, sign_in, review):
    data = typed(present=seats(cast.chair), **{"dissent-0-who": seats(cast.member)[0], "dissent-0-text": "No."})
    assert "is not among those present" in sign_in(cast.chair).post(url(review), data).content.decode()
    assert not Recommendation.objects.exists()


def quorum(client, review, **data):
    return client.post(url(review, "recommendation-quorum"), data).json()


def test_the_quorum_is_computed_as_people_are_ticked(cast, sign_in, review):
    client, day = sign_in(cast.chair), {"met_on_0": 24, "met_on_1": 11, "met_on_2": 2026}
    stand_in = make_member("Des Sample", Role.NAMED_DEPUTY, cast.agencies.hospital,
                           deputy_for=cast.walled.memberships.get())  # fmt: skip
    two = seats(cast.chair, cast.deputy_chair)
    assert quorum(client, review, present=two, **day)["sentence"] == "Not quorate. Not represented: police."
    assert quorum(client, review, present=two + seats(stand_in), **day)["is_met"]  # the member is away
    wall_off(review.referral, cast.walled)
    assert not quorum(client, review, present=two + seats(cast.walled), **day)["is_met"]
    assert quorum(client, review, present=two + seats(stand_in), **day)["is_met"]
    assert not quorum(client, review)["is_met"]
    assert not quorum(client, review, present=["nonsense"], met_on_0="x")["is_met"]
    assert not Recommendation.objects.exists()


def test_without_a_script_a_button_says_it_in_words(cast, sign_in, review):
    data = typed(present=seats(cast.chair, cast.deputy_chair, cast.walled), check_quorum="1", outcome="")
    page = page_of(sign_in(cast.chair).post(url(review), data))
    assert page.select_one("[data-app-quorum]").text == "Quorate: all three Safeguarding Partners are represented."
    assert page.select_one(".govuk-error-summary") is None
    assert len(page.select("input[name=present][checked]")) == 3


def test_the_roll_is_that_of_the_meetings_day(cast, sign_in, review, time_machine):
    meeting = plan_meeting(on=date(2026, 11, 26), at=time(14), place="Room 1", by=cast.chair, now=NOW)
    newcomer = make_member("New Sample", Role.MEMBER, cast.agencies.police)
    newcomer.memberships.update(from_date=date(2026, 11, 27))
    time_machine.move_to(NOW + timedelta(days=4))
    client = sign_in(cast.chair)
    page = page_of(client.get(url(review)))
    assert page.select_one(f"input[name=meeting][value='{meeting.pk}']").has_attr("checked")
    assert "New Sample" not in page.text
    later = typed(met_on_0=27, check_quorum="1")
    assert "New Sample" in page_of(client.post(url(review), later)).text
    data = typed(meeting=meeting.pk, present=seats(cast.chair))
    assert client.post(url(review), data).status_code == 302
    assert (Recommendation.objects.get().meeting, Recommendation.objects.get().met_on) == (meeting, meeting.on)


def test_a_reopened_one_begins_the_next_but_not_its_meeting(cast, sign_in):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    decide_all(review, now=NOW, views={"police": "disagree"})
    workflow.reopen_recommendation(review=review, reason="They differ.", by=cast.chair, now=NOW)
    page = page_of(sign_in(cast.chair).get(url(review)))
    assert page.select_one("[name=enquiry-0-question]").text.strip() == "Who followed up?"
    assert page.select_one("input[name=outcome][value=lcspr]").has_attr("checked")
    assert page.select("input[name=present][checked]") == []


@pytest.mark.parametrize("outcome", Outcome)
def test_what_each_outcome_must_say_is_in_the_stop_list(cast, review, outcome):
    national = dict.fromkeys(NATIONAL_CRITERIA, (Finding.NOT_MET, "Nothing of this kind."))
    workflow.answer_criteria(review=review, answers=findings() | national, by=cast.chair, now=NOW)
    draft(review, now=NOW, outcome=outcome, particulars=workflow.Particulars())
    texts = [blocker.text for blocker in readiness.before_recommending(contents_of(review))]
    assert texts == {
        Outcome.LCSPR: ["there is no key line of enquiry"],
        Outcome.MULTI_AGENCY: ["there is no key line of enquiry"],
        Outcome.SINGLE_AGENCY: ["it does not say of which agency the review is asked"],
    }.get(outcome, [])
    if texts:
        with pytest.raises(WorkflowError, match=texts[0]):
            workflow.record_recommendation(review=review, by=cast.chair, now=NOW)
    draft(review, now=NOW, outcome=outcome)
    workflow.record_recommendation(review=review, by=cast.chair, now=NOW)


def test_a_second_tab_that_writes_too_late_keeps_its_text_and_records_quietly(cast, sign_in, review):
    draft(review, now=NOW)
    client = sign_in(cast.chair)
    for _ in range(2):  # a double click on the last button
        assert client.post(url(review, "recommendation-check"), {"save": ""}).status_code == 302
    text = client.post(url(review), typed(present=seats(cast.chair), reason="Kept words")).content.decode()
    assert "This rapid review is recommended, so it is not possible to draft recommendation." in text
    assert "Kept words" in text


def test_half_written_text_outlives_the_session(cast, sign_in, review):
    client = sign_in(cast.chair)
    client.post(f"{reverse('panel:typed-keep')}?path={url(review)}",
                {"reason": "Half a rea", "enquiry_rows": 3, "enquiry-2-question": "Third?"})  # fmt: skip
    assert KeptForm.objects.count() == 1
    page = page_of(client.get(url(review)))
    assert page.select_one("[name=reason]").text.strip() == "Half a rea"
    assert page.select_one("[name=enquiry-2-question]").text.strip() == "Third?"
    client.post(url(review), typed(present=[seat.pk for seat in panel_seats(NOW)]))
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize("name", ["decision-make", "recommendation-reopen"])
def test_deciding_and_reopening_twice_are_quiet_and_a_conflict_keeps_the_text(cast, sign_in, name):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    args = [review.referral.reference, "la"] if name == "decision-make" else [review.referral.reference]
    client = sign_in(cast.partner_la if name == "decision-make" else cast.chair)
    address = reverse(f"rapid_reviews:{name}", args=args)
    data = {"view": "agree", "reasons": "Weighed.", "reason": "Again."}
    for _ in range(2):
        response = client.post(address, data, follow=True)
        assert response.redirect_chain
        assert "not possible" not in response.content.decode()
    if name == "decision-make":
        workflow.reopen_recommendation(review=review, reason="Again", by=cast.chair, now=NOW)
        text = client.post(address, data | {"reasons": "Kept words"}).content.decode()
        assert "not possible to decide" in text
        assert "Kept words" in text
