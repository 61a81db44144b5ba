from django.db import migrations

SOURCE = "Local starting list, to be edited by the partnership"
THEMES = [
    ("Information sharing", "What was known in one place did not reach another, or too late."),
    ("Professional curiosity", "Accounts were taken as given; what did not fit was not asked about."),
    ("Voice of the child", "The child was not seen alone, heard or understood."),
    ("Assessment of risk", "Risk was not recognised, or not weighed again when something changed."),
    ("Neglect over time", "Single events were answered, the pattern was not seen."),
    ("Thresholds and referrals", "Whether and how a concern was passed on, and what became of it."),
    ("Pre-birth and babies under one", "Planning before birth, and the safety of the youngest."),
    ("Fathers and other carers", "Men and others in the household were not known or not spoken to."),
    ("Domestic abuse", "Its effect on the children, and how agencies answered it together."),
    ("Parental mental health or substance use", "How a parent’s health bore on the care of the child."),
    ("Missed appointments", "A child was not brought, and it was not followed up."),
    ("Moves and transitions", "Between areas, schools, services, or into adulthood."),
    ("Harm outside the home", "Exploitation, violence and harm online."),
    ("Race, ethnicity and culture", "How identity shaped what happened and how agencies responded."),
    ("Disability and health needs", "How they were understood, and whether they hid harm."),
    ("Supervision and management oversight", "Whether practitioners were helped to think and decide."),
    ("Escalation and professional challenge", "Whether disagreement was voiced and settled."),
    ("Capacity and workload", "What practitioners had time and means to do."),
]


def add(apps, schema_editor):
    theme = apps.get_model("rapid_reviews", "Theme")
    for name, description in THEMES:
        theme.objects.get_or_create(name=name, defaults={"description": description, "source": SOURCE})


def remove(apps, schema_editor):
    names = [name for name, _ in THEMES]
    apps.get_model("rapid_reviews", "Theme").objects.filter(name__in=names, review_themes__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("rapid_reviews", "0006_safeguarding_times")]

    operations = [migrations.RunPython(add, remove)]
