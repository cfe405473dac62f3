"""What the strict policy and the budgets ask of every template and file."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import brotli
import django_htmx
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from config.static import lean
from design import gallery

ROOT = Path(settings.BASE_DIR)
TEMPLATES = [
    path for path in sorted((ROOT / "templates").rglob("*.html")) if "emails" not in path.relative_to(ROOT).parts
]
STATIC = ROOT / "platform/design/static/design"
CSS_BUDGET = 20 * 1024
JS_BUDGET = 30 * 1024
FILING_BUDGET = 12 * 1024
TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
REFUSED = re.compile(r"style$|on[a-z]+$|hx-on")
ICON_USES = (
    re.compile(r'<c-icon\s[^>]*?name="([a-z-]+)"'),
    re.compile(r'<c-[a-z_-]+\s[^>]*?\b(?:icon|after)="([a-z-]+)"'),
    re.compile(r"icons\.svg' %\}#([a-z-]+)"),
)


class InlineFinder(HTMLParser):
    """Collects what the content security policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs}
        self.found += [f"<{tag} {name}>" for name in names if REFUSED.match(name)]
        self.found += [f"<{tag} href=javascript>" for _n, value in attrs if (value or "").startswith("javascript:")]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(f"<{tag}> without a file")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_has_inline_script_or_style(path: Path) -> None:
    finder = InlineFinder()
    finder.feed(TEMPLATE_TAG.sub("", path.read_text()))
    assert finder.found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_icon_that_is_named_is_drawn(path: Path) -> None:
    text = path.read_text()
    used = {name for pattern in ICON_USES for name in pattern.findall(text)}
    assert used <= set(gallery.icon_names())


def test_css_fits_its_budget_and_knows_no_id_selectors() -> None:
    sheets = sorted((STATIC / "css").glob("*.css"))
    assert sum(len(brotli.compress(path.read_bytes())) for path in sheets) <= CSS_BUDGET
    for path in sheets:
        without_values = re.sub(r"\{[^{}]*\}|/\*.*?\*/|url\([^)]*\)", "{}", path.read_text(), flags=re.DOTALL)
        assert not re.search(r"#[a-zA-Z]", without_values), path.name


def test_scripts_fit_their_budget_with_htmx() -> None:
    htmx = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    scripts = [htmx, *sorted((STATIC / "js").glob("*.js"))]
    assert sum(len(brotli.compress(path.read_bytes())) for path in scripts) <= JS_BUDGET


def test_the_filing_page_loads_little() -> None:
    scripts = ["design/js/app.js", "design/js/drafts.js", "photos/upload.js", "reports/filing.js"]
    read = [Path(str(finders.find(script))).read_bytes() for script in scripts]
    assert sum(len(gzip.compress(lean(script))) for script in read) <= FILING_BUDGET


def test_comments_that_stay_at_home_are_whole_lines() -> None:
    assert (
        lean(b"// why\nlet a = 1; // stays\n  // why\n  let b = `//`;\n") == b"let a = 1; // stays\n  let b = `//`;\n"
    )


def test_every_icon_has_its_own_name() -> None:
    names = gallery.icon_names()
    assert len(names) == len(set(names)) > 90
