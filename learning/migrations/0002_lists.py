"""Starting lists, to be edited by the partnership: practice areas, the parts of a 7-minute briefing, impact intervals.

The seven parts follow the briefings that partnerships publish; the intervals of 6 and 12 months are local practice, to be
confirmed by the partnership.
"""

from django.db import migrations

SOURCE = "Local starting list, to be edited by the partnership"
AREAS = [
    "Antenatal and maternity", "Health visiting", "General practice", "Hospital and emergency department",
    "Hospital discharge", "Mental health services", "Substance misuse services", "Early help", "Front door (MASH)",
    "Child protection planning", "Children in care and care leavers", "Early years settings", "Schools and colleges",
    "Elective home education", "Police attendance and investigation", "Youth justice", "Housing",
]  # fmt: skip
PARTS = [
    ("Background", "What was reviewed, and why, in two or three sentences. Cases by pseudonym only."),
    ("Why it matters", "What can happen to children where this is missed; the law or guidance that applies."),
    ("What happened", "The little of the story that is needed to understand the learning."),
    ("Findings", "What the review found: what helped, what got in the way."),
    ("What good practice looks like", "What to do next time, in words that can be acted on."),
    ("Questions for you and your team", "Three or four questions to talk over in supervision or a team meeting."),
    ("Where to find more", "Procedures, training, people to ask, and how to escalate."),
]
MONTHS = [6, 12]


def add(apps, schema_editor):
    area = apps.get_model("learning", "PracticeArea")
    for name in AREAS:
        area.objects.create(name=name, source=SOURCE)
    part = apps.get_model("learning", "BriefingPart")
    for number, (heading, guidance) in enumerate(PARTS, 1):
        part.objects.create(position=number, heading=heading, guidance=guidance)
    interval = apps.get_model("learning", "ImpactInterval")
    for months in MONTHS:
        interval.objects.create(months=months)


def remove(apps, schema_editor):
    apps.get_model("learning", "PracticeArea").objects.filter(name__in=AREAS, learning_points__isnull=True).delete()
    apps.get_model("learning", "BriefingPart").objects.all().delete()
    apps.get_model("learning", "ImpactInterval").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
