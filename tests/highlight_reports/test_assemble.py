"""The dict, exactly; the edges of the period; nothing that names a child."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from deadlines.calendar import current
from deadlines.workflow import start_clock
from highlight_reports.assemble import BUILDERS, assemble
from highlight_reports.choices import SectionCode
from highlight_reports.facts import Period, gather
from highlight_reports.sections.parts import NAME_IN_REASON, NO_REASON
from panel.roles import StatutoryRole
from rapid_reviews import workflow as reviews
from rapid_reviews.choices import Reply, View
from rapid_reviews.states import IssueStatus
from rapid_reviews.states import Status as ReviewStatus
from referrals import workflow as referrals
from referrals.choices import Kind, Route
from referrals.states import Status as CaseStatus
from tests.highlight_reports.factories import make_draft, write
from tests.rapid_reviews.factories import decide_all, rapid_review_at, reply, send, write_sections
from tests.rapid_reviews.issues import issue_at, raise_to
from tests.referrals.factories import CHILD_NAME, SECRET, referral_at, screen

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 11, 23)


def at(month, day, hour=10, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


def told(now):
    """The partners were told in time: no other clock runs than those that a test is about."""
    return {"dates": {"partners_informed_on": now.date()}}


def assembled(first=date(2026, 10, 1), last=TODAY, as_at=TODAY, **more):
    now = datetime.combine(as_at, datetime.min.time(), LONDON).replace(hour=12)
    report = make_draft(meeting_on=date(2026, 12, 3), period_from=first, period_to=last, now=now, **more)
    return assemble(report, as_at=as_at)


def section(data, code):
    return next(one for one in data["sections"] if one["code"] == code)


def rows(data, code, caption):
    tables = {table["caption"]: table for table in section(data, code)["tables"]}
    return [[cell.replace("\u00a0", " ") for cell in row["cells"]] for row in tables[caption]["rows"]]


def test_a_busy_period_exactly(cast):
    """One of each: the rows of every table, as they are printed."""
    sent = rapid_review_at(ReviewStatus.DECIDED, now=at(10, 1), **told(at(10, 1)))
    write_sections(sent, now=at(10, 28))
    send(
        sent, by=cast.business_manager, now=at(10, 28), late_reason="The hospital answered on day 14.", told="They know"
    )
    referral_at(CaseStatus.REDIRECTED, now=at(10, 20), kind=Kind.REFERRAL)
    referrals.turn_away(route=Route.COMPLAINT, by=cast.member, now=at(11, 2))
    rapid_review_at(ReviewStatus.DRAFTING, now=at(10, 27), **told(at(10, 27)))
    waiting = rapid_review_at(ReviewStatus.RECOMMENDED, now=at(11, 16), **told(at(11, 16)))
    write(make_draft(meeting_on=date(2026, 12, 3), period_from=date(2026, 10, 1), period_to=TODAY, now=at(11, 23)))

    data = assembled()
    assert [one["code"] for one in data["sections"]] == [code for code in SectionCode if code in BUILDERS]
    lcspr = "Local child safeguarding practice review"
    assert rows(data, "decisions", "Recommendations that wait for a decision") == [
        [waiting.referral.reference, lcspr, "16 November 2026", "0 of 3", "4 December 2026"]
    ]
    assert section(data, "headline")["commentary"].startswith("Two agencies")
    assert [figure["value"] for figure in section(data, "headline")["figures"]] == [4, 1, 1, 0, 2, 1, 0, 0]
    notified, harm = "Serious incident notification", "Serious harm to a child"
    assert rows(data, "activity", "Notifications and referrals received") == [
        ["CSPR-2026-001", notified, harm, "1", "1 October 2026", "Rapid review sent"],
        ["CSPR-2026-002", "CSPR referral", harm, "1", "20 October 2026", "Redirected"],
        ["CSPR-2026-003", notified, harm, "1", "27 October 2026", "Rapid review under way"],
        ["CSPR-2026-004", notified, harm, "1", "16 November 2026", "Rapid review under way"],
    ]
    assert rows(data, "activity", "Screening decisions") == [
        ["CSPR-2026-001", "Rapid review", "1 October 2026"],
        ["CSPR-2026-002", "Redirect: this is not a referral", "20 October 2026"],
        ["CSPR-2026-003", "Rapid review", "27 October 2026"],
        ["CSPR-2026-004", "Rapid review", "16 November 2026"],
    ]
    assert rows(data, "activity", "Decisions of the three Safeguarding Partners") == [
        ["CSPR-2026-001", lcspr, "1 October 2026"]
    ]
    assert section(data, "activity")["chart"]["series"] == [
        {"name": "Notifications", "values": [0, 0, 0, 0, 2, 1]},
        {"name": "Referrals", "values": [0, 0, 0, 0, 1, 0]},
        {"name": "Rapid reviews sent", "values": [0, 0, 0, 0, 1, 0]},
    ]
    assert rows(data, "rapid-reviews", "Under way") == [
        [
            "CSPR-2026-003", "Analysis and drafting", "Day 20 of 15", "16 November 2026",
            f"Late by 5 working days. {NO_REASON}",
        ],
        ["CSPR-2026-004", "Recommended", "Day 6 of 15", "4 December 2026", "On time so far"],
    ]  # fmt: skip
    assert rows(data, "rapid-reviews", "Sent in the period") == [
        [
            "CSPR-2026-001", "28 October 2026", "Day 20 of 15", "21 October 2026",
            "Late by 5 working days. The hospital answered on day 14.",
        ]
    ]  # fmt: skip
    chart = section(data, "rapid-reviews")["chart"]
    assert (chart["labels"], chart["limit"]) == (["CSPR-2026-001", "CSPR-2026-003", "CSPR-2026-004"], 15)
    assert chart["series"] == [
        {"name": "In time", "values": [None, None, 6]},
        {"name": "Late", "values": [20, 20, None]},
    ]
    assert rows(data, "replies", "Replies awaited") == [
        ["CSPR-2026-001", "28 October 2026", lcspr, "18 November 2026 (passed)"]
    ]
    assert rows(data, "misdirected", "By what they were") == [["A complaint about a service", "1", "1"]]
    risks = rows(data, "risks", "Time limits that are late, close or behind")
    assert risks[0][:3] == ["CSPR-2026-003", "Rapid review", "16 November 2026"]
    assert risks[0][3].startswith(f"Late by 5 working days. {NO_REASON} ")
    assert risks[0][3].endswith("milestones behind.")
    forward = rows(data, "forward-plan", "What falls due next")
    assert ["4 December 2026", "Rapid review", "CSPR-2026-004", "Limit"] in forward
    assert json.loads(json.dumps(data)) == data


@pytest.mark.parametrize(
    ("moment", "counted"),
    [
        (datetime(2026, 9, 30, 23, 59, tzinfo=LONDON), False),
        (datetime(2026, 10, 1, 0, 0, tzinfo=LONDON), True),
        (datetime(2026, 10, 25, 23, 59, tzinfo=LONDON), True),  # the night the clocks go back
        (datetime(2026, 10, 26, 0, 0, tzinfo=LONDON), False),
    ],
)
def test_the_period_is_whole_days_in_london_both_included(cast, moment, counted):
    """On 1 October London is an hour ahead of UTC: its first minute is still September there."""
    referral_at(CaseStatus.REDIRECTED, now=moment)
    referrals.turn_away(route=Route.COMPLAINT, by=cast.member, now=moment)
    facts = gather(Period(date(2026, 10, 1), date(2026, 10, 25)), as_at=TODAY, calendar=current())
    assert len(facts.came_in) == len(facts.screenings) == counted
    assert sum(facts.turned_away.values()) == sum(facts.redirected.values()) == counted


@pytest.mark.parametrize(("first", "last", "counted"), [(28, 28, True), (29, 31, False), (1, 27, False)])
def test_a_review_sent_on_the_edge_is_counted(cast, first, last, counted):
    rapid_review_at(ReviewStatus.SENT, now=at(10, 28))
    facts = gather(Period(date(2026, 10, first), date(2026, 10, last)), as_at=TODAY, calendar=current())
    assert len(facts.sent) == len(facts.decided) == counted


def test_drafts_and_discarded_cases_are_in_no_report(cast):
    referral_at(CaseStatus.DRAFT, now=at(11, 2))
    referral_at(CaseStatus.DISCARDED, now=at(11, 2))
    data = assembled()
    assert section(data, "headline")["figures"][0]["value"] == 0


def test_partners_who_differ_are_shown(cast):
    review = rapid_review_at(ReviewStatus.RECOMMENDED, now=at(11, 16))
    decide_all(review, now=at(11, 17), views={StatutoryRole.POLICE: View.DISAGREE})
    [row] = rows(assembled(), "decisions", "Recommendations that wait for a decision")
    assert row[3] == "3 of 3; the partners differ"


def test_a_withdrawn_review_is_listed_without_its_reason(cast):
    rapid_review_at(ReviewStatus.WITHDRAWN, now=at(11, 2))
    assert rows(assembled(), "rapid-reviews", "Withdrawn in the period") == [
        ["CSPR-2026-001", "2 November 2026", "Before it was sent"]
    ]


def test_what_the_national_panel_replied_and_what_follows(cast):
    """Its words are in the case; here is the kind of reply, and a review that came back is under way again."""
    for kind in Reply:
        reply(rapid_review_at(ReviewStatus.SENT, now=at(10, 28)), kind, now=at(11, 4))
    reply(rapid_review_at(ReviewStatus.SENT, now=at(9, 1)), now=at(9, 8))  # before the period
    withdrawn = rapid_review_at(ReviewStatus.REPLIED, now=at(11, 5))
    reviews.withdraw(review=withdrawn, reason=f"{SECRET} was well.", by=cast.chair, now=at(11, 6))
    data = assembled()
    assert rows(data, "replies", "Replies received in the period") == [
        ["CSPR-2026-001", "4 November 2026", "Agrees with the decision", "The decision stands"],
        ["CSPR-2026-002", "4 November 2026", "Disagrees with the decision",
         "The Panel recommends anew, the partners decide anew"],
        ["CSPR-2026-003", "4 November 2026", "Will review the case nationally", "The national Panel reviews the case"],
        ["CSPR-2026-004", "4 November 2026", "Asks questions first", "To be answered"],
    ]  # fmt: skip
    assert [row[0] for row in rows(data, "replies", "Replies awaited")] == ["CSPR-2026-004"]
    assert rows(data, "rapid-reviews", "Under way") == [
        ["CSPR-2026-002", "Analysis and drafting, sent back by the national Panel", "Day 1 of 15", "17 November 2026",
         "Met"],
    ]  # fmt: skip
    assert rows(data, "rapid-reviews", "Withdrawn in the period") == [
        ["CSPR-2026-006", "6 November 2026", "After it was sent on 5 November 2026"]
    ]
    sent = [row[0] for row in rows(data, "rapid-reviews", "Sent in the period")]
    assert sent == [f"CSPR-2026-00{number}" for number in (1, 2, 3, 4)], "withdrawn is counted apart"
    assert SECRET not in str(data)


def test_safeguarding_issues_are_counted_by_case_and_not_told(cast):
    """Raised in error: not counted. Raised before the period and still open: open alone. Settled before: not listed."""
    review, older = (rapid_review_at(ReviewStatus.DRAFTING, now=at(9, 1)) for _ in range(2))
    schools, hospital = cast.agencies.schools, cast.agencies.hospital
    issue_at(IssueStatus.ANSWERED, schools, review, now=at(10, 5))
    issue_at(IssueStatus.RAISED, hospital, review, now=at(10, 6))
    issue_at(IssueStatus.WITHDRAWN, hospital, review, now=at(10, 7), concern="Another one.")
    issue_at(IssueStatus.ASKED_AGAIN, schools, older, now=at(9, 3))
    issue_at(IssueStatus.RESOLVED, schools, rapid_review_at(ReviewStatus.DRAFTING, now=at(9, 1)), now=at(9, 3))
    data = assembled()
    assert rows(data, "rapid-reviews", "Immediate safeguarding issues") == [
        [review.referral.reference, "2", "1", "1"],
        [older.referral.reference, "0", "0", "1"],
    ]
    assert section(data, "rapid-reviews")["paragraphs"][1] == (
        "2 immediate safeguarding issues raised to agencies and 1 answered in the period; 2 without an answer now."
    )
    text = json.dumps(data, ensure_ascii=False)
    assert SECRET not in text
    assert "Schools" not in text


def test_nothing_names_a_child(cast):
    """Every narrative field of these cases holds a secret, every child a name and a date of birth."""
    for status in ReviewStatus:
        rapid_review_at(status, now=at(11, 2), children=[{}, {"name": "Fen Marrow"}])
    for status in CaseStatus:
        if status not in {CaseStatus.UNDER_REVIEW, CaseStatus.REVIEWED}:
            referral_at(status, now=at(11, 3))
    text = json.dumps(assembled(), ensure_ascii=False)
    assert "CSPR-2026-001" in text
    for part in [*CHILD_NAME.split(), "Fen", "Marrow", SECRET, "4 May 2018", "2018-05-04", "04/05/2018"]:
        assert part not in text, part


@pytest.mark.parametrize("reason", ["Rowan was in hospital.", "The birthday, 4 May 2018, was mistaken."])
def test_a_reason_for_lateness_that_names_a_child_is_not_printed(cast, reason):
    sent = rapid_review_at(ReviewStatus.DECIDED, now=at(10, 1))
    write_sections(sent, now=at(10, 28))
    send(sent, by=cast.business_manager, now=at(10, 28), late_reason=reason, told="National Panel")
    [row] = rows(assembled(), "rapid-reviews", "Sent in the period")
    assert row[-1] == f"Late by 5 working days. {NAME_IN_REASON}"


def test_a_clock_of_no_case_keeps_its_label_to_itself(cast):
    start_clock(code="panel-meeting", trigger_on=date(2026, 11, 2), label="Zebediah", by=None, now=at(11, 2))
    data = assembled()
    assert SECRET not in json.dumps(data)
    [row] = section(data, "forward-plan")["tables"][0]["rows"]
    assert row["case"] == row["cells"][2] == ""


def test_as_many_queries_for_three_cases_as_for_one(cast, django_assert_num_queries):
    def count():
        with django_assert_num_queries(32):
            gather(Period(date(2026, 10, 1), TODAY), as_at=TODAY, calendar=calendar)

    calendar = current()
    for status in (ReviewStatus.RECOMMENDED, ReviewStatus.SENT, ReviewStatus.DRAFTING):
        rapid_review_at(status, now=at(11, 2))
    count()
    for status in (ReviewStatus.RECOMMENDED, ReviewStatus.SENT, ReviewStatus.DRAFTING) * 2:
        raise_to(cast.agencies.schools, rapid_review_at(status, now=at(11, 2)), now=at(11, 2))
    count()


def test_screening_twice_counts_both_decisions(cast):
    case = referral_at(CaseStatus.MORE_INFORMATION, now=at(11, 2))
    screen(case, "find_not_met", by=cast.chair, now=at(11, 9))
    assert [row[1] for row in rows(assembled(), "activity", "Screening decisions")] == [
        "More information needed",
        "Criteria not met",
    ]
