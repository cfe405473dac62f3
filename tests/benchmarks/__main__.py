"""Run the named rows (all without names), print one table and keep the figures as JSON."""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
os.environ.setdefault("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/rembuk_bench")

import django  # noqa: E402  the settings come first

django.setup()

from tests.benchmarks import Figure, benchmarks, digests, filing, fresh, memory, pages, talk  # noqa: E402, F401  register themselves
from tests.benchmarks.database import prepare  # noqa: E402


def line(figure: Figure) -> str:
    """One row of the table in Markdown."""
    ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else "-"
    floor = f"{figure.floor:,.2f}" if figure.floor is not None else "-"
    met = {True: "met", False: "MISSED", None: "-"}[figure.met]
    value = f"{figure.value:,.2f} {figure.unit}"
    return f"| {figure.row} | {figure.work} | {value} | {floor} | {ratio} | {figure.goal} | {met} |"


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in benchmarks]
    if unknown:
        sys.stderr.write(f"no such rows: {', '.join(unknown)}; there are {', '.join(sorted(benchmarks))}\n")
        return 2
    prepare()
    figures: list[Figure] = []
    print(f"{date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")  # noqa: T201, DTZ011  a command
    print("| row | work | figure | floor or peer | ratio | goal | |\n|---|---|---|---|---|---|---|")  # noqa: T201
    for name in names or sorted(benchmarks):
        for figure in benchmarks[name]():
            print(line(figure), flush=True)  # noqa: T201
            figures.append(figure)
    out = ROOT / "var/bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps([asdict(figure) | {"ratio": figure.ratio} for figure in figures], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
