from importlib import import_module

from core.triggers import both
from django.db import migrations, models

# SQLite makes the table anew for a column, and loses its trigger on the way.
MOVES = import_module("reports.migrations.0002_only_legal_moves")


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_facts")]

    operations = [
        both(postgresql=(), sqlite=(), undo={"postgresql": (), "sqlite": MOVES.SQLITE}),
        migrations.AddField("report", "via", models.CharField(blank=True, default="", editable=False, max_length=200)),
        both(postgresql=(), sqlite=MOVES.SQLITE, undo={"postgresql": (), "sqlite": MOVES.UNDO["sqlite"]}),
    ]
