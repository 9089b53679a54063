"""Issued papers keep what is printed on them; signed copies and what was found in them stand."""

from django.db import migrations

from blocs.history import append_only, fixed, released


class Migration(migrations.Migration):
    dependencies = [("awards", "0007_papers_in_full")]

    operations = [
        released("awards_issueddocument"),
        fixed(
            "awards_issueddocument",
            *("review_id", "kind", "about", "version", "series", "number", "dated"),
            *("variant", "token", "content", "sha256"),
        ),
        append_only("awards_signedcopy"),
        append_only("awards_copysignature"),
    ]
