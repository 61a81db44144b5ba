from django.db import migrations

KINDS = [
    ("notification", "Notification"),
    ("referral", "Referral"),
    ("rapid-review", "Rapid review"),
    ("agency-return", "Agency return"),
    ("chronology", "Chronology"),
    ("legal", "Legal"),
    ("media", "Media"),
    ("other", "Other"),
]


def add(apps, schema_editor):
    kind = apps.get_model("documents", "DocumentKind")
    for position, (code, name) in enumerate(KINDS, 1):
        kind.objects.get_or_create(code=code, defaults={"name": name, "position": position * 10})


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
