"""The statutory board: the right clocks, in the right order, for the right people."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from rapid_reviews.states import Status
from referrals.workflow import record_partners_informed
from tests.overview.factories import NOW, moment, queries_of, review_opened_on
from tests.referrals.factories import CHILD_NAME, SECRET, invite, make_referral, wall_off

BOARD = reverse("overview:board")
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


@pytest.fixture
def reviews(cast):
    """One late since 16 November, one due in two working days, one just begun; the partners informed in all."""
    found = [review_opened_on("2026-10-27"), review_opened_on("2026-11-05"), review_opened_on("2026-11-20")]
    for review in found:
        informed = review.opened_at.date()
        record_partners_informed(
            referral=review.referral, informed_on=informed, by=cast.business_manager, now=review.opened_at
        )
    return found


def rows(response) -> list[str]:
    """The text of each line of the board."""
    table = BeautifulSoup(response.content, "html.parser").select("table.app-board > tbody > tr")
    return [" ".join(row.get_text(" ").split()) for row in table]


def references(response) -> list[str]:
    return [row.split()[0] for row in rows(response)]


def test_late_ones_first_then_by_date(reviews, cast, sign_in):
    response = sign_in(cast.member).get(BOARD)
    assert references(response) == [review.referral.reference for review in reviews]
    late, soon, new = rows(response)
    assert "5 working days late" in late
    assert "day 13 of 15" in soon
    assert "2 working days left" in soon
    assert "day 2 of 15" in new
    assert all("Agencies involved" in row for row in (late, soon, new)), "whose move it is"


def test_next_milestone_is_the_first_open_one(reviews, cast, sign_in):
    first = reviews[2].clock.milestone_clocks.running().select_related("rule").order_by("due_on").first()
    assert first.rule.title in rows(sign_in(cast.member).get(BOARD))[2]


@pytest.mark.parametrize(
    ("query", "expected"), [("?show=late", [0]), ("?show=soon", [1]), ("?rule=rapid-review", [0, 1, 2])]
)
def test_filters(reviews, cast, sign_in, query, expected):
    found = references(sign_in(cast.chair).get(BOARD + query))
    assert found == [reviews[number].referral.reference for number in expected]


def test_a_filter_that_leaves_nothing_says_so_and_leads_back(reviews, cast, sign_in):
    content = sign_in(cast.chair).get(BOARD + "?rule=lcspr-publish").content.decode()
    assert "No running clock matches" in content
    assert f'href="{BOARD}"' in content


def test_an_empty_board_says_when_clocks_start(cast, sign_in):
    assert "Clocks start by themselves" in sign_in(cast.chair).get(BOARD).content.decode()


def test_the_wall_hides_the_clock_and_its_count(reviews, cast, sign_in):
    wall_off(reviews[0].referral, cast.walled)
    response = sign_in(cast.walled).get(BOARD)
    assert reviews[0].referral.reference not in response.content.decode()
    assert "2 running clocks, 0 late" in response.content.decode()
    assert reviews[0].referral.reference in sign_in(cast.member).get(BOARD).content.decode()


def test_invited_representatives_have_no_board(reviews, cast, sign_in):
    invite(reviews[0].referral, cast.invited)
    assert sign_in(cast.invited).get(BOARD).status_code == 404


def test_no_name_and_no_free_text(reviews, cast, sign_in):
    content = sign_in(cast.business_manager).get(BOARD).content.decode()
    assert CHILD_NAME not in content
    assert SECRET not in content


def test_finished_clocks_are_gone_and_a_reply_is_never_late(cast, sign_in):
    review = review_opened_on("2026-09-01", Status.SENT)
    record_partners_informed(
        referral=review.referral, informed_on=review.sent_on, by=cast.business_manager, now=moment("2026-09-01")
    )
    response = sign_in(cast.chair).get(BOARD)
    assert references(response) == [review.referral.reference], "only the wait for the national Panel's reply is left"
    assert "0 late" in response.content.decode()
    assert "Expected from others" in rows(response)[0]


def test_the_number_of_queries_does_not_grow(cast, sign_in):
    client = sign_in(cast.business_manager)
    make_referral(now=moment("2026-11-20"))
    one = queries_of(client, BOARD)
    for day in ("2026-11-18", "2026-11-19"):
        make_referral(now=moment(day))
        review_opened_on(day)
    assert queries_of(client, BOARD) == one
