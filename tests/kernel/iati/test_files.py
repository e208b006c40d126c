"""How files of the standard are built, written, opened and taken apart."""

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from hamroh.kernel.iati import activities_file, misbuilt, organisations_file
from hamroh.kernel.iati.facts import (
    Activity,
    Baseline,
    Body,
    Budget,
    Figure,
    Indicator,
    Money,
    Paper,
    Period,
    Place,
    Publisher,
    Result,
    Share,
    Span,
    Transfer,
)
from hamroh.kernel.iati.reading import LARGEST, Unreadable, tree_of
from hamroh.kernel.iati.taking import taken

MADE = "2026-11-23T00:00:00Z"
LANGS = ("en", "az", "ru", "tg")
#: signs that break what is written without care
ODD = ("<b>", "&", "]]>", "\x00\x08", "\ud800", "\ufffe", "Ҷ ə й", "=1+1", "'", '"')


class Maker:
    """Activities of every shape, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def few(self, make: Any, least: int = 0) -> list[Any]:
        return [make() for _each in range(self.chance.randint(least, 3))]

    def word(self) -> str:
        return f"w{self.chance.choice(ODD)}{self.chance.random()}"

    def texts(self) -> dict[str, str]:
        return {lang: self.word() for lang in self.chance.sample(LANGS, self.chance.randint(1, 4))}

    def perhaps(self) -> dict[str, str]:
        return self.texts() if self.chance.random() < 0.5 else {}

    def day(self) -> str:
        return dt.date.fromordinal(self.chance.randint(700_000, 760_000)).isoformat()

    def money(self) -> Money:
        return Money(Decimal(self.chance.randint(0, 10**14)) / 100, self.chance.choice(["USD", "TJS"]), self.day())

    def body(self) -> Body:
        return Body(
            self.texts(),
            self.chance.choice(["", "XM-DAC-7"]),
            self.chance.choice(["", "22"]),
            self.chance.choice("1234"),
        )

    def figure(self) -> Figure:
        return Figure(self.chance.choice(["", "7"]), self.perhaps(), self.chance.choice(["", "P1"]), self.perhaps())

    def span(self) -> Span:
        return Span(self.day(), self.day())

    def indicator(self) -> Indicator:
        baseline = Baseline(self.chance.randint(1900, 2100), self.chance.choice(["", "0"]), self.perhaps())
        periods = self.few(lambda: Period(self.span(), self.few(self.figure), self.few(self.figure)))
        return Indicator(
            self.texts(), self.chance.choice("125"), bool(self.chance.getrandbits(1)), bool(self.chance.getrandbits(1)),
            self.chance.choice([None, baseline]), periods, self.perhaps(),
        )  # fmt: skip

    def activity(self) -> Activity:
        chance = self.chance
        return Activity(
            identifier=self.word(), reporter=Body(self.texts(), "TJ-1", "22"), titles=self.texts(), abouts=self.few(lambda: (chance.choice("12"), self.texts()), 1),
            parties=self.few(self.body, 1), status=chance.choice("1235"), dates=self.few(lambda: (chance.choice("1234"), self.day(), self.perhaps()), 1),
            changed_at=MADE, scope=chance.choice(["", "4"]), currency=chance.choice(["", "USD"]),
            countries=self.few(lambda: Share(chance.choice(["TJ", "AZ"]), chance.choice([None, Decimal("33.5")]))),
            places=self.few(lambda: Place(self.texts(), chance.choice([None, (37.9, 69.0)]), "P1")),
            sectors=self.few(lambda: Share("15170", chance.choice([None, Decimal(60)]), chance.choice(["1", "99"]), self.perhaps())),
            markers=self.few(lambda: ("1", "2")), budgets=self.few(lambda: Budget(self.span(), self.money())),
            transfers=self.few(lambda: Transfer(chance.choice("134"), self.day(), self.money(), self.perhaps(), Body(self.texts()))),
            papers=self.few(lambda: Paper("https://example.org/a", "text/html", self.texts(), "A12", ("tg",))),
            results=self.few(lambda: Result(chance.choice("123"), self.texts(), self.few(self.indicator, 1), self.perhaps())),
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_it_writes_nothing_that_is_misbuilt(seed):
    assert list(misbuilt(tree_of(activities_file([Maker(seed).activity()], MADE)))) == []


@pytest.mark.parametrize("seed", range(12))
def test_it_takes_back_what_it_wrote(seed):
    activity = Maker(seed).activity()
    (node,) = tree_of(activities_file([activity], MADE))
    told = taken(node)
    assert (len(told["sectors"]), len(told["budgets"]), len(told["parties"])) == (
        len(activity.sectors),
        len(activity.budgets),
        len(activity.parties),
    )
    assert set(told["titles"]) == set(activity.titles)


def test_it_writes_organisations_that_are_built_right():
    body = Body({"en": "Centre", "tg": "Марказ"}, "TJ-1", "22")
    assert list(misbuilt(tree_of(organisations_file([Publisher(body, MADE)], MADE)))) == []


ACTIVITY = """<iati-activity><iati-identifier>A</iati-identifier><reporting-org ref="A" type="22"><narrative>A</narrative></reporting-org>
<title><narrative>T</narrative></title><description><narrative>D</narrative></description><participating-org role="1"/><activity-status code="2"/>
<activity-date type="1" iso-date="2020-01-01"/></iati-activity>"""
WHOLE = f'<iati-activities version="2.03">{ACTIVITY}</iati-activities>'


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("<title>", "<nonsense/><title>", "unknown"), ("<activity-status", "<title><narrative/></title><activity-status", "order"),
        ('<activity-status code="2"/>', "", "missing"), ('<activity-status code="2"/>', '<activity-status code="2"/><activity-status code="2"/>', "twice"),
        (' version="2.03"', "", "mark_missing"), ('role="1"', 'role="1" hue="1"', "mark_unknown"), ('role="1"', 'role="9"', "mark_value"),
        ('iso-date="2020-01-01"', 'iso-date="2020-02-31"', "mark_value"), ("<iati-identifier>A<", "<iati-identifier> <", "text_value"),
    ],
)  # fmt: skip
def test_it_finds_what_is_misbuilt(before, after, code):
    assert before in WHOLE
    assert code in {each.code for each in misbuilt(etree.fromstring(WHOLE.replace(before, after, 1)))}


def test_it_finds_nothing_misbuilt_in_a_good_file():
    assert list(misbuilt(etree.fromstring(WHOLE))) == []


def test_it_lets_others_add_their_own_parts():
    foreign = WHOLE.replace("<title>", '<o:extra xmlns:o="urn:o"/><title>').replace(
        "<iati-activity>", '<iati-activity xmlns:o="urn:o" o:a="1">'
    )
    assert list(misbuilt(etree.fromstring(foreign))) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"  ", "empty"), (b"x" * (LARGEST + 1), "large"), (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>', "declares"), (b"<a>" * 50 + b"</a>" * 50, "deep"), (b"<a><b></a>", "broken"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "broken"), (b"<html/>", "root"), (b"\xff\xfe<", "broken"),
    ],
)  # fmt: skip
def test_it_opens_no_file_that_is_hostile_or_none(content, code):
    with pytest.raises(Unreadable) as fault:
        tree_of(content)
    assert fault.value.code == code


def test_it_leaves_out_what_is_no_number_and_no_day():
    bad = ACTIVITY.replace("2020-01-01", "2020-02-31").replace(
        "</iati-activity>",
        '<recipient-country code="TJ" percentage="NaN"/><budget><period-start iso-date="x"/><period-end iso-date="y"/><value>1</value></budget></iati-activity>',
    )
    told = taken(etree.fromstring(bad))
    assert (told["dates"], told["countries"], told["budgets"]) == ({}, [{"code": "TJ", "share": None}], [])
