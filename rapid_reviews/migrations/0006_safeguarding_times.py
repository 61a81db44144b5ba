"""The times for safeguarding issues as the terms of reference leave them to the partnership: local practice, editable."""

from datetime import date

from django.db import migrations

SOURCE = "Local practice, to be confirmed by the partnership: the terms of reference ask for escalation and set no days"


def add(apps, schema_editor):
    times = apps.get_model("rapid_reviews", "SafeguardingTimes")
    times.objects.create(
        answer_within=1, chase_every=1, chair_after=1, partners_after=2, source=SOURCE, effective_from=date(2020, 1, 1)
    )


def remove(apps, schema_editor):
    apps.get_model("rapid_reviews", "SafeguardingTimes").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("rapid_reviews", "0005_national_panel_letters")]
    operations = [migrations.RunPython(add, remove)]
