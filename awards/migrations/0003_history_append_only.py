"""Histories take new rows only; an issued paper keeps its bytes."""

from django.db import migrations

from blocs.history import append_only, fixed


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_initial"), ("scoring", "0002_history_append_only")]

    operations = [
        append_only("awards_conferencechange"),
        append_only("awards_dossierchange"),
        append_only("awards_proposalchange"),
        append_only("awards_documentchange"),
        fixed(
            "awards_issueddocument",
            *("review_id", "kind", "version", "series", "number", "dated", "content", "sha256"),
        ),
    ]
