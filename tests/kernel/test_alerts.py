"""Alerts: what the schema lets pass and the standard does not, one fault at a time; what is written is read the same, and validates."""

import datetime as dt
from dataclasses import replace

import pytest
from capvalidator import check_schema
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel import alerts as cap
from hamroh.kernel.alerts.reading import LARGEST

SENT = "2026-11-23T10:00:00+05:00"
AREA = cap.Area(
    "Ayni", ("39.3,68.5 39.4,68.5 39.4,68.6 39.3,68.5",), ("39.394,68.538 20",), (("hamroh-unit", "tj-su-ayni"),)
)
INFO = cap.Info(
    lang="tg", categories=("Geo",), event="Сел", responses=("Evacuate",), urgency="Expected", severity="Severe", certainty="Likely",
    onset="2026-11-23T12:00:00+05:00", expires="2026-11-24T10:00:00+05:00", sender_name="Марказ", headline="МАШҚ: сел дар пеш аст",
    description="Борони сахт.", instruction="Ба баландӣ равед.", web="https://example.org/tg/alerts/x/", contact="112", areas=(AREA,),
)  # fmt: skip
MESSAGE = cap.Message(
    identifier="centre-ab23cd45", sender="centre@example.org", sent=SENT, status="Exercise", kind="Alert", note="EXERCISE.", infos=(INFO,),
)  # fmt: skip
OTHER = "centre@example.org,centre-zz,2026-11-23T09:00:00+05:00"


def codes(message: cap.Message, **more: object) -> set[str]:
    return {each.code for each in cap.check(message, **more)}


def with_info(**more: object) -> cap.Message:
    return replace(MESSAGE, infos=(replace(INFO, **more),))


def with_area(**more: object) -> cap.Message:
    return with_info(areas=(replace(AREA, **more),))


def test_it_finds_nothing_wrong_with_a_good_one() -> None:
    assert cap.check(MESSAGE, dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC)) == []


def test_it_writes_what_the_schema_takes() -> None:
    result = check_schema(cap.written(MESSAGE))
    assert result.passed, result.message


def test_it_reads_what_it_wrote() -> None:
    assert cap.read(cap.written(MESSAGE)) == MESSAGE


#: what the schema lets pass, with the code of what is wrong
LET_PASS = [
    (replace(MESSAGE, identifier="a b"), "name"), (replace(MESSAGE, sender="a,b"), "name"), (replace(MESSAGE, kind="Update"), "refers_to_nothing"),
    (replace(MESSAGE, kind="Cancel", references=("centre-zz",)), "reference"),
    (replace(MESSAGE, kind="Update", references=(f"centre@example.org,centre-ab23cd45,{SENT}",)), "refers_to_itself"),
    (replace(MESSAGE, kind="Update", references=("c@e.org,zz,2026-11-24T09:00:00+05:00",)), "refers_ahead"),
    (replace(MESSAGE, scope="Restricted"), "missing"), (replace(MESSAGE, note=""), "exercise_note"), (replace(MESSAGE, infos=()), "no_info"),
    (replace(MESSAGE, infos=(INFO, INFO)), "language_twice"), (replace(MESSAGE, infos=(INFO, replace(INFO, lang="ru", severity="Minor"))), "languages_differ"),
    (with_info(expires=SENT), "ends_early"), (with_info(expires=""), "no_end"), (with_info(onset="2026-11-25T10:00:00+05:00"), "ends_before_onset"),
    (with_info(areas=()), "no_area"), (with_info(event=""), "missing"), (with_info(headline="x" * 161), "long"),
    (with_area(words=" "), "area_words"), (with_area(polygons=("39.3,68.5 39.4,68.5 39.4,68.6 39.3,68.6",)), "polygon_open"),
    (with_area(polygons=("39.3,68.5 39.4,68.5 39.3,68.5",)), "polygon_short"), (with_area(polygons=("139.3,68.5 39.4,68.5 39.4,68.6 139.3,68.5",)), "coordinate"),
    (with_area(polygons=("39.3 68.5",)), "polygon_form"), (with_area(circles=("39.394,68.538",)), "circle_form"),
    (with_area(circles=("39.394,190 20",)), "coordinate"), (with_area(circles=("39.394,68.538 30000",)), "radius"),
]  # fmt: skip
#: what the schema refuses, too
REFUSED = [
    (replace(MESSAGE, sent="2026-11-23T05:00:00Z"), "time_z"), (replace(MESSAGE, sent="2026-11-23 10:00"), "time"), (replace(MESSAGE, sent=""), "missing"),
    (with_info(categories=("Flood",)), "unknown"), (with_info(categories=()), "missing"), (with_info(responses=("Run",)), "unknown"),
    (with_info(urgency="Now"), "unknown"), (replace(MESSAGE, status="Real"), "unknown"), (replace(MESSAGE, kind="Warning"), "unknown"),
    (with_info(lang="tajik language"), "language"), (with_area(codes=(("", "x"),)), "code"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "code"), LET_PASS)
def test_it_finds_what_the_schema_lets_pass(message: cap.Message, code: str) -> None:
    assert code in codes(message)


@pytest.mark.parametrize(("message", "code"), LET_PASS)
def test_it_is_needed_beside_the_schema(message: cap.Message, code: str) -> None:
    """Otherwise this checker would say nothing new."""
    if code != "missing":
        assert check_schema(cap.written(message)).passed, code


@pytest.mark.parametrize(("message", "code"), REFUSED)
def test_it_finds_what_the_schema_refuses(message: cap.Message, code: str) -> None:
    assert code in codes(message)


def test_it_says_that_an_alert_is_over() -> None:
    assert "over" in codes(MESSAGE, now=dt.datetime(2026, 11, 25, tzinfo=dt.UTC))
    assert "over" not in codes(MESSAGE, now=dt.datetime(2026, 11, 23, tzinfo=dt.UTC))


def test_it_takes_an_update_that_refers_back() -> None:
    assert codes(replace(MESSAGE, kind="Update", references=(OTHER,))) == set()


def test_it_writes_moments_with_their_offset() -> None:
    east = dt.timezone(dt.timedelta(hours=5))
    assert cap.said_at(dt.datetime(2026, 11, 23, 10, 0, 0, 5, tzinfo=east)) == SENT
    with pytest.raises(ValueError, match="zone"):
        cap.said_at(dt.datetime(2026, 11, 23))  # noqa: DTZ001 - refused for that


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml"), (b"<alert", "xml"), (b"<alert/>", "other"), (b"x" * (LARGEST + 1), "large"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">&b;</alert>', "xml"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>', "xml"),
        (b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.1"/>', "other"),
        (b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">' + b"<info/>" * 201 + b"</alert>", "many"),
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_alert(content: bytes, code: str) -> None:
    with pytest.raises(cap.Unreadable) as refused:
        cap.read(content)
    assert refused.value.code == code


def test_it_finds_what_is_wrong_with_one_from_outside() -> None:
    body = cap.written(MESSAGE).replace(b"+05:00</sent>", b"Z</sent>").replace(b"Geo", b"Flood")
    assert {"time_z", "unknown"} <= codes(cap.read(body))


@given(st.text(max_size=40), st.text(max_size=40))
def test_it_never_breaks_over_what_somebody_wrote(one: str, other: str) -> None:
    """Whatever stands in it: faults, or an XML that is read again as it was written, with nothing of it markup."""
    message = replace(
        MESSAGE,
        references=(one,) if one else (),
        infos=(replace(INFO, headline=other, expires=one, areas=(cap.Area(other, (one,), (other,)),)),),
    )
    faults = cap.check(message)
    assert all(isinstance(each.code, str) for each in faults)


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=60,
    )
)
def test_it_makes_no_markup_of_words(words: str) -> None:
    message = with_info(headline=words.strip() or "x")
    assert cap.read(cap.written(message)) == message
