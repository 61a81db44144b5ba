"""The ladder for drafts and the type of their documents. The days are local practice, to be confirmed, and editable."""

from django.db import migrations

# anchor, working days, again every, the agency, the business manager
STEPS = [
    ("before-due", 3, None, True, False),
    ("before-due", 0, None, True, False),
    ("late", 1, 3, True, True),
]
KIND = {"code": "review-draft", "name": "Draft of a review", "position": 65}


def add(apps, schema_editor):
    step = apps.get_model("practice_reviews", "FactCheckStep")
    for anchor, offset, every, agency, manager in STEPS:
        step.objects.create(
            anchor=anchor, offset=offset, every=every, tells_agency=agency, tells_manager=manager
        )
    apps.get_model("documents", "DocumentKind").objects.get_or_create(code=KIND["code"], defaults=KIND)


def remove(apps, schema_editor):
    apps.get_model("practice_reviews", "FactCheckStep").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("practice_reviews", "0002_milestones_and_times"), ("documents", "0002_kinds")]
    operations = [migrations.RunPython(add, remove)]
