"""Milestones by type of review and the times for single-agency reviews: local practice, editable in the admin site."""

from datetime import date

from django.db import migrations

PRACTICE = "Local practice, to be confirmed by the partnership"
# type, weeks after the decision, title, who
STEPS = [
    ("lcspr", 2, "Scope and terms agreed", "The chair"),
    ("lcspr", 4, "Reviewer appointed, independence declared", "The business manager"),
    ("lcspr", 6, "First meeting of the review’s panel", "The reviewer"),
    ("lcspr", 10, "Agencies’ information with the reviewer", "The agencies in scope"),
    ("lcspr", 13, "Practitioner event held", "The reviewer"),
    ("lcspr", 17, "First draft", "The reviewer"),
    ("lcspr", 20, "Facts checked by the agencies", "The agencies in scope"),
    ("lcspr", 23, "Report signed off", "The chair and the three partners"),
    ("lcspr", 26, "Report published", "The three partners"),
    ("multi_agency", 2, "Scope and terms agreed", "The chair"),
    ("multi_agency", 6, "Agencies’ information collated", "The agencies in scope"),
    ("multi_agency", 9, "Practitioner event held", "The business manager"),
    ("multi_agency", 12, "Report signed off", "The chair"),
    ("single_agency", 1, "Agency has accepted", "The agency"),
    ("single_agency", 5, "Progress heard", "The agency"),
    ("single_agency", 9, "Report received", "The agency"),
    ("single_agency", 12, "Findings heard by the Panel", "The Panel"),
    ("audit", 2, "Questions and sample agreed", "The Panel"),
    ("audit", 6, "Sample audited", "The agencies"),
    ("audit", 10, "Findings heard by the Panel", "The Panel"),
    ("other", 4, "Plan agreed", "The Panel"),
    ("other", 12, "Result heard by the Panel", "The Panel"),
]


def add(apps, schema_editor):
    step = apps.get_model("practice_reviews", "MilestoneStep")
    for kind, weeks, title, who in STEPS:
        step.objects.create(kind=kind, after_weeks=weeks, title=title, who=who, source=PRACTICE)
    apps.get_model("practice_reviews", "AskTimes").objects.create(source=PRACTICE, from_date=date(2022, 6, 1))


def remove(apps, schema_editor):
    apps.get_model("practice_reviews", "MilestoneStep").objects.all().delete()
    apps.get_model("practice_reviews", "AskTimes").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("practice_reviews", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
