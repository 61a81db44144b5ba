"""The time limits of the field, their reminder steps, and the bank holidays of England and Wales from 2012 to 2028.

Everything here is a first filling: editions, lengths, steps and holidays are changed in the admin site afterwards.
The holidays stand in data/england-and-wales.csv, taken once from the GOV.UK list, because that list forgets old years.
Running it twice adds nothing.
"""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.db import migrations

HOLIDAYS = Path(__file__).resolve().parent.parent / "data" / "england-and-wales.csv"
REGULATIONS = date(2018, 6, 29)  # the new arrangements and the 2018 Regulations came into force
WT2023 = date(2023, 12, 15)
PANEL_GUIDANCE = date(2025, 6, 1)

WT = "Working Together to Safeguard Children"
BOTH = "2023, ch. 5; before it 2018, ch. 4"
PRACTICE = "Local practice, seen in several partnerships"

# code, title, who, trigger, starts at, kind, length, category, source, edition, other fields
RULES: list[tuple[Any, ...]] = [
    ("notify-national-panel", "Notify the national Panel", "The local authority sends the serious incident notification",
     "The local authority becomes aware that an incident meets s16C(1)", "aware", "forward-working-days", 5, "guidance",
     f"Children Act 2004 s16C(1) (duty); {WT} (days)", BOTH, {}),
    ("inform-partners", "Inform the Safeguarding Partners", "The local authority tells the three Safeguarding Partners",
     "The local authority becomes aware that an incident meets s16C(1)", "aware", "forward-working-days", 5, "guidance",
     WT, BOTH, {}),
    ("looked-after-death", "Tell the Secretary of State and Ofsted of a looked-after child’s death",
     "The local authority tells the Secretary of State and Ofsted, whether or not abuse or neglect is suspected",
     "The local authority becomes aware of the death", "aware", "forward-working-days", 5, "guidance",
     WT, BOTH,
     {"status": "to-be-confirmed", "status_note": "No separate limit was found in the guidance: it is tracked as "
      "5 working days, for looked-after children and care leavers to 24 alike, until that is confirmed."}),
    ("rapid-review", "Rapid review", "The rapid review is completed and sent to the national Panel with the decision",
     "The Safeguarding Partners become aware of the incident", "aware", "forward-working-days", 15, "guidance",
     WT, "2018, ch. 4", {"effective_until": date(2023, 12, 14)}),
    ("rapid-review", "Rapid review", "The rapid review is completed and sent to the national Panel with the decision",
     "The Safeguarding Partners become aware of the incident", "aware", "forward-working-days", 15, "guidance",
     WT, "2023, ch. 5",
     {"effective_from": WT2023, "effective_until": date(2025, 5, 31)}),
    ("rapid-review", "Rapid review", "The rapid review is completed and sent to the national Panel with the decision",
     "The notification is sent to the national Panel", "notified", "forward-working-days", 15, "guidance",
     f"{WT}; national Panel guidance", "2023, ch. 5; guidance of June 2025",
     {"effective_from": PANEL_GUIDANCE, "stricter_starts_at": "aware"}),
    ("national-panel-reply", "Reply of the national Panel", "The national Panel answers the rapid review",
     "The rapid review is sent", "review-sent", "forward-working-days", 15, "local",
     PRACTICE, "As seen in 2026", {"earliest": 10, "limit": "expected", "status_note": "An expectation from practice, "
      "about 10 to 15 working days. No duty of ours: it is never overdue."}),
    ("inform-of-lcspr", "Tell of the decision for a local child safeguarding practice review",
     "The partners tell the national Panel, Ofsted and the Department for Education, with the reviewer’s name",
     "The partners decide to have the review", "decision", "forward-working-days", 1, "guidance",
     WT, BOTH,
     {"status": "to-be-confirmed", "status_note": "The guidance says “as soon as determined”: tracked as 1 working "
      "day, which the partnership may change."}),
    ("lcspr-publish", "Publish the local child safeguarding practice review",
     "The review is completed and published", "The partners decide to initiate the review", "decision",
     "forward-months", 6, "guidance", WT, BOTH, {}),
    ("lcspr-copy", "Copy the full report ahead of publication",
     "The partners send the full report to the national Panel and the Secretary of State",
     "The date of publication, counted back", "publication", "back-working-days", 7, "guidance", WT, BOTH,
     {"warns_clear_days": True}),
    ("lcspr-available", "Keep the report publicly available", "The partners keep the published report available",
     "The report is published", "publication", "forward-years", 1, "guidance", WT, BOTH, {"limit": "until"}),
    ("delay-notice", "Give notice of delay",
     "The partners tell the national Panel and the Secretary of State why publication is late or withheld",
     "The delay is known", "known", "forward-none", None, "guidance", WT, BOTH, {}),
    ("yearly-report", "Yearly report", "The partners report on reviews, and on actions that follow from them",
     "The last yearly report", "last-report", "forward-months", 12, "law",
     "Children Act 2004 s16G(7)", "As amended in 2017", {}),
    ("panel-meeting", "Meeting of the Panel",
     "The Panel meets in alternate months; moved at short notice to keep a rapid review in time",
     "The last meeting", "last-meeting", "forward-months", 2, "tor",
     "Terms of Reference of the Panel, section 3", "Reviewed June 2022", {}),
]  # fmt: skip

# Local milestones inside the 15 days: code, day, (from day), title, who
MILESTONES = [
    ("rr-copies", 1, None, "Copy and information requests out", "The business manager"),
    ("rr-agencies", 2, None, "Agencies confirm involvement", "The involved agencies"),
    ("rr-progress", 5, None, "Progress check", "The lead"),
    ("rr-returns", 8, None, "Agency returns due", "The involved agencies"),
    ("rr-collated", 10, None, "Returns collated", "The business manager"),
    ("rr-meeting", 12, 11, "Rapid review meeting", "The Panel"),
    ("rr-draft", 13, None, "Draft of the rapid review", "The lead"),
    ("rr-sign-off", 14, None, "Partners sign off", "The Safeguarding Partners"),
    ("rr-sent", 15, None, "Rapid review sent", "The business manager"),
]

Step = tuple[str, int, int | None, list[str]]
AFTER, BEFORE, LATE = "after-trigger", "before-due", "late"
L, B, C, E = "lead", "business_manager", "chair", "executive"
SHORT: list[Step] = [
    (AFTER, 3, None, [L]), (AFTER, 4, None, [L, B]), (BEFORE, 0, None, [L, B, C]),
    (LATE, 1, 1, [L, B, C]), (LATE, 1, 5, [E]),
]  # fmt: skip
# code: anchor, working days, again every, whom
LADDERS: dict[str, list[Step]] = {
    "rapid-review": [
        (AFTER, 5, None, [L]), (AFTER, 10, None, [L, B]), (AFTER, 12, None, [L, B, C]), (AFTER, 14, None, [L, B, C]),
        (BEFORE, 0, None, [L, B, C]), (LATE, 1, 1, [L, B, C]), (LATE, 1, 5, [E]),
    ],
    "notify-national-panel": SHORT,
    "inform-partners": SHORT,
    "looked-after-death": SHORT,
    "national-panel-reply": [(BEFORE, 0, None, [L]), (LATE, 5, None, [L, B])],
    "inform-of-lcspr": [(BEFORE, 0, None, [L, B]), (LATE, 1, 1, [L, B, C]), (LATE, 1, 5, [E])],
    "lcspr-publish": [
        (BEFORE, 40, None, [L]), (BEFORE, 20, None, [L, B]), (BEFORE, 10, None, [L, B, C]), (BEFORE, 5, None, [L, B]),
        (BEFORE, 0, None, [L, B, C]), (LATE, 1, 5, [L, B, C]), (LATE, 1, 20, [E]),
    ],
    "lcspr-copy": [
        (BEFORE, 10, None, [L]), (BEFORE, 5, None, [L, B]), (BEFORE, 1, None, [L, B]), (BEFORE, 0, None, [L, B, C]),
        (LATE, 1, 1, [L, B, C]), (LATE, 1, 5, [E]),
    ],
    "lcspr-available": [(BEFORE, 0, None, [B])],
    "yearly-report": [(BEFORE, 40, None, [B]), (BEFORE, 10, None, [B, C]), (BEFORE, 0, None, [B, C]),
                      (LATE, 1, 5, [B, C])],
    "panel-meeting": [(BEFORE, 10, None, [B]), (BEFORE, 0, None, [B, C]), (LATE, 1, 5, [B, C])],
}  # fmt: skip
MILESTONE_LADDER: list[Step] = [(BEFORE, 0, None, [L]), (LATE, 1, None, [B])]  # on day 15 the rapid review's own clock speaks


def _add_rule(apps: Any, code: str, steps: list[Step], **fields: Any) -> None:
    rule, is_new = apps.get_model("deadlines", "Rule").objects.get_or_create(
        code=code, effective_from=fields.pop("effective_from", REGULATIONS), defaults=fields
    )
    if is_new:
        step_model = apps.get_model("deadlines", "LadderStep")
        step_model.objects.bulk_create(
            [
                step_model(rule=rule, anchor=anchor, offset=offset, every=every,
                           **{level: level in whom for level in (L, B, C, E)})
                for anchor, offset, every, whom in steps
            ]
        )  # fmt: skip


def add_rules(apps: Any) -> None:
    for code, title, who, trigger, starts_at, kind, length, category, source, edition, more in RULES:
        direction, unit = kind.split("-", 1)
        _add_rule(
            apps, code, LADDERS.get(code, []), title=title, who=who, trigger=trigger, starts_at=starts_at,
            direction=direction, unit=unit, length=length, category=category, source=source, edition=edition, **more,
        )  # fmt: skip
    for code, day, earliest, title, who in MILESTONES:
        _add_rule(
            apps, code, [] if day == 15 else MILESTONE_LADDER, title=title, who=who, trigger="The same day as the rapid review’s clock",
            starts_at="main-clock", direction="forward", unit="working-days", length=day, earliest=earliest,
            milestone_of="rapid-review", category="local", source=PRACTICE, edition="As seen in 2026",
        )  # fmt: skip


def add_holidays(apps: Any) -> None:
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        holidays = {date.fromisoformat(row["date"]): row["title"] for row in csv.DictReader(file)}
    holiday_model = apps.get_model("deadlines", "BankHoliday")
    holiday_model.objects.bulk_create(
        [holiday_model(date=day, title=title, origin="published") for day, title in holidays.items()],
        ignore_conflicts=True,
    )
    year_model = apps.get_model("deadlines", "CalendarYear")
    year_model.objects.bulk_create(
        [year_model(year=year, note="GOV.UK list of bank holidays") for year in sorted({d.year for d in holidays})],
        ignore_conflicts=True,
    )


def seed(apps: Any, schema_editor: Any = None) -> None:
    add_rules(apps)
    add_holidays(apps)


def unseed(apps: Any, schema_editor: Any) -> None:
    for name in ("LadderStep", "Rule", "CalendarYear", "BankHoliday"):
        apps.get_model("deadlines", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]
    operations = [migrations.RunPython(seed, unseed)]
