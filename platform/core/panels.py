"""Panels: how a page shows what belongs to an app above it.

The higher app registers a function for a slot; the page renders whatever comes back, in the
same request. So a kelurahan's page shows its reports without `places` importing `reports`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Panel:
    """One block on somebody else's page.

    Args:
        template: path of the template that draws it.
        context: what the template reads.
        order: smaller comes first.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 100


PanelSource = Callable[[Any, Any], Panel | None]
_sources: defaultdict[str, list[PanelSource]] = defaultdict(list)


def register(slot: str, source: PanelSource) -> None:
    """Let `source(subject, viewer)` add a panel to a slot; None adds nothing."""
    if source not in _sources[slot]:
        _sources[slot].append(source)


def collect(slot: str, subject: Any, viewer: Any) -> list[Panel]:
    """The panels of a slot for a subject, as this viewer may see them, in order."""
    panels = (source(subject, viewer) for source in _sources[slot])
    return sorted((panel for panel in panels if panel), key=lambda panel: panel.order)
