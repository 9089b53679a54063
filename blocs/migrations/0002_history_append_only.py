from django.db import migrations

from blocs.history import append_only


class Migration(migrations.Migration):
    dependencies = [("blocs", "0001_initial")]

    operations = [append_only("blocs_phasechange")]
