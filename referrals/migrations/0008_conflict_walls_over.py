from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_conflict_walls_facts")]

    operations = [
        migrations.AddConstraint(
            model_name='conflictofinterest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('status__in', ('dismissed', 'ended'))), models.Q(models.Q(('status__in', ('dismissed', 'ended')), _negated=True), ('ended_on__isnull', True)), _connector='OR'), name='referrals_conflict_over_has_an_end'),
        ),
    ]
