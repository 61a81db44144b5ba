from django.db import migrations
from django.db.models import F


def say_what_is_known(apps, schema_editor):
    """Ended conflicts get the status that says so; the agencies of recorded cases were named in the referral."""
    apps.get_model("referrals", "ConflictOfInterest").objects.filter(ended_on__isnull=False).update(status="ended")
    agencies = apps.get_model("referrals", "InvolvedAgency").objects.filter(referral__recorded_at__isnull=False)
    agencies.update(from_the_start=True)


class Migration(migrations.Migration):
    """Undoing leaves the facts: the fields go with the migration before."""

    dependencies = [("referrals", "0006_conflict_walls")]

    operations = [migrations.RunPython(say_what_is_known, migrations.RunPython.noop)]
