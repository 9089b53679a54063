"""Recalculations and the moves of objections and reopenings take new rows only."""

from django.db import migrations

from blocs.history import append_only


class Migration(migrations.Migration):
    dependencies = [("scoring", "0004_findings_objections_reopenings")]

    operations = [
        append_only("scoring_recalculation"),
        append_only("scoring_objectionchange"),
        append_only("scoring_reopeningchange"),
    ]
