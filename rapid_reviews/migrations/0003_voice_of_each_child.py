from django.db import migrations


def give_to_the_first_child(apps, schema_editor):
    """The child's voice is written for each child now: what was written for all becomes the first child's."""
    Section = apps.get_model("rapid_reviews", "Section")
    Child = apps.get_model("referrals", "Child")
    for section in Section.objects.filter(key="voice", child=None).select_related("review"):
        child = Child.objects.filter(referral=section.review.referral_id).order_by("position", "pk").first()
        if child is not None:
            Section.objects.filter(pk=section.pk).update(child=child)


class Migration(migrations.Migration):
    dependencies = [("rapid_reviews", "0002_whole_review")]

    operations = [migrations.RunPython(give_to_the_first_child, migrations.RunPython.noop)]
