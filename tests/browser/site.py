"""Serving the demo for browsers, opening pages as somebody, waiting for what comes by mail."""

from __future__ import annotations

import contextlib
import email
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.policy import default
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from tests.benchmarks.server import ROOT, free_port

_INSTALLED = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM: dict[str, Any] = {
    # Without one of the system, Playwright looks for its own.
    "executable_path": _INSTALLED if Path(_INSTALLED).exists() else None,
    "args": ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
    # The browser's own words, as on a file input, come from here.
    "env": {**os.environ, "LANGUAGE": "id"},
}
SLIPI = {"latitude": -6.193339, "longitude": 106.798897, "accuracy": 12}
ONE_REPORT = "SELECT number FROM reports_report WHERE title = ?"
STEPS_TAKEN = "SELECT steps_taken FROM reports_report WHERE number = ?"
HOW_MANY = "SELECT count(*) FROM reports_report WHERE description = ?"


@dataclass(frozen=True)
class Site:
    """The running demo."""

    address: str
    folder: Path

    def mails(self) -> list[str]:
        """The plain texts of all mails so far with their addressees, newest first."""
        files = sorted((self.folder / "demo/mail").glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
        return [text for path in files for text in _texts(path)]

    def wait_for_mail(self, address: str, pattern: str) -> str:
        """The first group of the pattern in the newest mail to an address, when it has come."""
        for _ in range(150):
            for text in self.mails():
                found = re.search(pattern, text)
                if address in text.split("\n", 1)[0] and found:
                    return found[1]
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address} with {pattern}")

    def ask(self, question: str, *values: str) -> Any:
        """One value out of the site's database, read beside the running server."""
        with contextlib.closing(sqlite3.connect(self.folder / "demo/rembuk.sqlite3", timeout=20)) as database:
            row = database.execute(question, values).fetchone()
        return row[0] if row else None

    def report(self, title: str) -> str:
        """The number of a report of the demo."""
        number = self.ask(ONE_REPORT, title)
        assert number, f"the demo has no report {title!r}"
        return str(number)


def _texts(path: Path) -> list[str]:
    # The file backend ends a message with a line of dashes; mails of the same second may share a file.
    texts = []
    for raw in path.read_text(encoding="utf-8").split("-" * 79):
        if raw.strip():
            message = email.message_from_string(raw.strip(), policy=default)
            body = message.get_body(preferencelist=("plain",))
            texts.append(f"{message['To']}\n{message['Subject']}\n{body.get_content() if body else ''}")
    return texts[::-1]


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[Site]:
    """Make the demo in a folder, unless it is there already, and serve it by the real server."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "VAR_DIR": str(folder),
        "PYTHONPATH": str(ROOT / "platform"),
        "SITE_URL": f"http://localhost:{port}",
    }
    for command in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"], ["seed_demo", "-v0"]):
        subprocess.run(  # noqa: S603  our own command
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )
    with (
        (folder / "server.log").open("w") as log,
        subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        ) as process,
    ):
        try:
            address = f"http://localhost:{port}"
            _wait(f"{address}/sehat/siap")
            yield Site(address, folder)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(address: str) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2):  # noqa: S310  our own server
            return
        time.sleep(0.2)
    raise AssertionError("the site does not answer")


@dataclass(frozen=True)
class Look:
    """How a browser looks at the site.

    Args:
        width: of the window, in CSS pixels.
        scheme: "light" or "dark".
        language: of the visitor's cookie; "id" sets none.
        scale: device pixels for a CSS pixel.
    """

    width: int = 360
    height: int = 740
    scheme: str = "light"
    language: str = "id"
    javascript: bool = True
    scale: float = 1

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"


PHONE = Look()
PLAIN_PHONE = Look(javascript=False)
ENGLISH_PHONE = Look(language="en")
DESKTOP = Look(width=1280, height=900)


@contextlib.contextmanager
def open_page(browser: Browser, site: Site, look: Look) -> Iterator[Page]:
    """A page of a fresh browser; a violation of the policy, an error of a script or of the server fails the test."""
    context = browser.new_context(
        base_url=site.address,
        viewport={"width": look.width, "height": look.height},
        device_scale_factor=look.scale,
        color_scheme=look.scheme,  # type: ignore[arg-type]  # "light" or "dark"
        reduced_motion="reduce",
        java_script_enabled=look.javascript,
        geolocation=SLIPI,  # type: ignore[arg-type]  # a plain dict is one
        permissions=["geolocation"],
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        has_touch=look.width < 700,
    )
    if look.language != "id":
        context.add_cookies([{"name": "language", "value": look.language, "url": site.address}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on("console", lambda message: problems.append(f"{page.url}: {message.text}") if _is_bad(message) else None)
    page.on("response", lambda response: problems.append(_told(response)) if response.status >= 500 else None)
    try:
        yield page
    finally:
        context.close()
    assert problems == []


def _is_bad(message: ConsoleMessage) -> bool:
    return message.type == "error" and ("Content Security" in message.text or "Uncaught" in message.text)


def _told(response: Response) -> str:
    return f"{response.status} {response.request.method} {response.url}"


def sign_in(page: Page, key: str) -> None:
    """Become somebody of the demo's cast ("rina"), by the button on the demo page."""
    page.goto("/demo/")
    page.locator(f"form:has(input[value='{key}']) button").click()
    page.wait_for_url(lambda address: "/demo/" not in address)
