"""The database itself refuses to change or delete an entry."""

from core.triggers import both
from django.db import migrations

POSTGRESQL = (
    """CREATE FUNCTION ledger_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'ledger entries are append-only'; END $$""",
    """CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_is_append_only()""",
    """CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_is_append_only()""",
)
SQLITE = (
    """CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'ledger entries are append-only'); END""",
    """CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'ledger entries are append-only'); END""",
)
UNDO = {
    "postgresql": (
        "DROP TRIGGER ledger_entry_no_truncate ON ledger_entry",
        "DROP TRIGGER ledger_entry_no_change ON ledger_entry",
        "DROP FUNCTION ledger_entry_is_append_only()",
    ),
    "sqlite": ("DROP TRIGGER ledger_entry_no_update", "DROP TRIGGER ledger_entry_no_delete"),
}


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [both(postgresql=POSTGRESQL, sqlite=SQLITE, undo=UNDO)]
