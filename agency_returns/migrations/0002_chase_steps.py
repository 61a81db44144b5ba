"""The chase ladder as partnerships use it: local practice, editable in the admin site."""

from django.db import migrations

# anchor, working days, again every, the agency, the business manager
STEPS = [
    ("before-due", 3, None, True, False),
    ("before-due", 0, None, True, False),
    ("late", 1, None, True, True),
    ("late", 3, 2, True, True),
]


def add(apps, schema_editor):
    step = apps.get_model("agency_returns", "ChaseStep")
    for anchor, offset, every, agency, manager in STEPS:
        step.objects.create(anchor=anchor, offset=offset, every=every, tells_agency=agency, tells_manager=manager)


def remove(apps, schema_editor):
    apps.get_model("agency_returns", "ChaseStep").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("agency_returns", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
