"""What Rembuk costs, measured against a floor or a peer in the same run (make bench ROWS="B3 B9")."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured line.

    Args:
        row: of the table of measures, e.g. "B3".
        work: what was done, with its size.
        value: what was measured.
        unit: of the value.
        floor: the same measured for the floor or peer; None where there is none.
        goal: what is owed, in words.
        met: whether the goal is met; None where it is only watched.
    """

    row: str
    work: str
    value: float
    unit: str
    floor: float | None
    goal: str
    met: bool | None

    @property
    def ratio(self) -> float | None:
        """Value over floor."""
        return self.value / self.floor if self.floor else None


Benchmark = Callable[[], Iterator[Figure]]
benchmarks: dict[str, Benchmark] = {}


def benchmark(row: str) -> Callable[[Benchmark], Benchmark]:
    """Register a benchmark under its row."""

    def register(run: Benchmark) -> Benchmark:
        benchmarks[row] = run
        return run

    return register
