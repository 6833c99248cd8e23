from django.db import migrations, models


def forget(apps, schema_editor):
    """Let go what was counted before grades were told apart: it is counted anew from the record."""
    apps.get_model('study', 'Earned')._base_manager.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('study', '0001_first'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='earned',
            name='days',
        ),
        migrations.AddField(
            model_name='earned',
            name='grades',
            field=models.JSONField(default=dict),
            preserve_default=False,
        ),
    ]
