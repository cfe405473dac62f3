"""The texts of the interface keep to the words of docs/glossary.md, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEXTS = [
    (entry.msgid_plural or entry.msgid, text)
    for entry in polib.pofile(str(ROOT / "platform/config/locale/id/LC_MESSAGES/django.po"))
    for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
]
PAGES = json.loads((ROOT / "platform/pages/facts/first_pages.json").read_text())
NOT_INDONESIAN = re.compile(
    r"e-mail|email|\bsurat\b|nomor tiket|perangkat daerah|tabel rute|membenarkan|dibenarkan|tidak ada sambungan"
    r"|\bkamu\b|—",
    re.IGNORECASE,
)
NOT_ENGLISH = re.compile(r"(?<!e-)\bmails?\b|\bemails?\b|report number", re.IGNORECASE)
HOLES = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+>")


def test_one_word_for_one_thing() -> None:
    assert [text for _msgid, text in TEXTS if NOT_INDONESIAN.search(HOLES.sub("", text))] == []
    assert [msgid for msgid, _text in TEXTS if NOT_ENGLISH.search(HOLES.sub("", msgid))] == []


@pytest.mark.parametrize(("language", "wrong"), [("id", NOT_INDONESIAN), ("en", NOT_ENGLISH)])
def test_the_first_pages_use_the_same_words(language: str, wrong: re.Pattern[str]) -> None:
    texts = re.findall(rf'"\w+_{language}": ("[^"]*"|\[.*?\])', json.dumps(PAGES, ensure_ascii=False))
    assert len(texts) > 8
    assert [text for text in texts if wrong.search(text)] == []


def test_a_translation_has_the_same_holes_to_fill() -> None:
    wrong = [(msgid, text) for msgid, text in TEXTS if text and set(HOLES.findall(text)) != set(HOLES.findall(msgid))]
    assert wrong == []
