"""Descriptions of archives go out and come in as EAD3, and hostile files stay out."""

from typing import Any

import pytest

from hamroh.kernel import ead
from hamroh.kernel.ead import Described, EadRefused, Imprint, Named

ITEM = Described(
    "item", "V/1/1", {"tg": "Соли мактаб", "en": "The year of the school"}, "oral_history", "1992", "1995-06", ("tg",),
    creators={"en": "The centre"}, extent={"en": "1 recording"}, notes={"abouts": {"tg": "Дар бораи мактаб."}, "access": {"en": "Open"}},
    subjects=(Named("school", {"en": "school", "tg": "мактаб"}),), places=(Named("tj-khatlon", {"tg": "Хатлон"}),),
)  # fmt: skip
FONDS = Described(
    "fonds", "V", {"en": "Voices"}, parts=(Described("series", "V/1", {"en": "Those who stayed"}, parts=(ITEM,)),)
)
IMPRINT = Imprint("Centre", "ab2c3d4e", "https://hamroh.example/en/archive/u/ab2c3d4e/", "2026-11-23T10:00:00+00:00")
HEAD = (
    f'<ead xmlns="{ead.NAMESPACE}"><archdesc level="fonds"><did><unitid>V</unitid><unittitle>Voices</unittitle></did>'
)


def test_it_reads_what_it_wrote() -> None:
    assert ead.read(ead.write(FONDS, IMPRINT), "en") == FONDS


def test_it_reads_levels_and_numbered_components_of_other_houses() -> None:
    told = f"{HEAD}<dsc><c01 level='subseries'><did><unitid>V/2</unitid><unittitle lang='rus'>Письма</unittitle></did></c01></dsc></archdesc></ead>"
    (part,) = ead.read(told.encode(), "tg").parts
    assert (part.level, part.titles) == ("file", {"ru": "Письма"})


def test_it_takes_texts_without_a_language_for_that_of_the_file() -> None:
    assert ead.read(f"{HEAD}</archdesc></ead>".encode(), "az").titles == {"az": "Voices"}


BOMB = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
DEEP = "<c level='item'><did><unitid>x</unitid><unittitle>x</unittitle></did>"


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (f"{BOMB}{HEAD}</archdesc></ead>", "xml"), (f"{OUTSIDE}{HEAD}</archdesc></ead>", "xml"), ("<ead", "xml"), ("", "xml"),
        ("<ead><archdesc/></ead>", "ead"), (f'<ead xmlns="{ead.NAMESPACE}"/>', "empty"),
        (HEAD.replace("<unitid>V</unitid>", "") + "</archdesc></ead>", "reference"),
        (HEAD.replace("V</unitid>", "V" * 61 + "</unitid>") + "</archdesc></ead>", "reference_long"),
        (HEAD.replace("Voices", " ") + "</archdesc></ead>", "title"), (HEAD.replace('"fonds"', '"shelf"') + "</archdesc></ead>", "level"),
        (HEAD.replace("Voices", "x" * 20_001) + "</archdesc></ead>", "text_long"),
        (HEAD + DEEP * 14 + "</c>" * 14 + "</archdesc></ead>", "deep"), (HEAD + (DEEP + "</c>") * 2_001 + "</archdesc></ead>", "many"),
        ("x" * (ead.LARGEST + 1), "long"), (HEAD + "<c>" * 100_000, "xml"),
    ],
)  # fmt: skip
def test_it_refuses_with_a_reason(told: str, fault: str) -> None:
    with pytest.raises(EadRefused) as refused:
        ead.read(told.encode(), "en")
    assert refused.value.fault == fault


def test_it_leaves_out_signs_that_no_xml_may_hold() -> None:
    odd: Any = Described("fonds", "V", {"en": "a\x00\x0bb\ud800"})
    assert ead.read(ead.write(odd, IMPRINT), "en").titles == {"en": "ab"}
