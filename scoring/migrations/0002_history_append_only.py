"""Histories take new rows only, summaries keep their content, adopted criteria keep theirs."""

from django.db import migrations

from blocs.history import REFUSAL, append_only, drop, fixed

CRITERION = "scoring_criterion"
DEEDS = ("INSERT", "UPDATE", "DELETE")

# A trigger's WHEN may not look into another table on PostgreSQL, so a function does.
POSTGRES_CRITERION_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_change_of_adopted_criteria() RETURNS trigger AS $$
DECLARE owner bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN owner := NEW.criteria_set_id; ELSE owner := OLD.criteria_set_id; END IF;
  IF EXISTS (SELECT 1 FROM scoring_criteriaset WHERE id = owner AND status <> 'draft') THEN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql
"""


def guard_criteria(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRES_CRITERION_FUNCTION)
        editor.execute(
            f"CREATE TRIGGER {CRITERION}_adopted BEFORE INSERT OR UPDATE OR DELETE ON {CRITERION} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_adopted_criteria()"
        )
        return
    for deed in DEEDS:
        row = "NEW" if deed == "INSERT" else "OLD"
        editor.execute(
            f"CREATE TRIGGER {CRITERION}_adopted_{deed.lower()} BEFORE {deed} ON {CRITERION} "
            "WHEN EXISTS (SELECT 1 FROM scoring_criteriaset "
            f"WHERE id = {row}.criteria_set_id AND status <> 'draft') "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def open_criteria(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(drop("postgresql", f"{CRITERION}_adopted", CRITERION))
        return
    for deed in DEEDS:
        editor.execute(drop("sqlite", f"{CRITERION}_adopted_{deed.lower()}", CRITERION))


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_initial"), ("blocs", "0002_history_append_only")]

    operations = [
        append_only("scoring_scorechange"),
        append_only("scoring_sheetchange"),
        append_only("scoring_criteriasetchange"),
        append_only("scoring_summarychange"),
        fixed("scoring_summary", "review_id", "version", "canonical", "sha256", "approved_at"),
        migrations.RunPython(guard_criteria, open_criteria),
    ]
