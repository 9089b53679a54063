"""Resolutions of before were measured against all members; so many could vote as were present."""

from django.db import migrations
from django.db.models import F


def measure(apps, _editor):
    Resolution = apps.get_model("awards", "Resolution")
    Attendance = apps.get_model("awards", "Attendance")
    Resolution.objects.update(base_count=F("entitled"))
    for conference in Resolution.objects.values_list("conference", flat=True).distinct():
        present = Attendance.objects.filter(conference=conference, present=True).count()
        Resolution.objects.filter(conference=conference).update(present=present)


class Migration(migrations.Migration):
    dependencies = [("awards", "0004_conference_in_full")]

    operations = [migrations.RunPython(measure, migrations.RunPython.noop)]
