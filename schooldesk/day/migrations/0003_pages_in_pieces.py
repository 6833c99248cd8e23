"""Pages are stored in deflated pieces; those of before are dropped, and composed on request until published."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('roster', '0002_first'),
        ('day', '0002_pages_before_feeds'),
    ]

    operations = [
        migrations.DeleteModel(name='HouseholdDay'),
        migrations.CreateModel(
            name='HouseholdDay',
            fields=[
                ('key', models.BigIntegerField(primary_key=True, serialize=False)),
                ('etag', models.CharField(max_length=34)),
                ('language', models.CharField(max_length=35)),
                ('turns', models.BinaryField()),
                ('head', models.BinaryField()),
                ('opening', models.BinaryField()),
                ('own', models.BinaryField()),
                ('tail', models.BinaryField()),
                ('compact', models.BinaryField()),
                ('base', models.BinaryField()),
                ('district', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.district')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
    ]
