
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('roster', '0003_no_index_twice'),
    ]

    operations = [
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.SlugField(max_length=64)),
                ('kind', models.CharField(choices=[('consequences', 'Consequences'), ('packages', 'Packages of the disputed terms')], max_length=12)),
                ('asked', models.JSONField()),
                ('started', models.DateTimeField()),
                ('finished', models.DateTimeField(null=True)),
                ('done', models.IntegerField(default=0)),
                ('due', models.IntegerField(default=0)),
                ('body', models.BinaryField(default=b'')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='roster.district')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.SlugField(max_length=64)),
                ('side', models.CharField(max_length=64)),
                ('who', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('answer', models.BooleanField()),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='roster.district')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='TableVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.SlugField(max_length=64)),
                ('title', models.CharField(max_length=300)),
                ('made', models.DateTimeField()),
                ('who', models.CharField(max_length=150)),
                ('files', models.JSONField()),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='roster.district')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Asking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.SlugField(db_index=False, max_length=64)),
                ('most', models.IntegerField()),
                ('stopped', models.BooleanField(default=False)),
                ('district', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.district')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('district', 'table'), name='one_rule_a_table')],
            },
        ),
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.SlugField(db_index=False, max_length=64)),
                ('side', models.CharField(max_length=64)),
                ('measure', models.CharField(max_length=100)),
                ('at_least', models.FloatField(null=True)),
                ('at_most', models.FloatField(null=True)),
                ('who', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('district', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='roster.district')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('district', 'table', 'side', 'measure'), name='one_limit_a_measure')],
            },
        ),
    ]
