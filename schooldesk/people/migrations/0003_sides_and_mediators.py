
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_first'),
    ]

    operations = [
        migrations.AddField(
            model_name='staff',
            name='side',
            field=models.CharField(blank=True, max_length=64, verbose_name='side of the bargaining table'),
        ),
        migrations.AlterField(
            model_name='staff',
            name='role',
            field=models.CharField(choices=[('teacher', 'Teacher'), ('provider', 'Service provider'), ('principal', 'Principal'), ('planner', 'District planner'), ('party', 'Side of the bargaining table'), ('mediator', 'Mediator')], max_length=10),
        ),
    ]
