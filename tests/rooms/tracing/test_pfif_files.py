"""Files of the People Finder Interchange Format: what goes out comes in unchanged, and what is hostile is refused with its reason."""

import datetime as dt
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counts import tried
from hamroh.tracing.pfif import checking, faults, ours, reading, standard, theirs
from hamroh.tracing.pfif.reading import NotRead, people
from hamroh.tracing.pfif.standard import Note, Person
from hamroh.tracing.pfif.writing import written

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
OFFICE = ours.Office("Бюрои ҷустуҷӯ", "+992 37 221 00 00")
DAYS = ours.Days(NOW, NOW, NOW + dt.timedelta(days=200))
ZAFAR = {
    "name": "Зафар Қурбонов", "born": {"first": 1986, "last": 1989}, "sex": "m", "place": "Кӯлоб",
    "names": [{"kind": "father", "value": "Раҳим"}, {"kind": "spelling", "value": "Zafar Kurbanov"}],
}  # fmt: skip
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def file_of(*records: str, version: str = "1.4", head: str = HEAD) -> bytes:
    return f'{head}<p:pfif xmlns:p="http://zesty.ca/pfif/{version}">{"".join(records)}</p:pfif>'.encode()


def record(inside: str = "", **fields: str) -> str:
    """A record of a person as XML."""
    told = {"person_record_id": "example.org/1", "source_date": "2026-01-02T03:04:05Z", "full_name": "Zafar"} | fields
    return f"<p:person>{''.join(f'<p:{name}>{value}</p:{name}>' for name, value in told.items() if value)}{inside}</p:person>"


def note(**fields: str) -> str:
    told = {
        "note_record_id": "example.org/n1",
        "author_name": "A",
        "source_date": "2026-01-02T03:04:05Z",
        "text": "seen",
    } | fields
    return f"<p:note>{''.join(f'<p:{name}>{value}</p:{name}>' for name, value in told.items() if value)}</p:note>"


def fault(content: bytes) -> str:
    (found,) = people(content)
    return found.fault


def codes(content: bytes) -> list[str]:
    """What is wrong with a file or with each of its records; nothing with one that passes the checks again."""
    try:
        return [
            each.fault or checking.fault_of_person(each.person.fields, each.person.ours) for each in people(content)
        ]
    except NotRead as told:
        return [told.args[0]]


# -- there and back ------------------------------------------------------------------------------------------------

_SIGNS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXTS = st.text(_SIGNS | st.sampled_from("\n\t\r&<>\"'əғӣқӯҳҷ"), min_size=1, max_size=60).map(str.strip).filter(bool)
IDS = st.text(string.ascii_letters + string.digits + "._~:@+=-", min_size=1, max_size=30).map(
    "home.example.org/".__add__
)
MOMENTS = st.integers(10**9, 4 * 10**9).map(lambda at: standard.as_moment(dt.datetime.fromtimestamp(at, dt.UTC)))
BIRTHS = st.dates(dt.date(1901, 1, 1), dt.date(2020, 1, 1)).map(dt.date.isoformat)
LIKE = {
    "person_record_id": IDS, "note_record_id": IDS, "linked_person_record_id": IDS, **dict.fromkeys(standard.DATES, MOMENTS),
    "sex": st.sampled_from(standard.SEXES), "status": st.sampled_from(standard.STATUSES), "author_made_contact": st.sampled_from(standard.TRUTHS),
    "date_of_birth": BIRTHS | BIRTHS.map(lambda day: day[:7]) | BIRTHS.map(lambda day: day[:4]),
    "age": st.integers(0, 120).map(str) | st.tuples(st.integers(0, 60), st.integers(60, 120)).map(lambda two: f"{two[0]}-{two[1]}"),
    "birth_years": st.integers(1900, 2000).map(lambda year: f"{year}-{year + 3}"),
    "full_name": TEXTS.map("Зафар ".__add__).map(str.strip),
}  # fmt: skip


def fields_of(names, needed):
    values = {name: LIKE.get(name, TEXTS) for name in names}
    return st.fixed_dictionaries(
        {name: values[name] for name in needed}, optional={name: values[name] for name in names if name not in needed}
    )


NOTES = fields_of([name for name in standard.NOTE if name != "person_record_id"], standard.NEEDED["note"]).map(Note)
PEOPLE = st.builds(
    Person, fields_of(standard.PERSON, standard.NEEDED["person"]), fields_of(standard.OURS, ()), st.lists(NOTES, max_size=3).map(tuple)
)  # fmt: skip


@given(st.lists(PEOPLE, max_size=3))
@tried(40, 150)
def test_it_writes_what_it_reads_in_every_field_of_the_standard(there):
    assert [each.person for each in people(written(there))] == there


@given(PEOPLE)
@tried(30, 60)
def test_it_keeps_a_record_as_it_is_while_it_waits_to_be_taken_in(person):
    found, sign = theirs.of_cell(theirs.as_cell(reading.Found(1, person), "a letter"))
    assert (found.person, sign) == (person, "a letter")


@given(
    st.integers(1930, 2010), st.integers(0, 39), st.sampled_from(["m", "f", ""]), TEXTS, st.lists(TEXTS.filter(lambda text: "\n" not in text), max_size=3)
)  # fmt: skip
@tried(30, 80)
def test_it_takes_in_what_we_send_as_we_had_it(first, more, sex, place, spellings):
    from hamroh.web.fields import without_controls

    place, plain = without_controls(place), [without_controls(each) for each in spellings]
    names = [
        {"kind": "spelling", "value": each} for each in dict.fromkeys(plain) if each and each not in ("Зафар", "Раҳим")
    ]
    known = {"name": "Зафар", "born": {"first": first, "last": min(first + more, 2015)}, "sex": sex, "place": place}
    known["names"] = [{"kind": "father", "value": "Раҳим"}, *names]
    sent = ours.person("a.example/1", known, office=OFFICE, days=DAYS)
    (found,) = people(written([sent]))
    met = theirs.somebody(found.person, now=NOW)
    assert {name: getattr(met, name) for name in known} == known


def test_it_widens_years_of_birth_to_ages_for_whoever_does_not_know_our_elements():
    sent = ours.person("a.example/1", ZAFAR, office=OFFICE, days=DAYS)
    told = theirs.somebody(Person(sent.fields), now=NOW).born
    assert sent.fields["age"] == "36-40"
    assert (told["first"] <= 1986, told["last"] >= 1989) == (True, True)


# -- what never leaves ---------------------------------------------------------------------------------------------


def test_it_fills_no_field_that_is_never_filled():
    everything = {
        **ZAFAR,
        "phone": "+7 912",
        "facts": {"why": "x"},
        "news": {"place": "Perm"},
        "photo_id": 1,
        "home": "x",
    }
    sent = ours.person("a.example/1", everything, office=OFFICE, days=DAYS, words="A scar.", is_sought=True)
    filled = set(sent.fields) | {name for each in sent.notes for name in each.fields}
    assert filled & (standard.NEVER_OF_A_PERSON | standard.NEVER_OF_A_NOTE) == set()
    assert "Perm" not in written([sent]).decode()


@pytest.mark.parametrize("name", sorted(standard.NEVER_OF_A_PERSON))
def test_it_refuses_to_send_a_field_of_a_person_that_is_never_filled(name):
    with pytest.raises(ours.NotToLeave):
        ours.checked(Person({"person_record_id": "a.example/1", name: "x"}))


@pytest.mark.parametrize("name", sorted(standard.NEVER_OF_A_NOTE))
def test_it_refuses_to_send_a_field_of_a_note_that_is_never_filled(name):
    with pytest.raises(ours.NotToLeave):
        ours.checked(Person({"person_record_id": "a.example/1"}, notes=(Note({name: "x"}),)))


@pytest.mark.parametrize("born", ["1988-03", "1988-03-05"])
def test_it_refuses_to_send_more_of_a_birth_than_the_year(born):
    with pytest.raises(ours.NotToLeave):
        ours.checked(Person({"person_record_id": "a.example/1", "date_of_birth": born}))


def test_it_leaves_four_fields_of_a_tombstone():
    (found,) = people(written([ours.tombstone("a.example/1", DAYS)]))
    assert set(found.person.fields) == set(standard.TOMBSTONE)
    assert found.person.is_tombstone


# -- what comes ----------------------------------------------------------------------------------------------------


def test_it_reads_versions_before_by_the_names_of_today():
    old = "<p:person><p:person_record_id>a.example/1</p:person_record_id><p:entry_date>2026-01-02T03:04:05Z</p:entry_date><p:first_name>Zafar</p:first_name><p:last_name>Kurbonov</p:last_name><p:home_zip>735</p:home_zip><p:other>A scar.</p:other><p:note><p:note_record_id>a.example/n</p:note_record_id><p:author_name>A</p:author_name><p:source_date>2026-01-02T03:04:05Z</p:source_date><p:found>true</p:found><p:text>seen</p:text></p:note></p:person>"
    (found,) = people(file_of(old, version="1.1"))
    fields = found.person.fields
    told = [
        fields[name]
        for name in ("full_name", "given_name", "family_name", "home_postal_code", "description", "source_date")
    ]
    assert told == ["Zafar Kurbonov", "Zafar", "Kurbonov", "735", "A scar.", "2026-01-02T03:04:05Z"]
    assert found.person.notes[0].fields["author_made_contact"] == "true"


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3", "1.4"])
def test_it_knows_the_four_versions(version):
    assert fault(file_of(record(), version=version)) == ""


def test_it_keeps_of_them_what_a_search_needs():
    found = record(
        note(last_known_location="Perm, market", phone_of_found_person="+7 912 1", photo_url="http://x.example/p.jpg"),
        home_street="Lenin 5", home_city="Кӯлоб", home_country="TJ", photo_url="http://x.example/p.jpg", age="30-33",
    )  # fmt: skip
    (read,) = people(file_of(found))
    met = theirs.somebody(read.person, now=NOW, sign="a letter of theirs")
    assert (met.place, met.phone, met.born) == ("Кӯлоб, TJ", "+7 912 1", {"first": 1992, "last": 1996})
    assert met.consent == {"given": True, "sign": "a letter of theirs"}
    assert "Perm, market" in met.note
    assert [word for word in ("Lenin", "p.jpg") if word in repr(met)] == []


def test_it_makes_a_tombstone_of_what_has_expired():
    (read,) = people(file_of(record(expiry_date="2026-11-23T08:00:00Z", description="A scar.")))
    met = theirs.somebody(read.person, now=NOW)
    assert (met.name, met.note, met.foreign.has_expired, met.foreign.record_id) == ("", "", True, "example.org/1")


def test_it_turns_no_text_round():
    (read,) = people(file_of(record(full_name="Za\u202efar")))
    assert theirs.somebody(read.person, now=NOW).name == "Zafar"


# -- what is hostile -----------------------------------------------------------------------------------------------

LAUGHS = '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
ELSEWHERE = '<?xml version="1.0"?><!DOCTYPE p SYSTEM "http://x.example/p.dtd">'
REFUSED = {
    "entities": (file_of(record(full_name="&b;"), head=LAUGHS), "declared"),
    "a file of the machine": (file_of(record(full_name="&x;"), head=OUTSIDE), "declared"),
    "a type elsewhere": (file_of(record(), head=ELSEWHERE), "declared"),
    "an unknown entity": (file_of(record(full_name="&x;")), "xml"),
    "a file cut short": (file_of(record())[:-10], "xml"),
    "no XML": (b"Name,Year\nZafar,1988", "xml"),
    "nothing": (b"", "xml"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="utf-7"?><p/>', "xml"),
    "a table of another kind": (b"<html><body/></html>", "root"),
    "a version that is not": (file_of(record(), version="9.9"), "root"),
    "a feed": (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "root"),
    "depth": (file_of(record("<p:note><p:text><p:a/></p:text></p:note>")), "depth"),
    "a thousand floors": (file_of("<p:person>" * 1000 + "</p:person>" * 1000), "depth"),
    "too many": (file_of("<p:person/>" * (reading.MOST_PEOPLE + 1)), "count"),
    "too large": (b" " * (reading.LARGEST + 1), "size"),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_it_refuses_a_file(what):
    content, code = REFUSED[what]
    with pytest.raises(NotRead) as told:
        list(people(content))
    assert told.value.args == (code,)
    assert code in faults.REFUSALS


FAULTY = {
    "no name": (record(full_name=""), "lacking"),
    "a name without letters": (record(full_name="12 -"), "lacking"),
    "no source date": (record(source_date=""), "lacking"),
    "no identifier": (record(person_record_id=""), "lacking"),
    "an identifier without a home": (record(person_record_id="zafar"), "id"),
    "an identifier that climbs": (record(person_record_id="example.org/../../etc"), "id"),
    "an identifier with a page": (record(person_record_id="example.org/&lt;script&gt;"), "id"),
    "an identifier of two lines": (record(person_record_id="example.org/1\n2"), "id"),
    "a day that is none": (record(source_date="2026-02-30T00:00:00Z"), "date"),
    "a moment without its zone": (record(expiry_date="2026-02-03T00:00:00"), "date"),
    "a moment of somewhere": (record(entry_date="2026-02-03T00:00:00+05:00"), "date"),
    "a birth that is none": (record(date_of_birth="1990-02-30"), "birth"),
    "an age that is none": (record(age="40-30"), "birth"),
    "a sex that is none": (record(sex="M"), "value"),
    "an unknown namespace": (record('<x:a xmlns:x="urn:x">1</x:a>'), "namespace"),
    "a person of another namespace": ('<x:person xmlns:x="urn:x"/>', "namespace"),
    "an unknown field": (record("<p:passport>1</p:passport>"), "field"),
    "an unknown field of ours": (record(f'<h:phone xmlns:h="{standard.EXTENSION}">1</h:phone>'), "field"),
    "a field of a version before": (record("<p:first_name>Z</p:first_name>"), "field"),
    "an attribute": (record('<p:sex id="1">male</p:sex>'), "field"),
    "an attribute of a person": (record().replace("<p:person>", '<p:person a="1">'), "field"),
    "a field in a field": (record("<p:description>a<p:sex>male</p:sex></p:description>"), "field"),
    "words between fields": (record("words"), "field"),
    "a field twice": (record("<p:full_name>Another</p:full_name>"), "twice_field"),
    "a field without end": (record(description="x" * (standard.LONGEST + 1)), "long_field"),
    "notes without end": (record(note() * (reading.MOST_NOTES + 1)), "notes"),
    "a note alone": (note(), "alone"),
    "a note without text": (record(note(text="")), "lacking"),
    "a note of another person": (record(note(person_record_id="example.org/2")), "id"),
    "a status that is none": (record(note(status="dead")), "value"),
    "a contact that is none": (record(note(author_made_contact="yes")), "value"),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(FAULTY))
def test_it_says_of_a_record_what_is_wrong(what):
    content, code = FAULTY[what]
    assert fault(file_of(content)) == code
    assert code in faults.FAULTS


def test_it_says_which_of_the_records_is_wrong():
    found = list(
        people(
            file_of(
                record(), record(person_record_id="example.org/2", sex="M"), record(person_record_id="example.org/3")
            )
        )
    )
    assert [(each.number, each.record_id, each.fault) for each in found] == [
        (1, "example.org/1", ""), (2, "example.org/2", "value"), (3, "example.org/3", ""),
    ]  # fmt: skip


def test_it_repeats_of_a_wrong_identifier_nothing():
    (found,) = people(file_of(record(person_record_id="<![CDATA[<b>x</b>]]>")))
    assert (found.fault, found.record_id) == ("id", "")


@given(st.binary(max_size=400))
@tried(40, 150)
def test_it_reads_or_refuses_whatever_comes(content):
    assert set(codes(content)) <= {*reading.REFUSALS, *faults.FAULTS}


@given(st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=4)), max_size=6))
@tried(40, 150)
def test_it_reads_or_refuses_a_file_that_was_tampered_with(edits):
    content = bytearray(written([ours.person("a.example/1", ZAFAR, office=OFFICE, days=DAYS, is_sought=True)]))
    for at, change in edits:
        content[at % len(content) : at % len(content) + len(change)] = change
    assert set(codes(bytes(content))) <= {"", *reading.REFUSALS, *faults.FAULTS}


# -- the page that says so -----------------------------------------------------------------------------------------

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "pfif.md").read_text(encoding="utf-8")
#: where a value of a field is found in what a list keeps
EVERYTHING = {
        "person_record_id": "example.org/1", "entry_date": "2026-01-02T03:04:05Z", "expiry_date": "2027-01-01T00:00:00Z",
        "source_date": "2026-01-02T03:04:05Z", "sex": "male", "age": "30", "home_country": "TJ",
}  # fmt: skip


def told(part: str) -> dict[str, tuple[str, str]]:
    """What the page says of each field: out and in."""
    table = PAGE.split(f"## {part}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", table, re.MULTILINE)
    return {name: (leaves, comes) for name, leaves, comes in rows}


def test_it_says_of_every_field_what_becomes_of_it():
    assert (list(told("A person")), list(told("A note"))) == (list(standard.PERSON), list(standard.NOTE))


def test_it_says_which_fields_are_never_filled():
    never = [
        {name for name, (leaves, _in) in told(part).items() if leaves == "never"} for part in ("A person", "A note")
    ]
    assert never == [standard.NEVER_OF_A_PERSON, standard.NEVER_OF_A_NOTE]


def test_it_says_which_fields_are_filled():
    one_year = {**ZAFAR, "born": {"first": 1988, "last": 1988}}
    sent = [
        ours.person("a.example/1", each, office=OFFICE, days=DAYS, words="A scar.", is_sought=True)
        for each in (ZAFAR, one_year)
    ]
    filled = {name for each in sent for name in each.fields}, set(sent[0].notes[0].fields)
    say = [
        {name for name, (leaves, _in) in told(part).items() if leaves in ("always", "if agreed")}
        for part in ("A person", "A note")
    ]
    assert list(filled) == say


def test_it_says_which_fields_are_forgotten():
    """A mark in every field of text: those that the page calls not kept are in nothing that a list keeps."""
    fields = EVERYTHING | {
        name: f"zwq{at:03}x"
        for at, name in enumerate(standard.PERSON)
        if name not in EVERYTHING and name != "date_of_birth"
    }
    notes = {name: f"zwn{at:03}x" for at, name in enumerate(standard.NOTE) if name not in LIKE or name == "text"}
    met = repr(theirs.somebody(Person(fields, notes=(Note(notes),)), now=NOW))
    kept = (
        {name for name, value in fields.items() if value.startswith("zwq") and value in met},
        {name for name, value in notes.items() if value in met},
    )
    say = [
        {name for name, (_out, comes) in told(part).items() if not comes.startswith("not kept") and name in marked}
        for part, marked in (("A person", {each for each in fields if fields[each].startswith("zwq")}), ("A note", set(notes)))
    ]  # fmt: skip
    assert list(kept) == say


def test_it_names_its_own_elements_and_limits():
    assert [name for name in standard.OURS if f"`{name}`" not in PAGE] == []
    limits = (
        f"{reading.MOST_PEOPLE:,} people",
        f"{reading.LARGEST // 2**20} MB",
        f"more than {reading.MOST_NOTES}",
        f"{standard.LONGEST:,} characters",
    )
    assert [words for words in limits if words not in PAGE] == []
