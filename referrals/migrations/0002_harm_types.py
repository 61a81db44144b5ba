from django.db import migrations

HARM_TYPES = [
    "Non-accidental injury",
    "Fatal assault",
    "Neglect",
    "Sudden unexpected death in infancy",
    "Intrafamilial sexual abuse",
    "Child sexual exploitation",
    "Criminal exploitation or serious youth violence",
    "Suspected suicide",
    "Self-harm",
    "Fabricated or induced illness",
    "Institutional harm",
    "Online harm",
    "Other",
]


def add(apps, schema_editor):
    harm_type = apps.get_model("referrals", "HarmType")
    for position, name in enumerate(HARM_TYPES, start=1):
        harm_type.objects.get_or_create(name=name, defaults={"position": position * 10})


def remove(apps, schema_editor):
    apps.get_model("referrals", "HarmType").objects.filter(name__in=HARM_TYPES).delete()


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
