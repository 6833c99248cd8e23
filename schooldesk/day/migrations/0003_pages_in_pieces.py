"""Pages and feeds are stored in deflated pieces.

Pages of before are dropped, and composed on request until they are published; feeds are packed as they
stand, since calendars count on their rising sequences.
"""

import django.db.models.deletion
from django.db import migrations, models

from schooldesk.day.packed import Packer


def pack_feeds(apps, editor):
    feeds, packer = apps.get_model('day', 'Feed')._base_manager, Packer()
    for key in list(feeds.values_list('pk', flat=True)):
        ics, state = feeds.values_list('ics', 'state').get(pk=key)
        feeds.filter(pk=key).update(ics=packer.own(bytes(ics)), state=packer.own(bytes(state or b'{}')))


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
        migrations.RunPython(pack_feeds, migrations.RunPython.noop),
    ]
