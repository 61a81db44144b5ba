"""Assurance: shares per duty over a period, reasons apart, small numbers with care, and what leaves as CSV."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from audit.models import Event
from deadlines import calendar
from overview.assurance import HELD_BACK, WITHHELD, Duty, Late, Period, duties, usual_period
from rapid_reviews.states import Status
from tests.overview.factories import NOW, moment, queries_of, review_opened_on
from tests.rapid_reviews.factories import send, write_sections
from tests.referrals.factories import invite, wall_off

ASSURANCE, CSV = reverse("overview:assurance"), reverse("overview:assurance-csv")
TODAY = date(2026, 11, 23)
QUERIES = 11
REASON = "The ward’s return about Rowan came late"
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


def sent_late(cast, day: str = "2026-09-01"):
    review = review_opened_on(day, Status.DECIDED)
    write_sections(review)
    return send(review, by=cast.business_manager, now=moment("2026-10-05"), late_reason=REASON, told="All partners")


def reviews_of(person, period: Period | None = None) -> Duty:
    found = duties(person, period or usual_period(TODAY), today=TODAY, calendar=calendar.current())
    return next(duty for duty in found if duty.rule.code == "rapid-review")


def test_in_time_late_open_coming_and_withdrawn_are_counted_apart(cast):
    review_opened_on("2026-09-07", Status.SENT)
    late = sent_late(cast)
    still = review_opened_on("2026-10-27")
    review_opened_on("2026-10-06", Status.WITHDRAWN)
    whole = Period(date(2026, 1, 1), date(2026, 12, 31))
    review_opened_on("2026-11-20")
    duty = reviews_of(cast.member, whole)
    assert (duty.in_time, duty.late_done, duty.late_open, duty.coming, duty.withdrawn) == (1, 1, 1, 1, 1)
    assert {one.reference for one in duty.late} == {late.referral.reference, still.referral.reference}
    september = reviews_of(cast.member, Period(date(2026, 9, 1), date(2026, 9, 30)))
    assert (september.in_time, len(september.late)) == (1, 1), "judged by the day on which it was due"


def test_the_page_tells_share_and_reasons_and_names_no_child_to_partners(cast, sign_in):
    late = sent_late(cast)
    page = sign_in(cast.member).get(ASSURANCE).content.decode()
    assert "too few for a share" in page
    assert REASON in page
    assert late.referral.reference in page
    partner = sign_in(cast.partner_la).get(ASSURANCE).content.decode()
    assert "The reason is in the case" in partner
    assert "Rowan" not in partner
    wider = sign_in(cast.member).get(ASSURANCE, {"wider": "1"}).content.decode()
    assert HELD_BACK in wider
    assert REASON not in wider
    assert late.referral.reference not in wider


def some(in_time: int, late: int, still: int = 0) -> Duty:
    day = date(2026, 5, 5)
    rows = [Late("X", "/", day, day if n < late else None, 2, "", "", has_reason=False) for n in range(late + still)]
    return Duty(rule=None, in_time=in_time, late=rows)


@pytest.mark.parametrize(
    ("duty", "whole", "wider"),
    [
        (some(0, 0), ["0", "0", "0", "0", "nothing due"], ["0", "0", "0", "0", "nothing due"]),
        (some(3, 1), ["4", "3", "1", "0", "too few for a share"], [HELD_BACK, *[WITHHELD] * 4]),
        (some(9, 1), ["10", "9", "1", "0", "90 %"], ["10", WITHHELD, HELD_BACK, "0", WITHHELD]),
        (some(199, 5, 5), ["209", "199", "5", "5", "95 %"], ["209", "199", "5", "5", "95 %"]),
        (some(12, 0), ["12", "12", "0", "0", "100 %"], ["12", "12", "0", "0", "100 %"]),
    ],
)
def test_small_numbers_cannot_be_worked_out_from_what_is_shown(duty, whole, wider):
    assert (duty.whole, duty.wider) == (whole, wider)


def test_figures_as_csv_for_the_same_period_and_kept_in_the_trail(cast, sign_in):
    sent_late(cast)
    query = {"first_0": "1", "first_1": "9", "first_2": "2026", "last_0": "30", "last_1": "9", "last_2": "2026"}
    response = sign_in(cast.chair).get(CSV, query)
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))
    (row,) = [row for row in rows if "apid review" in row["Time limit"]]
    assert (row["Fell due"], row["In time"], row["Late, done"]) == ("1", "0", "1")
    assert REASON not in response.content.decode()
    assert 'filename="assurance-2026-09-01-2026-09-30.csv"' in response["Content-Disposition"]
    assert Event.objects.get(verb="assurance.exported").details == {"period": "2026-09-01 to 2026-09-30"}


def test_a_period_that_is_none_is_told_and_kept(cast, sign_in):
    query = {"first_0": "1", "first_1": "9", "first_2": "2026", "last_0": "31", "last_1": "8", "last_2": "2026"}
    page = sign_in(cast.chair).get(ASSURANCE, query).content.decode()
    assert "The last day must be the same as or after the first day" in page
    query["last_0"] = "32"
    assert "must be a real date" in sign_in(cast.chair).get(ASSURANCE, query).content.decode()


def test_the_wall_takes_the_case_out_of_the_count(cast, sign_in):
    late = sent_late(cast)
    wall_off(late.referral, cast.walled)
    page = sign_in(cast.walled).get(ASSURANCE).content.decode()
    assert late.referral.reference not in page
    assert "No time limit of a case that you may see fell due" in page
    invite(late.referral, cast.invited)
    for address in (ASSURANCE, CSV):
        assert sign_in(cast.invited).get(address).status_code == 404


def test_the_number_of_queries_does_not_grow(cast, sign_in):
    client = sign_in(cast.business_manager)
    sent_late(cast)
    one = queries_of(client, ASSURANCE)
    sent_late(cast, "2026-09-02")
    sent_late(cast, "2026-09-03")
    assert queries_of(client, ASSURANCE) == one == QUERIES
