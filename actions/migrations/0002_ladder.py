"""The escalation ladder: reminders, then the chair, then the Executive Group (terms of reference, June 2022: "escalating
issues as appropriate"). The numbers are local practice, to be confirmed, and editable in the admin site."""

from datetime import date

from django.db import migrations

FROM = date(2022, 6, 1)
# anchor, how many, of what, again every, the lead, the business manager, escalates to
STEPS = [
    ("before-due", 10, "working-days", None, True, False, ""),
    ("before-due", 0, "working-days", None, True, False, ""),
    ("late", 1, "working-days", 5, True, True, ""),
    ("late", 10, "working-days", None, False, False, "chair"),
    ("late", 1, "months", None, False, False, "executive"),
]


def add(apps, schema_editor):
    step = apps.get_model("actions", "LadderStep")
    for anchor, offset, unit, every, lead, manager, level in STEPS:
        step.objects.create(
            anchor=anchor, offset=offset, unit=unit, every=every, tells_lead=lead, tells_manager=manager,
            escalates_to=level, from_date=FROM,
        )  # fmt: skip


def remove(apps, schema_editor):
    apps.get_model("actions", "LadderStep").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("actions", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
