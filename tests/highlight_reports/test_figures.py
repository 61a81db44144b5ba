"""Every figure opens the list behind it, stands beside its former value, and is withheld with its cases."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from actions.facts import from_review
from highlight_reports import workflow
from highlight_reports.assemble import assemble, assemble_for
from highlight_reports.reading import for_reader, withheld_from
from highlight_reports.states import Status
from rapid_reviews.models import Theme
from rapid_reviews.states import Status as ReviewStatus
from rapid_reviews.workflow import set_themes
from tests.actions.factories import action_at
from tests.highlight_reports.factories import make_draft, report_at
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db


def numbers(data):
    """(section, key, number) of every figure, bar and counted cell."""
    for section in data["sections"]:
        for one in section["figures"]:
            yield section, one["list"], one["value"]
        for table in section["tables"]:
            if table.get("counts"):
                for row, line in enumerate(table["rows"]):
                    for column, cell in enumerate(line["cells"][1:]):
                        yield section, f"cell-{row}-{column}", int(cell)
        chart = section["chart"]
        if chart and not chart["by_case"]:
            for series, one in enumerate(chart["series"]):
                for label, value in enumerate(one["values"]):
                    yield section, f"bar-{series}-{label}", value


@pytest.fixture
def busy(cast):
    """Cases, actions and a theme: something behind most numbers."""
    now = timezone.now()
    review = rapid_review_at(ReviewStatus.RECOMMENDED, now=now)
    rapid_review_at(ReviewStatus.SENT, now=now)
    gathering = rapid_review_at(ReviewStatus.GATHERING, now=now)
    action_at("open", origin=from_review(gathering), now=now)
    set_themes(review=gathering, themes=Theme.objects.all()[:1], by=cast.business_manager, now=now)
    return review.referral


def test_every_number_is_the_length_of_its_list(busy):
    data = assemble(make_draft(), as_at=timezone.localdate())
    found = list(numbers(data))
    assert len({section["code"] for section, _, value in found if value}) >= 4
    for section, key, value in found:
        behind = section["lists"].get(key, {"rows": []})["rows"]
        if key and section["code"] == "meetings":  # two recommendations of one day are one meeting
            assert bool(behind) == bool(value)
        else:
            assert len(behind) == value, (section["code"], key)


def test_every_number_of_the_page_is_a_link_that_works(cast, busy, sign_in):
    report = report_at(Status.READY)
    client = sign_in(cast.member)
    page = BeautifulSoup(
        client.get(reverse("highlight_reports:report-detail", args=[report.reference])).content, "html.parser"
    )
    there = {link["href"] for link in page.find_all("a") if "/figures/" in link.get("href", "")}
    wanted = {
        reverse("highlight_reports:report-figure", args=[report.reference, section["code"], key])
        for section, key, value in numbers(report.data)
        if value
    }
    assert there == wanted
    url = reverse("highlight_reports:report-figure", args=[report.reference, "headline", "received"])
    shown = client.get(url).content.decode()
    assert busy.reference in shown
    assert busy.get_absolute_url() in shown, "the case opens as it stands today"
    assert "frozen with the figure" in shown
    missing = reverse("highlight_reports:report-figure", args=[report.reference, "headline", "nothing"])
    assert client.get(missing).status_code == 404


def test_the_list_is_frozen_with_its_figure(cast, busy, sign_in):
    report = report_at(Status.READY)
    later = rapid_review_at(ReviewStatus.OPENED).referral
    url = reverse("highlight_reports:report-figure", args=[report.reference, "headline", "received"])
    assert later.reference not in sign_in(cast.member).get(url).content.decode()


def test_a_wall_closes_the_list_and_a_case_only_counted_counts(cast, busy, sign_in):
    """The chart reaches back six months: a case of before the period is in no row of the report, but in a number."""
    report = report_at(Status.READY, period_from=timezone.localdate(), period_to=timezone.localdate())
    url = reverse("highlight_reports:report-figure", args=[report.reference, "headline", "received"])
    assert sign_in(cast.member).get(url).status_code == 200
    wall_off(busy, cast.member)
    assert sign_in(cast.member).get(url).status_code == 404
    assert withheld_from(cast.member, report.data) == {busy.reference}
    assert not any(section["lists"] for section in for_reader(report.data, cast.member)["sections"])


@pytest.fixture
def two(cast, busy):
    """A report, a further case, and the draft of the next report."""
    first = report_at(Status.READY)
    further = rapid_review_at(ReviewStatus.OPENED).referral
    today = timezone.localdate()
    return first, make_draft(meeting_on=today + timedelta(days=80), period_from=today, period_to=today), further


def headline(data):
    return {one["label"]: (one["before"], one["value"]) for one in data["sections"][1]["figures"]}


def test_the_trend_is_against_the_last_report_that_stands(cast, two, sign_in):
    first, draft, _ = two
    assert headline(assemble(draft, as_at=draft.period_to))["Rapid reviews under way"] == (2, 3)
    page = sign_in(cast.chair).get(reverse("highlight_reports:report-detail", args=[draft.reference]))
    assert "Last report: 2" in page.content.decode()
    workflow.withdraw(report=first, reason="Wrong.", by=cast.business_manager, now=timezone.now())
    assert headline(assemble(draft, as_at=draft.period_to))["Rapid reviews under way"] == (None, 3)


def test_a_former_value_counts_the_cases_of_the_former_report(cast, two, busy):
    """Whoever may not see a case of the last report learns nothing by what its figures were."""
    _, draft, _ = two
    data = assemble(draft, as_at=draft.period_to)
    wall_off(busy, cast.business_manager, by=cast.chair)
    live = assemble_for(draft, cast.business_manager, as_at=draft.period_to)
    assert all(before is None for before, _ in headline(live).values())
    assert live["trend"] is None
    assert busy.reference in withheld_from(cast.business_manager, data)
