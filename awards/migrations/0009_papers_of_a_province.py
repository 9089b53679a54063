"""Issued papers know their province, and printings the agency that they were made for."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, _editor):
    """From what they belong to; a person's agency of today is the best that is known."""
    document, job = apps.get_model("awards", "IssuedDocument"), apps.get_model("awards", "PrintJob")
    review, user = apps.get_model("blocs", "Review"), apps.get_model("blocs", "User")
    provinces = review.objects.filter(pk=OuterRef("review")).values("bloc__province")
    document.objects.update(province=Subquery(provinces[:1]))
    agencies = user.objects.filter(pk=OuterRef("asked_by")).values("agency")
    job.objects.update(agency=Subquery(agencies[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0008_papers_guarded"),
        ("blocs", "0004_reports_with_figures"),
    ]

    operations = [
        migrations.AddField(
            "issueddocument",
            "province",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="blocs.province",
            ),
        ),
        migrations.AddField(
            "printjob",
            "agency",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="blocs.agency",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
