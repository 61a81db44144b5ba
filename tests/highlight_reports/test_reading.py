"""Conflict walls: a reader never sees a row, bar, comment or PDF about a case that is walled off from them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.errors import NotPermitted
from highlight_reports import workflow
from highlight_reports.assemble import assemble
from highlight_reports.choices import SectionCode
from highlight_reports.reading import cases_in, for_reader, withheld_from
from highlight_reports.states import Status
from panel.models import Membership
from panel.roles import Role
from rapid_reviews.states import Status as ReviewStatus
from referrals import workflow as referrals
from tests.highlight_reports.factories import COMMENTARY, make_draft, report_at, write
from tests.rapid_reviews.factories import rapid_review_at
from tests.rapid_reviews.issues import raise_to
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_case(cast):
    return rapid_review_at(ReviewStatus.RECOMMENDED).referral


@pytest.fixture
def secret_case(cast):
    """Recommended, so that it stands in every table, with a wall before cast.walled."""
    review = rapid_review_at(ReviewStatus.RECOMMENDED)
    raise_to(cast.agencies.schools, review)
    wall_off(review.referral, cast.walled)
    return review.referral


def url(name, report):
    return reverse(f"highlight_reports:{name}", args=[report.reference])


def test_knows_the_cases_of_which_it_speaks(open_case, secret_case):
    data = assemble(make_draft(), as_at=make_draft().period_to)
    assert cases_in(data) == {open_case.reference, secret_case.reference}


def test_withholds_rows_bars_and_commentary(cast, open_case, secret_case):
    report = make_draft()
    write(report)
    data = assemble(report, as_at=report.period_to)
    seen = for_reader(data, cast.walled)
    assert cases_in(seen) == {open_case.reference}
    assert secret_case.reference not in str(seen)
    assert COMMENTARY not in str(seen)
    assert seen["withheld"] is True
    # Totals beside the rows would tell how many cases are missing.
    assert any(s["figures"] for s in data["sections"])
    assert not any(s["figures"] or s["paragraphs"] for s in seen["sections"])
    assert all(s["chart"] is None or s["chart"]["by_case"] for s in seen["sections"])
    chart = next(s["chart"] for s in seen["sections"] if s["code"] == "rapid-reviews")
    assert chart["labels"] == [open_case.reference]
    assert [len(one["values"]) for one in chart["series"]] == [1, 1]
    # The report itself is untouched: the next reader gets all of it.
    assert secret_case.reference in str(data)


def test_a_chart_of_withheld_cases_alone_is_left_out(cast, secret_case):
    report = make_draft()
    seen = for_reader(assemble(report, as_at=report.period_to), cast.walled)
    assert next(s["chart"] for s in seen["sections"] if s["code"] == "rapid-reviews") is None
    assert not cases_in(seen)


@pytest.mark.parametrize("name", ["business_manager", "chair", "member", "partner_la", "scrutineer"])
def test_everybody_else_reads_all_of_it(cast, secret_case, name):
    report = make_draft()
    data = assemble(report, as_at=report.period_to)
    assert not withheld_from(getattr(cast, name), data)
    assert for_reader(data, getattr(cast, name)) == data | {"withheld": False}


def test_the_page_of_a_walled_reader(cast, sign_in, open_case, secret_case):
    report = report_at(Status.READY)
    page = sign_in(cast.walled).get(url("report-detail", report)).content.decode()
    assert "Totals, commentary and PDF go to those who can see every case" in page
    assert "conflict of interest" not in page
    assert open_case.reference in page
    assert secret_case.reference not in page
    assert COMMENTARY not in page
    assert url("report-pdf", report) not in page
    assert sign_in(cast.walled).get(url("report-pdf", report)).status_code == 404
    # The same page, for somebody without a wall: the text that could have leaked is there.
    page = sign_in(cast.member).get(url("report-detail", report)).content.decode()
    assert secret_case.reference in page
    assert COMMENTARY in page
    assert "who can see every case" not in page
    assert url("report-pdf", report) in page
    assert sign_in(cast.member).get(url("report-pdf", report)).status_code == 200


def test_a_wall_built_after_the_approval_holds(cast, sign_in, open_case):
    report = report_at(Status.READY)
    client = sign_in(cast.member)
    assert client.get(url("report-pdf", report)).status_code == 200
    wall_off(open_case, cast.member)
    assert client.get(url("report-pdf", report)).status_code == 404
    assert open_case.reference not in client.get(url("report-detail", report)).content.decode()


def test_a_wall_that_ended_hides_nothing(cast, secret_case):
    conflict = secret_case.conflicts.get()
    report = make_draft()
    data = assemble(report, as_at=report.period_to)
    assert withheld_from(cast.walled, data)
    referrals.end_conflict(
        conflict=conflict, reason="Moved to another post.", by=cast.business_manager, now=report.assembled_at
    )
    assert not withheld_from(cast.walled, data)


def test_a_walled_business_manager_writes_without_seeing(cast, sign_in, open_case, secret_case):
    wall_off(secret_case, cast.business_manager, by=cast.chair)
    report = report_at(Status.DRAFT)
    for name, more in (("report-detail", []), ("commentary-edit", ["rapid-reviews"])):
        page = (
            sign_in(cast.business_manager)
            .get(reverse(f"highlight_reports:{name}", args=[report.reference, *more]))
            .content.decode()
        )
        assert open_case.reference in page
        assert secret_case.reference not in page


def test_reading_and_downloading_are_recorded(cast, sign_in, open_case):
    report = report_at(Status.READY)
    client = sign_in(cast.member)
    client.get(url("report-detail", report))
    client.get(url("report-pdf", report))
    events = list(Event.objects.about(report.reference).filter(actor=cast.member).values_list("verb", flat=True))
    assert events == ["report.downloaded", "report.read"]


@pytest.mark.parametrize(("name", "sees"), [("business_manager", True), ("deputy_chair", True), ("member", False)])
def test_only_those_who_make_it_see_a_draft(cast, sign_in, name, sees):
    report = report_at(Status.DRAFT)
    client = sign_in(getattr(cast, name))
    assert client.get(url("report-detail", report)).status_code == (200 if sees else 404)
    page = client.get(reverse("highlight_reports:report-list")).content.decode()
    assert (report.reference in page) == sees


@pytest.fixture
def drafted(cast, secret_case):
    """A draft of which another business manager wrote a section, before a wall closed a case to the first."""
    report = make_draft(by=cast.business_manager)
    other = cast.outsider
    Membership.objects.create(
        user=other, role=Role.BUSINESS_MANAGER, agency=cast.agencies.council, from_date=timezone.localdate()
    )
    write(report, f"{secret_case.reference} was hard.", by=other, section=SectionCode.RISKS)
    wall_off(secret_case, cast.business_manager, by=cast.chair)
    return report


def test_what_another_wrote_into_a_draft_is_not_shown_to_the_walled(cast, sign_in, secret_case, drafted):
    client = sign_in(cast.business_manager)
    edit = reverse("highlight_reports:commentary-edit", args=[drafted.reference, "risks"])
    for response in (
        client.get(edit),
        client.post(edit, {"text": "Mine", "version": 0}),
        client.post(edit, {"text": "Mine", "version": 0}, headers={"accept": "application/json"}),
    ):
        assert response.status_code == 404
    page = client.get(url("report-detail", drafted)).content.decode()
    assert secret_case.reference not in page
    assert "Somebody else writes this section" in page
    with pytest.raises(NotPermitted, match="may speak of a case"):
        write(drafted, "Mine", by=cast.business_manager, section=SectionCode.RISKS, version=0)
    other = sign_in(drafted.commentaries.get().updated_by)
    assert secret_case.reference in other.get(edit).content.decode()


def test_why_a_draft_was_sent_back_is_not_shown_to_the_walled(cast, sign_in, secret_case):
    report = report_at(Status.SUBMITTED)
    reason = f"Say more about {secret_case.reference}."
    workflow.send_back(report=report, reason=reason, by=cast.chair, now=timezone.now())
    client = sign_in(cast.business_manager)
    assert reason in client.get(url("report-detail", report)).content.decode()
    wall_off(secret_case, cast.business_manager, by=cast.chair)
    assert secret_case.reference not in client.get(url("report-detail", report)).content.decode()
