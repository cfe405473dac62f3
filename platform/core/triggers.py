"""Triggers in migrations, for both databases that we run on."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RunPython


def both(*, postgresql: tuple[str, ...], sqlite: tuple[str, ...], undo: dict[str, tuple[str, ...]]) -> RunPython:
    """A migration step that runs the statements of the database in use.

    Args:
        postgresql: statements to run there.
        sqlite: statements to run there.
        undo: by vendor, the statements that take it back.
    """
    statements = {"postgresql": postgresql, "sqlite": sqlite}

    def run(apps: Any, editor: Any, which: dict[str, tuple[str, ...]] = statements) -> None:
        for statement in which[editor.connection.vendor]:
            # Straight to the cursor: the editor would read % signs as parameters.
            with editor.connection.cursor() as cursor:
                cursor.execute(statement)

    return RunPython(run, lambda apps, editor: run(apps, editor, undo))
