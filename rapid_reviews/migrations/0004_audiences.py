from django.db import migrations

AUDIENCES = [
    "Frontline practitioners",
    "Managers and supervisors",
    "Designated safeguarding leads in schools and early years",
    "GPs and primary care",
    "Commissioners",
    "Training and workforce development",
    "Voluntary, community and faith organisations",
    "Children, young people and families",
    "Executive Group",
    "Neighbouring partnerships",
]


def add(apps, schema_editor):
    audience = apps.get_model("rapid_reviews", "Audience")
    for position, name in enumerate(AUDIENCES, start=1):
        audience.objects.get_or_create(name=name, defaults={"position": position * 10})


def remove(apps, schema_editor):
    apps.get_model("rapid_reviews", "Audience").objects.filter(name__in=AUDIENCES).delete()


class Migration(migrations.Migration):
    dependencies = [("rapid_reviews", "0003_voice_of_each_child")]

    operations = [migrations.RunPython(add, remove)]
