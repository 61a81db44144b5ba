"""The one row of local practice: draft ten, reminder three working days before the Executive meets."""

from django.db import migrations


def add(apps, schema_editor):
    apps.get_model("highlight_reports", "ReportPractice").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("highlight_reports", "0003_answers_and_corrections")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
