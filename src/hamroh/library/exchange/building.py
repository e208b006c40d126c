"""A row becomes facts: over what the record says already, and with what has no place here told apart."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from hamroh.library.exchange.matching import Subjects
from hamroh.library.exchange.rows import LONGEST, MOST_VALUES, Fault, Row
from hamroh.library.facts import ActFacts, ContributorFacts, RecordFacts, SubjectFacts
from hamroh.library.models import LEGAL_KINDS
from hamroh.library.rules import DETAILS, doi_of, isbn_of, issn_of

_NUMBERS = {"doi": doi_of, "isbn": isbn_of, "issn": issn_of}
_ACT = ("country", "number", "adopted", "signed", "in_force", "repealed", "official_url")
#: fields that are compared one by one, with what they are called to an editor
FIELDS = ("titles", "abstracts", "languages", "date", "part_of", "place", "publisher_text", "details", "licence", "rights", "source", "contributors", "subjects", "act")  # fmt: skip


def faults_of(row: Row) -> list[Fault]:
    """Why a row cannot be read at all."""
    found = list(row.faults)
    if not any(row.titles.values()):
        found.append(Fault("title", _("The record has no title.")))
    texts = [
        *row.titles.values(),
        *row.abstracts.values(),
        *row.rights.values(),
        *row.details.values(),
        row.publisher,
        row.place,
    ]
    if any(len(each) > LONGEST for each in texts):
        found.append(Fault("", _("A text is longer than %(most)s signs.") % {"most": LONGEST}))
    if max(len(row.names), len(row.subjects)) > MOST_VALUES:
        found.append(Fault("", _("A field has more than %(most)s values.") % {"most": MOST_VALUES}))
    return found


def facts_from(row: Row, subjects: Subjects, held: RecordFacts | None = None) -> RecordFacts:
    """The facts of a row, laid over those of the record that it changes: what the row does not say stays. Tells in ``row.left_out`` what has no place."""
    kind = held.kind if held else row.kind
    made = RecordFacts(
        kind=kind, titles=row.titles, abstracts=row.abstracts, languages=tuple(dict.fromkeys(row.languages)), date=row.date, place=row.place[:120],
        publisher_text=row.publisher[:300], details=_details(row, kind), licence=row.licence, rights=row.rights, source=_source(row),
        contributors=tuple(ContributorFacts(names=one.names, role=one.role, is_body=one.is_body) for one in row.names),
        subjects=_subjects(row, subjects), act=_act(row, kind),
    )  # fmt: skip
    return over(held, made) if held else made


def over(held: RecordFacts, made: RecordFacts) -> RecordFacts:
    """What is new over what is held: languages and details one by one, people as a whole, subjects beside those that are there."""
    people = _with_entries(made.contributors, held.contributors) if made.contributors else held.contributors
    known = {each.concept for each in held.subjects}
    return replace(
        held, titles={**held.titles, **made.titles}, abstracts={**held.abstracts, **made.abstracts}, languages=made.languages or held.languages,
        date=made.date or held.date, place=made.place or held.place, publisher_text=made.publisher_text or held.publisher_text,
        details={**held.details, **made.details}, licence=made.licence or held.licence, rights={**held.rights, **made.rights},
        source={**held.source, **made.source}, contributors=people, act=_act_over(held.act, made.act),
        subjects=(*held.subjects, *(each for each in made.subjects if each.concept not in known)),
    )  # fmt: skip


def _with_entries(new: Iterable[ContributorFacts], old: Iterable[ContributorFacts]) -> tuple[ContributorFacts, ...]:
    """Who was bound to her entry of the directory stays bound while she is named the same."""
    bound = {(one.role, name): one for one in old for name in one.names.values()}
    found = []
    for one in new:
        before = next((held for name in one.names.values() if (held := bound.get((one.role, name)))), None)
        found.append(replace(one, party=before.party, names={**before.names, **one.names}) if before else one)
    return tuple(found)


def _act_over(held: ActFacts | None, made: ActFacts | None) -> ActFacts | None:
    if held is None or made is None:
        return held or made
    return replace(held, **{name: value for name in _ACT if (value := getattr(made, name))})


def _details(row: Row, kind: str) -> dict[str, str]:
    """Details that records of this kind have, with numbers that hold; all others are told as left out."""
    found: dict[str, str] = {}
    for name, value in row.details.items():
        told = _NUMBERS[name](value) if name in _NUMBERS else value
        if name not in DETAILS.get(kind, ()):
            if not row.printed_in and not (kind in LEGAL_KINDS and name == "url"):
                row.left_out.append(Fault(name, _("Records of this kind do not have this.")))
        elif not told or (name == "url" and not value.lower().startswith(("http://", "https://"))):
            row.left_out.append(Fault(name, _("This number or address is wrong and was left out.")))
        else:
            found[name] = value if name != "doi" else told
    return found


def _source(row: Row) -> dict[str, str]:
    """Where an article was printed, which is no record of ours: its journal, volume, number and pages."""
    if not row.printed_in:
        return {}
    numbers = (
        (row.details.get("volume", ""), "{}"),
        (row.details.get("number", ""), "({})"),
        (row.details.get("pages", ""), ", {}"),
    )
    locator = "".join(form.format(value) for value, form in numbers if value)
    return {
        "title": row.printed_in[:300],
        **({"locator": locator.lstrip(", ")[:120]} if locator else {}),
        "certainty": "B",
    }


def _subjects(row: Row, subjects: Subjects) -> tuple[SubjectFacts, ...]:
    found = dict.fromkeys(filter(None, (subjects.of(each) for each in row.subjects)))
    return tuple(SubjectFacts(concept=uri) for uri in found)


def unmatched(row: Row, subjects: Subjects) -> list[str]:
    """Words of the file that no concept is called."""
    lost = [each for each in row.subjects if not subjects.of(each)]
    return [next((term.label for term in each if term.label), "") or each[0].uri for each in lost]


def _act(row: Row, kind: str) -> ActFacts | None:
    if kind not in LEGAL_KINDS:
        if row.act:
            row.left_out.append(Fault("law", _("Only laws and international documents have a legal side.")))
        return None
    said: dict[str, Any] = {name: row.act[name] for name in _ACT if row.act.get(name)}
    if (url := row.details.get("url", "")).startswith(("http://", "https://")):
        said.setdefault("official_url", url)
    return ActFacts(**said)
