"""The diagram and the table in docs/methods/reports.md are made from the table of steps."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from reports.domain.workflow import COLOURS, TABLE, Colour, State, targets_of

PAGE = Path(settings.BASE_DIR) / "docs/methods/reports.md"


def diagram() -> str:
    """The table of steps as a Mermaid state diagram, then as a table."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in TABLE:
        for source in step.sources:
            for target in targets_of(step):
                if source != target:
                    arrows.setdefault((source.value, target.value), []).append(step.name)
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> received: file"]
    for (source, target), names in sorted(arrows.items()):
        lines.append(f"    {source} --> {target}: {', '.join(sorted(names))}")
    lines += ["```", "", "| step | from | to | who | needs |", "|---|---|---|---|---|"]
    for step in TABLE:
        sources = ", ".join(state.value for state in State if state in step.sources)
        targets = ", ".join(state.value for state in State if state in targets_of(step)) or "(stays)"
        lines.append(f"| {step.name} | {sources} | {targets} | {step.who} | {', '.join(step.needs) or '-'} |")
    return "\n".join(lines)


def colours() -> str:
    """Which states show which colour."""
    shown = {colour: ", ".join(state.value for state in State if COLOURS[state] == colour) for colour in Colour}
    return "\n".join(
        ["| colour | states |", "|---|---|", *(f"| {colour} | {states} |" for colour, states in shown.items())]
    )


def test_the_diagram_in_the_docs_is_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert diagram() in text
    assert colours() in text
