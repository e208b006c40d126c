"""A vocabulary as a sheet that people fill in: a row a concept, a column for each language and kind of word.

The row ``@scheme`` speaks of the vocabulary itself. A sheet adds and changes: a row or a column that is not there leaves
things as they are, an emptied cell takes away, and a concept is retired by its status.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings

from hamroh.kernel.vocabulary import READ
from hamroh.thesaurus import selectors, skos
from hamroh.thesaurus.drafts import (
    Difference,
    Draft,
    DraftConcept,
    DraftLabel,
    DraftMapping,
    DraftNote,
    DraftRefused,
    Fault,
    Problem,
)
from hamroh.thesaurus.exchange import tables
from hamroh.thesaurus.models import Match, NoteKind, Scheme, Status

MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SCHEME = "@scheme"
_PLAIN = ("key", "uri", "notation", "status", "top")
_BROADER = ("broader", "broaderGeneric", "broaderPartitive", "broaderInstantial")
_KINDS = ("pref", "alt", "hidden")
_BETWEEN = re.compile(r"(?<!\\)\|")
_LANG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_YES = "x"


class Fate(NamedTuple):
    """What becomes of a row: ``new``, ``changed`` or ``unchanged``."""

    line: int
    key: str
    fate: str


@dataclass
class Rows:
    """A draft, and for a sheet the line of each concept that has a row."""

    draft: Draft
    rows: dict[str, int] = field(default_factory=dict)


def is_sheet(content: bytes) -> bool:
    """Whether the file is a workbook, or a text whose first cell heads a column of ours."""
    return tables.is_workbook(content) or tables.first_cell(content) in ("key", "uri", "notation")


def written(draft: Draft, form: str) -> bytes:
    """The draft as CSV or XLSX."""
    lines = list(_lines(draft))
    return tables.as_csv(lines) if form == "csv" else tables.as_xlsx(lines)


def read(content: bytes, code: str, below: Mapping[str, DraftConcept]) -> Rows:
    """What the sheet makes of the vocabulary ``code``, which may be new; DraftRefused names every row that is wrong."""
    found = list(tables.rows(content))
    head, body = _head(found), found[1:]
    sheet = _Sheet(head, body, _draft_before(head, body, code), below)
    sheet.fill()
    problems = sheet.problems + [
        Problem(each.fault, each.line or sheet.line_of(each), each.subject, each.detail)
        for each in skos.check(sheet.draft, below)
    ]
    if problems:
        unique = dict.fromkeys(sorted(problems, key=lambda each: each.line or 0))
        raise DraftRefused(list(unique)[:100])
    skos.name_new(sheet.draft.concepts)
    return Rows(sheet.draft, sheet.rows)


def fates(rows: Mapping[str, int], difference: Difference) -> Iterator[Fate]:
    """What becomes of each row, in the order of the file."""
    known = dict.fromkeys(difference.added, "new") | dict.fromkeys(difference.changed, "changed")
    for uri, line in sorted(rows.items(), key=lambda item: item[1]):
        yield Fate(line, skos.local_name(uri), known.get(uri, "unchanged"))


def _lines(draft: Draft) -> Iterator[list[str]]:
    columns = _columns(draft)
    yield columns
    about = {"key": _SCHEME, "uri": draft.uri, "notation": draft.version}
    about |= {f"pref:{lang}": text for lang, text in draft.titles.items()}
    yield [about.get(name, "") for name in columns]
    keys = {uri: one.key for uri, one in draft.concepts.items() if one.key}
    for one in sorted(draft.concepts.values(), key=lambda one: (one.key, one.uri)):
        yield [_cell(one, name, keys) for name in columns]


def _columns(draft: Draft) -> list[str]:
    concepts = draft.concepts.values()
    ways = {way for one in concepts for way in one.ways.values()}
    langs = {(label.kind, label.lang) for one in concepts for label in one.labels}
    langs |= {("pref", lang) for lang in (*READ, *draft.titles)}
    notes = {(note.kind, note.lang) for one in concepts for note in one.notes}
    matches = {mapping.kind for one in concepts for mapping in one.mappings}
    return [
        *_PLAIN,
        *(name for name in _BROADER if name == "broader" or name in ways),
        "related",
        "replaced_by",
        *(f"{kind}:{lang}" for kind in _KINDS for lang in sorted(lang for its, lang in langs if its == kind)),
        *(f"{kind}:{lang}" for kind, lang in sorted(notes)),
        *sorted(matches),
    ]


def _cell(one: DraftConcept, name: str, keys: Mapping[str, str]) -> str:
    kind, _, lang = name.partition(":")
    if name in _BROADER:
        others = (uri for uri in one.broader if one.ways.get(uri, "broader") == name)
        return _joined(keys.get(uri, uri) for uri in others)
    if kind in _KINDS:
        return _joined(label.text for label in one.labels if (label.kind, label.lang) == (kind, lang))
    if ":" in name:
        return _joined(note.text for note in one.notes if (note.kind, note.lang) == (kind, lang))
    if name in Match.values:
        return _joined(mapping.uri for mapping in one.mappings if mapping.kind == name)
    plain: dict[str, Callable[[], str]] = {
        "top": lambda: _YES if one.is_top else "",
        "related": lambda: _joined(keys.get(uri, uri) for uri in one.related),
        "replaced_by": lambda: _in_order(
            keys.get(uri, uri) for uri in (one.replaced_by, *sorted(one.also_replaced_by)) if uri
        ),
    }
    return plain[name]() if name in plain else str(getattr(one, name))


def _joined(texts: Iterable[str]) -> str:
    return _in_order(sorted(texts))


def _in_order(texts: Iterable[str]) -> str:
    return " | ".join(text.replace("|", "\\|") for text in texts)


def _parted(cell: str) -> list[str]:
    return [part for each in _BETWEEN.split(cell) if (part := each.replace("\\|", "|").strip())]


def _head(found: list[tuple[int, list[str]]]) -> list[str]:
    """The names of the columns; DraftRefused for one that is not known or stands twice."""
    names = [name.strip() for name in found[0][1]] if found else []
    strange = [name for number, name in enumerate(names) if not _is_known(name) or (name and name in names[:number])]
    if strange or not {"key", "uri"} & set(names):
        wrong = strange or ["key"]
        raise DraftRefused([Problem(Fault.COLUMN, 1, "", name[:60]) for name in wrong])
    return names


def _is_known(name: str) -> bool:
    kind, colon, lang = name.partition(":")
    if colon:
        return (kind in _KINDS or kind in NoteKind.values) and (not lang or bool(_LANG.fullmatch(lang)))
    return not name or name in (*_PLAIN, *_BROADER, "related", "replaced_by", *Match.values)


def _draft_before(head: list[str], body: list[tuple[int, list[str]]], code: str) -> Draft:
    """The vocabulary as it is; where it is new, an empty one."""
    about = next((dict(zip(head, cells, strict=False)) for _, cells in body if cells[:1] == [_SCHEME]), {})
    uri = about.get("uri", "")
    known = Scheme.objects.filter(uri=uri).first() if uri else Scheme.objects.filter(code=code).first()
    if known is not None:
        return selectors.draft_of(actor=None, scheme=known)
    if not uri and not code:
        raise DraftRefused([Problem(Fault.NO_SCHEME)])
    return Draft(uri or f"{settings.PUBLIC_URL.rstrip('/')}/id/{code}", {} if about else {"en": code})


class _Sheet:
    """A draft that is being filled row by row, with every reason why a row is wrong."""

    def __init__(
        self, head: list[str], body: list[tuple[int, list[str]]], draft: Draft, below: Mapping[str, DraftConcept]
    ) -> None:
        self.draft, self.below = draft, below
        self.lines = [(number, dict(zip(head, cells, strict=False))) for number, cells in body]
        self.rows: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.named: dict[str, str] = {}

    def fill(self) -> None:
        known = {**self.below, **self.draft.concepts}
        self.named = {one.notation: uri for uri, one in known.items() if one.notation}
        self.named |= {one.key: uri for uri, one in known.items() if one.key} | {uri: uri for uri in known}
        concepts = []
        for number, cells in self.lines:
            if cells.get("key") == _SCHEME:
                self._describe(cells)
            elif (one := self._concept(number, cells)) is not None:
                concepts.append((number, cells, one))
        for number, cells, one in concepts:  # when every name is known
            self._relate(number, cells, one)

    def line_of(self, problem: Problem) -> int | None:
        """The row that a problem is about; of a ring the first that has one."""
        ring = problem.detail.split(" → ") if problem.fault is Fault.CYCLE else ()
        lines = (line for uri, line in self.rows.items() if skos.local_name(uri) in ring)
        return self.rows.get(problem.subject) or min(lines, default=None)

    def _describe(self, cells: Mapping[str, str]) -> None:
        titles = {name[5:]: text for name, text in cells.items() if name.startswith("pref:") and text}
        self.draft.titles = titles or self.draft.titles
        self.draft.version = cells.get("notation", self.draft.version)[:60]

    def _concept(self, number: int, cells: Mapping[str, str]) -> DraftConcept | None:
        key = cells.get("key") or cells.get("notation", "")
        uri = cells.get("uri") or self.named.get(key) or (f"{self.draft.uri.rstrip('/')}/{key}" if key else "")
        if not uri or re.search(r"[\s<>\"{}|\\^`]", uri):
            self.problems.append(Problem(Fault.ROW, number))
            return None
        if uri in self.rows:
            self.problems.append(Problem(Fault.TWICE, number, uri))
            return None
        self.rows[uri] = number
        own = uri not in self.below or (uri in self.draft.concepts and self.draft.concepts[uri].own)
        one = self.draft.concepts.setdefault(uri, DraftConcept(uri, own=own))
        self.named |= {name: uri for name in (cells.get("key"), cells.get("notation"), uri) if name}
        self._say(number, cells, one)
        return one

    def _say(self, number: int, cells: Mapping[str, str], one: DraftConcept) -> None:
        if one.own:
            one.notation = cells.get("notation", one.notation)
            one.is_top = bool(cells["top"]) if "top" in cells else one.is_top
            one.status = cells.get("status") or one.status
            if one.status not in Status.values:
                self.problems.append(Problem(Fault.STATUS, number, one.uri, one.status[:60]))
        for name, cell in cells.items():
            kind, colon, lang = name.partition(":")
            texts = _parted(cell)
            if colon and kind in _KINDS:
                kept = {
                    label for label in one.labels if (label.kind, label.lang) == (kind, lang) and label.text in texts
                }
                one.labels = {label for label in one.labels if (label.kind, label.lang) != (kind, lang)} | kept
                said = {label.text for label in kept}
                one.labels |= {DraftLabel(kind, lang, text) for text in texts if text not in said}
            elif colon:
                one.notes = {note for note in one.notes if (note.kind, note.lang) != (kind, lang)}
                one.notes |= {DraftNote(kind, lang, text) for text in texts}
            elif name in Match.values:
                one.mappings = {mapping for mapping in one.mappings if mapping.kind != name}
                one.mappings |= {DraftMapping(name, uri) for uri in texts}

    def _relate(self, number: int, cells: Mapping[str, str], one: DraftConcept) -> None:
        for name in _BROADER:
            if name in cells:
                before = {uri for uri in one.broader if one.ways.get(uri, "broader") == name}
                one.broader -= before
                one.ways = {uri: way for uri, way in one.ways.items() if uri not in before}
                for uri in self._others(number, one, cells[name]):
                    one.broader.add(uri)
                    one.ways |= {uri: name} if name != "broader" else {}
        if "related" in cells:
            wanted = set(self._others(number, one, cells["related"]))
            for uri in one.related - wanted:
                self.draft.concepts[uri].related.discard(one.uri) if uri in self.draft.concepts else None
            one.related = wanted
            for uri in wanted & self.draft.concepts.keys():
                self.draft.concepts[uri].related.add(one.uri)
        if "replaced_by" in cells and one.own:
            one.replaced_by, *others = self._others(number, one, cells["replaced_by"]) or [""]
            one.also_replaced_by = set(others)

    def _others(self, number: int, one: DraftConcept, cell: str) -> list[str]:
        found = []
        for name in _parted(cell):
            if name in self.named:
                found.append(self.named[name])
            else:
                self.problems.append(Problem(Fault.UNKNOWN_CONCEPT, number, one.uri, name[:120]))
        return found
