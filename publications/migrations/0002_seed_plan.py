"""The plan with which new publications start: statutory steps by their time limits, the rest as local practice."""

from datetime import time
from typing import Any

from django.db import migrations

LOCAL = "Local practice, to be confirmed"
GUIDANCE = "Working Together 2018, ch. 4; 2023, ch. 5"
# kind, title, who, working days from publication, time limit, only for an LCSPR, source
STEPS = [
    ("strategy", "Media strategy agreed with the partners", "Communications leads of the three partners", -20, "", False,
     "Terms of Reference of the Panel, section 1; days: local practice, to be confirmed"),
    ("approval_la", "Local authority approves the report", "Local authority", -15, "", False, LOCAL),
    ("approval_icb", "Integrated care board approves the report", "Integrated care board", -15, "", False, LOCAL),
    ("approval_police", "Police approve the report", "Police", -15, "", False, LOCAL),
    ("copy_national_panel", "Send the full report to the national Panel", "Business manager", 0, "lcspr-copy", True, GUIDANCE),
    ("copy_secretary", "Send the full report to the Secretary of State", "Business manager", 0, "lcspr-copy", True, GUIDANCE),
    ("family", "Inform the family and share the report", "The reviewer or the chair", -10, "", False, LOCAL),
    ("agencies", "Inform the agencies", "Business manager", -10, "", False, LOCAL),
    ("staff", "Inform the staff involved, with support offered", "Safeguarding leads of the agencies", -5, "", False, LOCAL),
    ("comms", "Tell the communications teams the final times", "Business manager", -2, "", False, LOCAL),
    ("go_live", "Go-live", "Business manager", 0, "", False, "The planned date"),
    ("repository", "Send the report to the NSPCC repository", "Business manager", 5, "", True, LOCAL),
    ("available", "Keep the report publicly available until", "Business manager", 0, "lcspr-available", True, GUIDANCE),
]  # fmt: skip
DAY = [
    (time(8, 0), "Confirm with everybody that publication goes ahead", "Business manager"),
    (time(8, 30), "Call the family: the report appears today", "The reviewer or the chair"),
    (time(9, 0), "Call the safeguarding leads of the agencies", "Business manager"),
    (time(9, 30), "Staff involved know whom they can talk to", "Safeguarding leads of the agencies"),
    (time(10, 0), "Publish the report and look at its page", "Business manager"),
    (time(10, 5), "Release the statement", "Communications leads of the three partners"),
    (time(10, 15), "Tell the national Panel and the Secretary of State that it is out", "Business manager"),
    (time(16, 0), "Look back: questions from the press, staff, family", "Spokesperson and communications leads"),
]


def seed(apps: Any, schema_editor: Any) -> None:
    step, line = apps.get_model("publications", "StepTemplate"), apps.get_model("publications", "DayTemplate")
    for position, (kind, title, who, days, rule, only, source) in enumerate(STEPS, 1):
        step.objects.create(
            kind=kind, title=title, who=who, days=days, rule_code=rule, only_lcspr=only, source=source,
            position=position * 10,
        )  # fmt: skip
    line.objects.bulk_create([line(at=at, what=what, who=who) for at, what, who in DAY])
    kind = apps.get_model("documents", "DocumentKind")
    kind.objects.get_or_create(code="publication", defaults={"name": "Report to be published", "position": 75})


def unseed(apps: Any, schema_editor: Any) -> None:
    apps.get_model("publications", "StepTemplate").objects.all().delete()
    apps.get_model("publications", "DayTemplate").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_initial"), ("documents", "0002_kinds")]
    operations = [migrations.RunPython(seed, unseed)]
