"""The database itself refuses a change of state that the table of steps does not hold.

The pairs are written out here, as a migration must not change when the table does; a test
compares them with reports.domain.workflow.legal_moves().
"""

from core.triggers import both
from django.db import migrations

LEGAL_MOVES = (
    ("assigned", "at_agency"),
    ("assigned", "at_desk"),
    ("assigned", "at_sub_agency"),
    ("assigned", "in_progress"),
    ("assigned", "needs_answer"),
    ("assigned", "scheduled"),
    ("at_agency", "assigned"),
    ("at_agency", "at_desk"),
    ("at_agency", "at_sub_agency"),
    ("at_agency", "forwarded"),
    ("at_agency", "in_progress"),
    ("at_agency", "needs_answer"),
    ("at_agency", "scheduled"),
    ("at_desk", "assigned"),
    ("at_desk", "at_agency"),
    ("at_desk", "at_sub_agency"),
    ("at_desk", "forwarded"),
    ("at_sub_agency", "assigned"),
    ("at_sub_agency", "at_agency"),
    ("at_sub_agency", "at_desk"),
    ("at_sub_agency", "in_progress"),
    ("at_sub_agency", "needs_answer"),
    ("at_sub_agency", "scheduled"),
    ("declared_done", "confirmed"),
    ("declared_done", "in_progress"),
    ("declared_done", "reopened"),
    ("declared_done", "unconfirmed"),
    ("in_progress", "declared_done"),
    ("in_progress", "needs_answer"),
    ("needs_answer", "assigned"),
    ("needs_answer", "at_agency"),
    ("needs_answer", "at_sub_agency"),
    ("needs_answer", "in_progress"),
    ("needs_answer", "received"),
    ("needs_answer", "reopened"),
    ("needs_answer", "scheduled"),
    ("received", "duplicate"),
    ("received", "forwarded"),
    ("received", "needs_answer"),
    ("received", "refused"),
    ("received", "validated"),
    ("reopened", "assigned"),
    ("reopened", "at_agency"),
    ("reopened", "at_desk"),
    ("reopened", "at_sub_agency"),
    ("reopened", "in_progress"),
    ("reopened", "needs_answer"),
    ("reopened", "scheduled"),
    ("scheduled", "assigned"),
    ("scheduled", "at_agency"),
    ("scheduled", "at_desk"),
    ("scheduled", "at_sub_agency"),
    ("scheduled", "in_progress"),
    ("scheduled", "needs_answer"),
    ("unconfirmed", "confirmed"),
    ("unconfirmed", "reopened"),
    ("validated", "assigned"),
    ("validated", "at_agency"),
    ("validated", "at_desk"),
    ("validated", "at_sub_agency"),
    ("validated", "duplicate"),
    ("validated", "forwarded"),
    ("validated", "refused"),
)
PAIRS = ", ".join(f"'{source}>{target}'" for source, target in LEGAL_MOVES)

POSTGRESQL = (
    f"""CREATE FUNCTION report_moves_are_legal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN ({PAIRS}) THEN
            RAISE EXCEPTION 'illegal step of a report: % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER report_legal_moves BEFORE UPDATE OF state ON reports_report
    FOR EACH ROW EXECUTE FUNCTION report_moves_are_legal()""",
)
SQLITE = (
    f"""CREATE TRIGGER report_legal_moves BEFORE UPDATE OF state ON reports_report
    WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN ({PAIRS})
    BEGIN SELECT RAISE(ABORT, 'illegal step of a report'); END""",
)
UNDO = {
    "postgresql": (
        "DROP TRIGGER report_legal_moves ON reports_report",
        "DROP FUNCTION report_moves_are_legal()",
    ),
    "sqlite": ("DROP TRIGGER report_legal_moves",),
}


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [both(postgresql=POSTGRESQL, sqlite=SQLITE, undo=UNDO)]
