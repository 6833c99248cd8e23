"""Indexes that other indexes begin with are dropped: they misled SQLite and slowed each import."""


import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('day', '0003_pages_in_pieces'),
        ('roster', '0003_no_index_twice'),
    ]

    operations = [
        migrations.AlterField(
            model_name='presence',
            name='district',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.district'),
        ),
    ]
