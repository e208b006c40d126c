"""A profile out of data: tables as printed, cell by cell; every fault of the data is named at once."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from hamroh.kernel.datafiles import document
from hamroh.kernel.figures.model import (
    Claim,
    Concept,
    Figure,
    Kind,
    Note,
    Part,
    Profile,
    Role,
    Row,
    Source,
    Table,
)
from hamroh.kernel.figures.periods import Period
from hamroh.kernel.figures.reading import NotANumber, printed_slack, read_cell, read_loosely, slips
from hamroh.kernel.figures.shapes import is_total, shaped

VOCABULARY = "profile/concepts.yml"
Data = Mapping[str, Any]


class Unreadable(ValueError):
    """A profile is not as it must be; ``faults`` lists what."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def read_profile(data: Data, vocabulary: Data | None = None) -> Profile:
    """The profile in ``data`` (``data/profile/*.yml`` shows the form); ``vocabulary`` declares concepts and groups. Unreadable lists faults."""
    return _Reader(data, vocabulary or document(VOCABULARY)).profile()


class _Reader:
    """Reads part by part and gathers what is wrong."""

    def __init__(self, data: Data, vocabulary: Data) -> None:
        self.data, self.faults = data, list[str]()
        self.area = str(data.get("area", ""))
        self.concepts = {key: _concept(key, said) for key, said in vocabulary.get("concepts", {}).items()}
        self.groups = {key: frozenset(codes) for key, codes in vocabulary.get("groups", {}).items()}

    def profile(self) -> Profile:
        made = Profile(
            area=self.area, date=self.period("date", self.data.get("date")) or Period.read("1900"), concepts=self.concepts,
            sources={key: self.source(key, said) for key, said in self.data.get("sources", {}).items()},
            notes={int(key): Note(int(key), said.get("source", ""), said.get("ibid")) for key, said in self.data.get("notes", {}).items()},
            tables=tuple(self.table(key, said) for key, said in self.data.get("tables", {}).items()),
            singles=tuple(self.single(said) for said in self.data.get("figures", ())),
            claims=tuple(Claim(**said) for said in self.data.get("claims", ())),
            texts=dict(self.data.get("texts", {})), groups=self.groups,
        )  # fmt: skip
        self.faults += _dangling(made)
        if self.faults:
            raise Unreadable(self.faults)
        return made

    def period(self, where: str, text: Any) -> Period | None:
        if text in (None, ""):
            return None
        try:
            return Period.read(str(text))
        except ValueError:
            self.faults.append(f"{where}: {text!r} is no period; write 2006, 2006-12-31, 2003-05 or 2004/2007")
            return None

    def number(self, where: str, given: Any, scale: int = 0) -> Decimal | None:
        if given is None:
            return None
        try:
            return Decimal(str(given)).scaleb(scale)
        except InvalidOperation:
            self.faults.append(f"{where}: {given!r} is no number")
            return None

    def known(self, where: str, concept: str) -> str:
        if concept not in self.concepts:
            self.faults.append(f"{where}: the vocabulary has no concept {concept!r}")
        return concept

    def source(self, key: str, said: Data) -> Source:
        issued = self.period(f"source {key}", said.get("issued"))
        return Source(key, str(said.get("title", "")), str(said.get("kind", "")), issued, str(said.get("cites", "")))

    def single(self, said: Data) -> Figure:
        where, scale = str(said.get("id", "?")), int(said.get("thousands", 0))
        concept = self.known(where, str(said.get("concept", "")))
        printed = str(said.get("printed", ""))
        value = self.number(where, said.get("value"), scale)
        return Figure(
            id=where, concept=concept, area=str(said.get("area", self.area)), printed=printed,
            period=self.period(where, said.get("period")), value=value,
            low=self.number(where, said.get("low"), scale), high=self.number(where, said.get("high"), scale),
            unit=self._unit(concept), slack=printed_slack(printed, value), faults=slips(printed),
            parts=tuple(Part(str(each["label"]), Decimal(str(each["value"])), each.get("concept", "")) for each in said.get("parts", ())),
            shares=tuple((whole, Decimal(str(per))) for whole, per in said.get("shares", {}).items()),
            **_common(said), section=str(said.get("section", "")),
        )  # fmt: skip

    def _unit(self, concept: str) -> str:
        return self.concepts[concept].unit if concept in self.concepts else ""

    def table(self, key: str, said: Data) -> Table:
        columns = tuple(str(each) for each in said.get("columns", ()))
        said = _with_total(said, columns)
        made = Table(
            id=key, title=str(said.get("title", "")), columns=columns,
            rows=tuple(self.row(key, said, columns, each) for each in said.get("rows", ())),
            unit_printed=bool(said.get("unit_printed", True)), decimal=str(said.get("decimal", ".")),
            nil=str(said["nil"]) if "nil" in said else "", section=str(said.get("section", "")),
            source=str(said.get("source", "")), note=said.get("note"), partial=frozenset(said.get("partial", ())),
            sums={str(whole): tuple(map(str, parts)) for whole, parts in said.get("sums", {}).items()},
            whole=str(said.get("whole", "")), time=str(said.get("time", "")),
        )  # fmt: skip
        return shaped(made) if all(len(row.cells) == len(columns) for row in made.rows) else made

    def row(self, key: str, table: Data, columns: tuple[str, ...], said: Data) -> Row:
        label, cells = str(said.get("label", "")), list(said.get("cells", ()))
        if len(cells) != len(columns):
            self.faults.append(f"{key}/{label}: {len(cells)} cells beside {len(columns)} columns")
        if said.get("role", "item") not in set(Role):
            self.faults.append(f"{key}/{label}: {said['role']!r} is no role of a row")
            said = {**said, "role": "item"}
        made = [
            self.cell(f"{key}/{label}", table, said, at, cell)
            for at, cell in enumerate(zip(columns, cells, strict=False))
        ]
        return Row(
            str(said.get("key", "")), label, Role(said.get("role", "item")), str(said.get("group", "")), tuple(made)
        )

    def cell(self, where: str, table: Data, row: Data, at: int, cell: tuple[str, Any]) -> Figure:
        column, printed = cell[0], "" if cell[1] is None else str(cell[1])
        where = f"{where}/{column}"
        try:
            read = read_loosely(printed, str(table.get("decimal", ".")), str(table.get("nil", "")))
        except NotANumber as fault:
            self.faults.append(f"{where}: {fault}")
            read = read_cell("")
        concepts = table.get("concepts", ())
        concept = self.known(
            where, str(row.get("concept") or (concepts[at] if at < len(concepts) else table.get("concept", "")))
        )
        scale = int(table.get("thousands", 0))
        value, low, high = (None if each is None else each.scaleb(scale) for each in (read.value, read.low, read.high))
        return Figure(
            id=where, concept=concept, area=str(table.get("area", self.area)), printed=printed,
            period=self.period(where, self._when(table, row, column)),
            value=value, low=low, high=high, slack=read.slack.scaleb(scale), unit=self._unit(concept),
            faults=slips(printed), section=str(table.get("section", "")), **_common({**_along(table, row, column), **row}, table),
        )  # fmt: skip

    def _when(self, table: Data, row: Data, column: str) -> Any:
        """The time of a cell: the row's own, or what the rows or columns are; a column that adds others up spans them."""
        if table.get("rows_are") == "period" or "period" in row:
            return row.get("period", row.get("label"))
        added = table.get("sums", {}).get(column)
        return f"{added[0]}/{added[-1]}" if added else column


def _with_total(said: Data, columns: tuple[str, ...]) -> Data:
    """The table with its one column among years that says it adds them up, if nothing else is said of sums."""
    rest = [each for each in columns if not _is_period(each)]
    if (
        said.get("sums")
        or len(rest) != 1
        or not is_total(rest[0])
        or len(columns) < 3
        or said.get("rows_are") == "period"
    ):
        return said
    return {**said, "sums": {rest[0]: tuple(each for each in columns if each != rest[0])}}


def _is_period(text: str) -> bool:
    try:
        Period.read(text)
    except ValueError:
        return False
    return True


def _common(said: Data, table: Data | None = None) -> dict[str, Any]:
    """What a cell has from its row or else its table, and a single figure by itself."""
    both = {**(table or {}), **{key: value for key, value in said.items() if value is not None}}
    return {
        "origin": str(both.get("origin", "")), "destination": str(both.get("destination", "")),
        "definition": str(both.get("definition", "")), "source": str(both.get("source", "")), "note": both.get("note"),
        "flags": frozenset(both.get("flags", ())), "vintage": str(both.get("vintage", "")),
    }  # fmt: skip


def _along(table: Data, row: Data, column: str) -> Data:
    """What a row stands for along the table's own dimension, such as a country of origin; totals stand for no one country."""
    what = table.get("rows_are", "")
    if what not in ("origin", "destination", "nationality"):
        # how the parts of a country are called that a column stands for
        return {"definition": column} if row.get("role") != "total" and column in _added(table) else {}
    told = str(row.get("key") or row.get("label", "")) if row.get("role", "item") not in ("total", "subtotal") else ""
    if row.get("role") == "subtotal":
        told = str(row.get("group", ""))
    return {"definition" if what == "nationality" else what: told}


def _added(table: Data) -> set[str]:
    return {part for parts in table.get("sums", {}).values() for part in parts}


def _concept(key: str, said: Data) -> Concept:
    share, balance = said.get("share"), said.get("balance")
    return Concept(
        key, Kind(said["kind"]), str(said.get("unit", "")), bool(said.get("signed", False)), bool(said.get("timeless", False)),
        tuple(said.get("part_of", ())), (share[0], share[1]) if share else None, int(said.get("per", 100)),
        (balance[0], balance[1]) if balance else None, str(said.get("mirror", "")),
    )  # fmt: skip


def _dangling(profile: Profile) -> Iterator[str]:
    """What is named and is not there."""
    for figure in profile.figures():
        if figure.source and figure.source not in profile.sources:
            yield f"{figure.id}: no source {figure.source!r}"
        if figure.note is not None and figure.note not in profile.notes:
            yield f"{figure.id}: no note {figure.note}"
    for source in profile.sources.values():
        if source.cites and source.cites not in profile.sources:
            yield f"source {source.key}: no source {source.cites!r}"
    yield from _dangling_notes(profile.notes.values(), profile)


def _dangling_notes(notes: Iterable[Note], profile: Profile) -> Iterator[str]:
    for note in notes:
        if note.source and note.source not in profile.sources:
            yield f"note {note.number}: no source {note.source!r}"
        if note.ibid is not None and (note.ibid not in profile.notes or note.ibid >= note.number):
            yield f"note {note.number}: ibid. of {note.ibid}, which is no note before it"
