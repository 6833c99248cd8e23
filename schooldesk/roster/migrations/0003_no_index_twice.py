"""Indexes that other indexes begin with are dropped: they misled SQLite and slowed each import."""

import django.db.models.deletion
from django.db import migrations, models

class Migration(migrations.Migration):

    dependencies = [
        ('roster', '0002_first'),
    ]

    operations = [
        migrations.AlterField(
            model_name='enrollment',
            name='version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.rosterversion'),
        ),
        migrations.AlterField(
            model_name='home',
            name='version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.rosterversion'),
        ),
        migrations.AlterField(
            model_name='household',
            name='district',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.district'),
        ),
        migrations.AlterField(
            model_name='pupil',
            name='version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.rosterversion'),
        ),
        migrations.AlterField(
            model_name='school',
            name='version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.rosterversion'),
        ),
        migrations.AlterField(
            model_name='section',
            name='version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.rosterversion'),
        ),
        migrations.AlterField(
            model_name='service',
            name='version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.rosterversion'),
        ),
        migrations.AlterField(
            model_name='staffmember',
            name='version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.rosterversion'),
        ),
        migrations.AlterField(
            model_name='teaching',
            name='version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.rosterversion'),
        ),
    ]
