"""The dict of a period in which nothing happened, exactly."""

import pytest

from tests.highlight_reports.test_assemble import assembled

pytestmark = pytest.mark.django_db


def test_a_quiet_period_exactly(cast):
    data = assembled()
    empty = {"commentary": "", "asks": [], "figures": [], "tables": [], "chart": None, "lists": {}}
    months = ["Jun 2026", "Jul 2026", "Aug 2026", "Sep 2026", "Oct 2026", "Nov 2026"]
    figures = [
        "Notifications and referrals received",
        "Decisions of the three Safeguarding Partners",
        "Rapid reviews sent to the national Panel",
        "Rapid reviews sent in time",
        "Rapid reviews under way",
        "Rapid reviews late",
        "Actions open",
        "Actions late",
    ]
    keys = ["received", "decided", "sent", "sent-in-time", "running", "late", "actions", "actions-late"]
    assert data == {
        "reference": "HR-2026-001",
        "version": "1.0",
        "partnership": "Solihull Safeguarding Children Partnership",
        "abbreviation": "SSCP",
        "meeting_on": "2026-12-03",
        "period": {"from": "2026-10-01", "to": "2026-11-23"},
        "as_at": "2026-11-23",
        "replaces": None,
        "trend": None,
        "sections": [
            empty
            | {
                "code": "decisions",
                "title": "Decisions asked of the Executive",
                "paragraphs": ["No recommendation waits for a decision."],
            },
            empty
            | {
                "code": "headline",
                "title": "Headline and commentary",
                "paragraphs": [],
                "figures": [
                    {"label": label, "value": 0, "before": None, "list": key}
                    for label, key in zip(figures, keys, strict=True)
                ],
            },
            empty
            | {
                "code": "activity",
                "title": "New referrals and decisions",
                "paragraphs": [
                    "In the period: 0 notifications and referrals, 0 screening decisions, 0 decisions of the three "
                    "Safeguarding Partners."
                ],
                "chart": {
                    "title": "Activity in the last six months",
                    "unit": "cases",
                    "horizontal": False,
                    "limit": None,
                    "by_case": False,
                    "labels": months,
                    "series": [
                        {"name": name, "values": [0] * 6}
                        for name in ("Notifications", "Referrals", "Rapid reviews sent")
                    ],
                },
            },
            empty
            | {
                "code": "misdirected",
                "title": "Enquiries that were not referrals",
                "paragraphs": ["Nobody was shown another route in the period."],
            },
            empty
            | {
                "code": "rapid-reviews",
                "title": "Rapid reviews",
                "paragraphs": [
                    "No rapid review is under way; none was sent in the period.",
                    "No immediate safeguarding issue was raised in the period, and none is without an answer.",
                ],
            },
            empty
            | {
                "code": "practice-reviews",
                "title": "Commissioned reviews",
                "paragraphs": ["No commissioned review is running."],
            },
            empty
            | {
                "code": "replies",
                "title": "National Panel replies",
                "paragraphs": ["No reply of the national Panel is awaited."],
            },
            empty
            | {
                "code": "actions",
                "title": "Escalated actions, and all actions by agency and colour",
                "paragraphs": ["There is no action in the log."],
                "cases": [],
            },
            empty
            | {
                "code": "publications",
                "title": "Publications and media",
                "paragraphs": ["No publication is planned, and nothing was published or withheld in the period."],
            },
            empty
            | {
                "code": "learning",
                "title": "Multi-agency learning",
                "paragraphs": [
                    "No learning was shared or was due to be shared in the period, and no case shows a theme yet."
                ],
            },
            empty
            | {
                "code": "other-reviews",
                "title": "Other reviews considered",
                "paragraphs": ["No review of others was considered in the period."],
            },
            empty
            | {
                "code": "meetings",
                "title": "Attendance and quoracy",
                "paragraphs": [
                    "0 Panel meetings held in the period.",
                    "No recommendation was recorded in the period.",
                ],
            },
            empty
            | {
                "code": "risks",
                "title": "Risks",
                "paragraphs": ["No time limit is late or close, and no rapid review is behind its milestones."],
            },
            empty
            | {
                "code": "forward-plan",
                "title": "Forward plan",
                "paragraphs": ["Nothing falls due up to 22 January 2027."],
            },
        ],
    }
