"""Short forms of given names, and words that are names too: what the partnership's own lists begin with."""

from django.db import migrations

from publications.disclosure.ordinary import seed_short_forms, seed_words


def add(apps, schema_editor):
    short_form, ordinary = (apps.get_model("publications", name) for name in ("ShortForm", "OrdinaryWord"))
    short_form.objects.bulk_create([short_form(name=name, short=short) for name, short in seed_short_forms()])
    ordinary.objects.bulk_create([ordinary(word=word) for word in seed_words()])


def remove(apps, schema_editor):
    for name in ("ShortForm", "OrdinaryWord"):
        apps.get_model("publications", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("publications", "0003_disclosure")]
    operations = [migrations.RunPython(add, remove)]
