from django.db import migrations


def add(apps, schema_editor):
    kind = apps.get_model("documents", "DocumentKind")
    kind.objects.get_or_create(
        code="national-panel", defaults={"name": "Letter of the national Panel", "position": 35}
    )


class Migration(migrations.Migration):
    dependencies = [("rapid_reviews", "0004_audiences"), ("documents", "0002_kinds")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
