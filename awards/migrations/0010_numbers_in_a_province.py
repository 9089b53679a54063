"""A register's numbers are one province's; what says whose a paper is stands like its number."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import ExtractYear

from blocs.history import fixed, released


class Migration(migrations.Migration):
    dependencies = [("awards", "0009_papers_of_a_province")]

    operations = [
        # SQLite makes the table anew for what follows, and would lose the guard with the old one.
        released("awards_issueddocument"),
        migrations.RemoveConstraint(
            "issueddocument", "issued_document_number_once_per_series_and_year"
        ),
        migrations.AlterField(
            "issueddocument",
            "province",
            models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="blocs.province",
            ),
        ),
        migrations.AddConstraint(
            "issueddocument",
            models.UniqueConstraint(
                models.F("province"),
                models.F("series"),
                ExtractYear("dated"),
                models.F("number"),
                condition=~models.Q(number=""),
                name="issued_document_number_once_per_series_and_year",
                violation_error_message="This number is taken in this series and year.",
            ),
        ),
        fixed(
            "awards_issueddocument",
            *("review_id", "province_id", "kind", "about", "version", "series", "number", "dated"),
            *("variant", "token", "content", "sha256"),
        ),
    ]
