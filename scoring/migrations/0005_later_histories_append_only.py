"""Later histories take new rows only; findings, objections and requests keep their words."""

from django.db import migrations

from blocs.history import append_only, fixed


class Migration(migrations.Migration):
    dependencies = [("scoring", "0004_findings_objections_reopenings")]

    operations = [
        append_only("scoring_sheetchange_criteria"),
        append_only("scoring_recalculation"),
        append_only("scoring_objectionchange"),
        append_only("scoring_reopeningchange"),
        fixed(
            "scoring_finding",
            *("membership_id", "knockout_id", "touches_id", "effect", "grade", "matter"),
            *("source_agency", "document", "document_date", "received_on"),
            *("recorded_by_id", "recorded_at"),
        ),
        fixed("scoring_objection", "score_id", "reason", "raised_by_id", "raised_at"),
        fixed("scoring_reopening", "summary_id", "reason", "asked_by_id", "asked_at"),
    ]
