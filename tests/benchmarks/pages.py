"""B10: what the first view of a page weighs and how long it takes at 400 kbps (interface.md, Budgets)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, sync_playwright

from reports.models import Report
from tests.benchmarks import Figure, benchmark
from tests.benchmarks.server import daphne
from tests.benchmarks.world import reports

BYTES_A_SECOND = 400_000 / 8
LATENCY_MS = 150
KB = 1024
LIMITS = {"all": 100, "js": 30, "css": 20}
REQUESTS = 12
SECONDS = 5.0
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
}
# Largest paint so far: what a person would call "the page is there".
LARGEST_PAINT = """() => new Promise(done => new PerformanceObserver(list => {
  const seen = list.getEntries(); done(seen[seen.length - 1].startTime);
}).observe({type: 'largest-contentful-paint', buffered: true}))"""


@dataclass
class Weight:
    """Bytes on the line by kind, pictures apart, and the number of requests."""

    kinds: dict[str, float] = field(default_factory=lambda: {"html": 0.0, "js": 0.0, "css": 0.0, "image": 0.0})
    requests: int = 0
    types: dict[str, str] = field(default_factory=dict)

    def listen(self, session: CDPSession) -> None:
        """Count what the browser loads."""
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)

    def _received(self, event: dict[str, Any]) -> None:
        kinds = {"Document": "html", "Script": "js", "Stylesheet": "css", "Image": "image"}
        if event["type"] in kinds and event["response"]["url"].startswith("http"):
            self.types[event["requestId"]] = kinds[event["type"]]
            self.requests += 1

    def _finished(self, event: dict[str, Any]) -> None:
        kind = self.types.get(event["requestId"])
        if kind:
            self.kinds[kind] += event["encodedDataLength"] / KB

    @property
    def page(self) -> float:
        """HTML, CSS and JavaScript together, in KB."""
        return self.kinds["html"] + self.kinds["css"] + self.kinds["js"]


def look(browser: Any, address: str) -> tuple[Weight, float]:
    """Open a page on a slow line with an empty cache; returns its weight and the seconds to its main content."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    session = context.new_cdp_session(page)
    weight = Weight()
    weight.listen(session)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    page.goto(address, wait_until="load")
    paint = page.evaluate(LARGEST_PAINT) / 1000
    context.close()
    return weight, paint


@benchmark("B10")
def run() -> Iterator[Figure]:
    """Home, list, report and filing at 360 px."""
    reports(1_000)
    number = Report.objects.public().values_list("number", flat=True)[0]
    paths = {"home": "/", "list": "/laporan/", "report": f"/laporan/{number}/", "filing": "/lapor/"}
    with daphne() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        for name, path in paths.items():
            weight, paint = look(browser, f"http://localhost:{server.port}{path}")
            yield Figure(
                "B10", f"{name}: HTML + CSS + JS", weight.page, "KB", None, "<= 100", weight.page <= LIMITS["all"]
            )
            for kind in ("js", "css"):
                size = weight.kinds[kind]
                yield Figure("B10", f"{name}: {kind}", size, "KB", None, f"<= {LIMITS[kind]}", size <= LIMITS[kind])
            yield Figure("B10", f"{name}: requests", weight.requests, "", None, "<= 12", weight.requests <= REQUESTS)
            yield Figure("B10", f"{name}: main content at 400 kbps", paint, "s", None, "<= 5", paint <= SECONDS)
        browser.close()
