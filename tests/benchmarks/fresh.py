"""B9: from a fresh clone to the first page of the demo."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import Figure, benchmark
from tests.benchmarks.server import ROOT, free_port

SECONDS_ON_TOP = 30


def timed(command: list[str], folder: Path) -> float:
    """Seconds that a command takes."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    return time.perf_counter() - started


def install_seconds(folder: Path, *options: str) -> float:
    """Seconds to make an environment with the same packages and nothing else."""
    made = timed([sys.executable, "-m", "venv", str(folder / "venv")], ROOT)
    pip = [str(folder / "venv/bin/python"), "-m", "pip", "install", "--quiet", *options]
    return made + timed([*pip, "-r", str(ROOT / "requirements.txt")], ROOT)


def demo_seconds(folder: Path) -> float:
    """Seconds from `make demo` in a fresh clone until the home page answers."""
    timed(["git", "clone", "--quiet", str(ROOT), str(folder / "clone")], ROOT)
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    home = f"http://localhost:{port}/"
    started = time.perf_counter()
    with subprocess.Popen(  # noqa: S603  our own command
        ["make", "demo", f"PORT={port}"],  # noqa: S607
        cwd=folder / "clone",
        env=kept,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            while True:
                with (
                    contextlib.suppress(OSError),
                    urllib.request.urlopen(home, timeout=5) as page,
                ):
                    if page.status == 200:
                        return time.perf_counter() - started
                if process.poll() is not None:
                    raise RuntimeError("make demo ended before it served a page")
                time.sleep(0.2)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)


@benchmark("B9")
def run() -> Iterator[Figure]:
    """With packages in pip's cache, and without."""
    for name, options in {"cached": [], "not cached": ["--no-cache-dir"]}.items():
        with tempfile.TemporaryDirectory() as text:
            folder = Path(text)
            install = install_seconds(folder, *options)
            if options:
                os.environ["PIP_NO_CACHE_DIR"] = "1"
            total = demo_seconds(folder)
            os.environ.pop("PIP_NO_CACHE_DIR", None)
        goal = f"<= install + {SECONDS_ON_TOP} s"
        work = f"make demo until the first page, packages {name}"
        yield Figure("B9", work, total, "s", install, goal, total <= install + SECONDS_ON_TOP)
