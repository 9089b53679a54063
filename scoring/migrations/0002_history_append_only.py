"""Histories take new rows only, summaries keep their content, adopted criteria keep theirs."""

from django.db import migrations

from blocs.history import REFUSAL, append_only, drop, fixed, refuse

# Table -> the criteria set that a row belongs to; nothing of an adopted set changes.
OWNED = {
    "scoring_criterion": "{row}.criteria_set_id",
    "scoring_exemption": (
        "(SELECT criteria_set_id FROM scoring_criterion WHERE id = {row}.criterion_id)"
    ),
}
DEEDS = ("INSERT", "UPDATE", "DELETE")
ADOPTED = "EXISTS (SELECT 1 FROM scoring_criteriaset WHERE id = {owner} AND status <> 'draft')"

# A trigger's WHEN may not look into another table on PostgreSQL, so a function does.
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_of_adopted_set() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF {new} THEN
      RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF {old} THEN
    RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql
"""


def belongs(table, row):
    return ADOPTED.format(owner=OWNED[table].format(row=row))


def guard_table(table, vendor):
    if vendor == "postgresql":
        yield POSTGRES_FUNCTION.format(
            table=table, refusal=REFUSAL, new=belongs(table, "NEW"), old=belongs(table, "OLD")
        )
        yield (
            f"CREATE TRIGGER {table}_adopted BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_of_adopted_set()"
        )
        return
    for deed in DEEDS:
        row = "NEW" if deed == "INSERT" else "OLD"
        yield from refuse(
            vendor, f"{table}_adopted_{deed.lower()}", table, deed, belongs(table, row)
        )


def guard_criteria(_apps, editor):
    vendor = editor.connection.vendor
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    columns = ("review_id", "code", "title", "terms", "sha256", "adopted_at")
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
    statements = refuse(
        vendor,
        "scoring_criteriaset_adopted",
        "scoring_criteriaset",
        "UPDATE",
        f"OLD.status <> 'draft' AND ({changed})",
    )
    for table in OWNED:
        statements += guard_table(table, vendor)
    for statement in statements:
        editor.execute(statement)


def open_criteria(_apps, editor):
    vendor = editor.connection.vendor
    names = [("scoring_criteriaset_adopted", "scoring_criteriaset")]
    for table in OWNED:
        if vendor == "postgresql":
            names.append((f"{table}_adopted", table))
        else:
            names += [(f"{table}_adopted_{deed.lower()}", table) for deed in DEEDS]
    for name, table in names:
        editor.execute(drop(vendor, name, table))


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
