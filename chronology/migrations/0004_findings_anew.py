from django.db import migrations
from django.utils import timezone


def compute_again(apps, schema_editor):
    """Findings of before know nothing of what they rest on: the sweep has them made anew."""
    apps.get_model("chronology", "Timeline").objects.filter(stale_since__isnull=True).update(stale_since=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("chronology", "0003_dismissals_and_exports")]

    operations = [migrations.RunPython(compute_again, migrations.RunPython.noop)]
