"""Who gets which of a report's pages. The world's report speaks of a case that is walled off from `walled`."""

from highlight_reports.states import Status
from rapid_reviews.states import Status as ReviewStatus
from tests.access import Row, World, everybody
from tests.highlight_reports.factories import make_list, report_at
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import wall_off


def build(world: World) -> None:
    """Three reports of one day: a draft, a submitted one and one with its PDF."""
    today = world.now.date()
    wall_off(rapid_review_at(ReviewStatus.RECOMMENDED, now=world.now).referral, world.cast.walled, now=world.now)
    for name, status, day in (
        ("draft", Status.DRAFT, 1),
        ("submitted", Status.SUBMITTED, 2),
        ("ready", Status.READY, 3),
    ):
        report = report_at(status, now=world.now, meeting_on=today.replace(year=today.year + 1, day=day))
        setattr(world, f"{name}_report", report)
    world.executive_list = make_list()


def of(name: str):
    return lambda world: {"reference": getattr(world, f"{name}_report").reference}


READERS = {
    "business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200,
    "walled": 200, "invited": 404, "outsider": 404, "anonymous": 302,
}  # fmt: skip
NOBODY = dict.fromkeys(READERS, 404) | {"anonymous": 302}
MANAGER = NOBODY | {"business_manager": 200}
MANAGER_DOES = NOBODY | {"business_manager": 302}
CHAIR = NOBODY | {"chair": 200}
CHAIR_DOES = NOBODY | {"chair": 302}

ROWS = {
    "highlight_reports:report-list": Row(**READERS),
    "highlight_reports:report-start": Row(**MANAGER),
    "highlight_reports:report-detail": Row(of("ready"), **READERS),
    "highlight_reports:report-progress": Row(of("ready"), **READERS),
    "highlight_reports:report-pdf": Row(of("ready"), **READERS | {"walled": 404}),
    "highlight_reports:report-wider": Row(of("ready"), **READERS | {"walled": 404}),
    "highlight_reports:report-figure": Row(
        lambda world: of("ready")(world) | {"section": "headline", "key": "received"}, **READERS | {"walled": 404}
    ),
    "highlight_reports:ask-add": Row(of("draft"), **MANAGER),
    "highlight_reports:ask-drop": Row(lambda world: of("draft")(world) | {"pk": 0}, method="post", **MANAGER_DOES),
    "highlight_reports:report-withdraw": Row(of("ready"), **MANAGER),
    "highlight_reports:report-correct": Row(of("ready"), method="post", **MANAGER_DOES),
    # Who was asked answers a report that was sent, by link or signed in: tests/highlight_reports/test_answers.py.
    "highlight_reports:report-answer": Row(of("ready"), **NOBODY),
    "highlight_reports:link-answer": Row(lambda world: {"token": "nobodys-token"}, **everybody(404, anonymous=404)),
    "highlight_reports:link-pdf": Row(lambda world: {"token": "nobodys-token"}, **everybody(404, anonymous=404)),
    "highlight_reports:report-reschedule": Row(of("draft"), **MANAGER),
    "highlight_reports:commentary-edit": Row(lambda world: of("draft")(world) | {"section": "risks"}, **MANAGER),
    "highlight_reports:report-discard": Row(of("draft"), **MANAGER),
    "highlight_reports:report-submit": Row(of("draft"), method="post", **MANAGER_DOES),
    "highlight_reports:report-approve": Row(of("submitted"), method="post", **CHAIR_DOES),
    "highlight_reports:report-send-back": Row(of("submitted"), **CHAIR),
    "highlight_reports:report-render": Row(of("ready"), method="post", **MANAGER_DOES),
    "highlight_reports:report-send": Row(of("ready"), **MANAGER),
}
