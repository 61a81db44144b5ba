from django.db import migrations

from referrals.names import all_names, keys

# The order in which the national form asks is not confirmed against its current text.
PARTS = [
    ("notifier", "Who notifies"),
    ("incident", "The incident"),
    ("children", "The children"),
    ("family", "Parents, carers and other people"),
    ("circumstances", "What happened"),
    ("agencies", "Agencies involved"),
    ("dates", "Dates, and who was told"),
]


def add(apps, schema_editor):
    part = apps.get_model("referrals", "SheetPart")
    for position, (code, title) in enumerate(PARTS, start=1):
        part.objects.get_or_create(code=code, defaults={"title": title, "position": position * 10})
    name_key = apps.get_model("referrals", "NameKey")
    for child in apps.get_model("referrals", "Child").objects.all():
        values = keys(all_names(child.name, child.other_names), child.date_of_birth)
        name_key.objects.bulk_create(
            [name_key(referral_id=child.referral_id, child=child, value=value) for value in sorted(values)]
        )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_people_links_circumstances")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
