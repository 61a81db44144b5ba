from django.db import migrations


def add_partnership(apps, schema_editor):
    apps.get_model("panel", "Partnership").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    """The one row of Partnership, with the model's defaults. Undoing leaves it: it may have been edited."""

    dependencies = [("panel", "0001_initial")]

    operations = [migrations.RunPython(add_partnership, migrations.RunPython.noop)]
