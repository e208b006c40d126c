"""The one stylesheet, the one script and the fonts."""

import gzip
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

WEB = Path(__file__).resolve().parents[3] / "src" / "hamroh" / "web" / "static" / "web"
CSS = (WEB / "hamroh.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
PACKAGE = WEB.parents[2]


def test_it_stays_within_ten_kilobytes():
    assert len(gzip.compress(CSS.encode(), 9)) <= 10 * 1024


def test_it_keeps_its_script_under_three_kilobytes():
    assert len((WEB / "exit.js").read_bytes()) < 3 * 1024


def test_it_uses_logical_properties_only():
    physical = (
        r"(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?<![-\w])(?:left|right|top|bottom|width|height)\s*:"
    )
    lines = re.sub(r"@media[^{]*|@bottom-right|prefers[^)]*", "", RULES)
    assert re.findall(physical, lines) == []


def test_it_loads_nothing_from_elsewhere():
    assert re.findall(r"https?:|//|@import", RULES) == []


def fonts() -> dict[str, set[str]]:
    return {path.name: {chr(code) for code in TTFont(path).getBestCmap()} for path in WEB.glob("*.woff2")}


def ranges() -> dict[str, set[str]]:
    """Font file -> letters that the stylesheet asks of it."""
    faces = re.findall(r'url\("([^"]+)"\).*?unicode-range: ([^;]+);', RULES)
    return {name: {chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", codes)} for name, codes in faces}


def test_it_asks_of_each_font_what_the_font_has():
    assert {name: letters - fonts()[name] for name, letters in ranges().items() if letters - fonts()[name]} == {}


@pytest.mark.parametrize("path", sorted(WEB.glob("*.woff2")), ids=lambda path: path.name)
def test_it_keeps_fonts_to_a_few_kilobytes(path):
    assert path.stat().st_size < 6 * 1024


def test_it_carries_the_licence_of_the_font():
    assert "SIL Open Font License, Version 1.1" in (WEB / "OFL.txt").read_text(encoding="utf-8")


def in_every_system_font(letter: str) -> bool:
    return (ord(letter) < 0x180 and letter not in "ĞğİŞş") or 0x400 <= ord(letter) < 0x460 or not letter.isalpha()


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.glob("*/locale/*/*/django.po")), ids=lambda path: "-".join(path.parts[-5:-2:2])
)
def test_it_can_draw_every_letter_of_every_catalogue(path):
    with path.open("rb") as file:
        said = {letter for message in read_po(file) for letter in "".join(message.string or ())}
    drawn = set().union(*ranges().values())
    assert {letter for letter in said if not in_every_system_font(letter)} - drawn == set()
