"""Words in time are read as their forms have it, or refused with the line."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.cues import CuesRefused, Part, Said, ohms, plain, webvtt

GOOD = """WEBVTT - a story

NOTE nobody reads this
two lines

STYLE
::cue { color: lime }

first
00:00.000 --> 00:02.500 align:start line:0
<v Нигора>Мо дар <i>деҳа</i> &amp; шаҳр

01:00:00.000 --> 01:00:01.000
Later
in two lines
"""


def test_it_reads_what_keeps_to_the_grammar() -> None:
    assert webvtt.read(GOOD) == [
        Said(0, 2500, "Мо дар деҳа & шаҳр", "Нигора"),
        Said(3_600_000, 3_601_000, "Later in two lines"),
    ]


@pytest.mark.parametrize("start", ["\ufeff", ""])
@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_it_reads_any_line_ending(start: str, ending: str) -> None:
    assert len(webvtt.read(start + GOOD.replace("\n", ending))) == 2


CUE = "00:00.000 --> 00:01.000\n"


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        ("", "header", 1),
        ("WEBVTTX\n", "header", 1),
        ("1\n00:00:01,000 --> 00:00:02,000\nwords", "header", 1),
        ("WEBVTT\n00:00.000 --> 00:01.000\nwords", "header", 1),
        ("WEBVTT\n\n00:00,000 --> 00:01,000\nwords", "times", 3),
        ("WEBVTT\n\n00:60.000 --> 01:01.000\nwords", "times", 3),
        ("WEBVTT\n\n00:01.000-->00:02.000\nwords", "times", 3),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nwords", "order", 3),
        ("WEBVTT\n\n99:00:00.000 --> 99:00:01.000\nwords", "late", 3),
        ("WEBVTT\n\njust words", "times", 3),
        (f"WEBVTT\n\n{CUE}<script>alert(1)</script>", "tag", 4),
        (f"WEBVTT\n\n{CUE}a\n<b onclick=x>", "tag", 5),
        (f"WEBVTT\n\n{CUE}open <b", "tag", 4),
        ("WEBVTT\n\n00:00.000 --> 00:01.000 colour:red\nwords", "settings", 3),
        (f"WEBVTT\n\n{CUE}a --> b", "arrow", 3),
        ("WEBVTT\n\nNOTE only this", "empty", 0),
        (f"WEBVTT\n\n{CUE}a\0b", "signs", 4),
    ],
)
def test_it_refuses_the_rest_with_its_line(text: str, fault: str, line: int) -> None:
    with pytest.raises(CuesRefused) as refused:
        webvtt.read(text)
    assert (refused.value.fault, refused.value.line) == (fault, line)


words = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs")), min_size=1, max_size=30)
names = st.from_regex(r"[А-Яа-яA-Za-zӣӯҳҷқғə]{1,12}", fullmatch=True)
cues = st.lists(st.builds(lambda start, size, text, name: Said(start, start + size, text, name), st.integers(0, 9_000_000), st.integers(1, 60_000), words, names | st.just("")), min_size=1, max_size=8)  # fmt: skip


@given(cues)
def test_it_reads_what_it_writes(said: list[Said]) -> None:
    assert webvtt.read(webvtt.write(said, "tg")) == sorted(said, key=lambda each: (each.start, each.end))


@given(st.text(max_size=300))
def test_it_reads_or_refuses_anything(text: str) -> None:
    for read in (webvtt.read, plain.read):
        with contextlib.suppress(CuesRefused):
            read(f"WEBVTT\n\n{text}" if read is webvtt.read else text)


def test_it_reads_lines_with_times() -> None:
    said = plain.read("[0:00] Нигора: Мо дар деҳа\nзиндагӣ мекардем.\n\n1:02.5 Баъд\n", duration=90_000)
    assert said == [Said(0, 62_500, "Мо дар деҳа зиндагӣ мекардем.", "Нигора"), Said(62_500, 90_000, "Баъд")]


@pytest.mark.parametrize(
    ("text", "fault", "line"), [("words first", "times", 1), ("0:10 a\n0:05 b", "order", 2), ("", "empty", 0)]
)
def test_it_refuses_lines_without_an_order(text: str, fault: str, line: int) -> None:
    with pytest.raises(CuesRefused) as refused:
        plain.read(text)
    assert (refused.value.fault, refused.value.line) == (fault, line)


RECORD = ohms.Record(
    "Соли мактаб", "tg", "ru", 130_000,
    [Part(0, "Деҳа", "Дар куҷо", ("деҳа", "роҳ"), (), "", "Деревня", "Где", ("деревня",)), Part(60_000, "Мактаб")],
    [Said(0, 60_000, "Мо дар деҳа", "Нигора"), Said(60_000, 120_000, "Мактаб"), Said(120_000, 130_000, "Поён")],
    [Said(0, 60_000, "В деревне"), Said(60_000, 130_000, "Школа")],
)  # fmt: skip


def test_it_reads_the_cache_file_that_it_writes() -> None:
    assert ohms.read(ohms.write(RECORD)) == RECORD


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<ROOT/>", b"<html><body>hello</body></html>", b"<ROOT><record>", b"\x00\x01",
        b'<!DOCTYPE a [<!ENTITY b "c">]><ROOT><record><title>&b;</title></record></ROOT>',
        b"<ROOT><record><index><point><time>soon</time></point></index></record></ROOT>",
        b"<ROOT><record><transcript>a\nb</transcript><sync>often</sync></record></ROOT>",
        b"<ROOT><record><transcript>a</transcript><sync>1:|9(1)</sync></record></ROOT>",
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_cache_file(content: bytes) -> None:
    with pytest.raises(CuesRefused):
        ohms.read(content)
