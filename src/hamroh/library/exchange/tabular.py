"""Tables of records: which column is which, read from its heading in any language or settled by the editor and kept."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hamroh.directory.exchange.tables import FileRefused, Line, Table, read_tables
from hamroh.library.exchange.rows import Fault, Name, Row, Term, date_of, language_of, tidy, written_in
from hamroh.library.exchange.texts import recoded, refuse_many
from hamroh.library.models import ContributorRole, RecordKind
from hamroh.web.texts import LANGUAGES

#: columns with a language at their end
TEXTS = ("title", "abstract", "rights")
#: columns of people, several in a cell with ; between
PEOPLE = {
    "authors": ContributorRole.AUTHOR, "editors": ContributorRole.EDITOR, "translators": ContributorRole.TRANSLATOR,
    "illustrators": ContributorRole.ILLUSTRATOR, "teachers": ContributorRole.TEACHER, "issued_by": ContributorRole.ISSUER,
}  # fmt: skip
DETAILS = ("volume", "number", "pages", "edition", "isbn", "issn", "doi", "url", "hours", "level", "audience")
LAW = ("country", "law_number", "adopted", "signed", "in_force", "repealed", "official_url")
PLAIN = ("key", "kind", "date", "languages", "part_of", "printed_in", "place", "publisher", "licence", "subjects")
COLUMNS = (
    *PLAIN[:2], *(f"{name}_{lang}" for name in TEXTS[:2] for lang in LANGUAGES), *PEOPLE, *PLAIN[2:], *DETAILS,
    *(f"rights_{lang}" for lang in LANGUAGES), *LAW,
)  # fmt: skip
_SYNONYMS = {
    "key": ("id", "identifier", "ключ", "код", "калид", "açar", "no", "№"),
    "kind": ("type", "вид", "тип", "навъ", "növ"),
    "title": ("name", "название", "заглавие", "наименование", "ном", "унвон", "ad", "başlıq"),
    "abstract": ("summary", "description", "аннотация", "реферат", "описание", "шарҳ", "annotasiya", "xülasə"),
    "authors": ("author", "creator", "автор", "авторы", "муаллиф", "муаллифон", "müəllif", "müəlliflər"),
    "editors": ("editor", "редактор", "редакторы", "муҳаррир", "redaktor"),
    "translators": ("translator", "переводчик", "тарҷумон", "tərcüməçi"),
    "issued_by": ("issuer", "corporate_author", "кем_издано", "нашркунанда_ташкилот"),
    "date": ("year", "issued", "published", "год", "дата", "сол", "сана", "il", "tarix"),
    "languages": ("language", "язык", "языки", "забон", "забонҳо", "dil", "dillər"),
    "part_of": ("series", "journal_key", "входит_в", "серия", "қисми", "daxildir"),
    "printed_in": ("journal", "source", "журнал", "маҷалла", "jurnal"),
    "place": ("city", "место", "город", "ҷой", "шаҳр", "yer", "şəhər"),
    "publisher": ("издательство", "издатель", "нашриёт", "nəşriyyat"),
    "licence": ("license", "лицензия", "иҷозатнома", "lisenziya"),
    "subjects": ("keywords", "subject", "ключевые_слова", "рубрики", "калидвожаҳо", "açar_sözlər", "mövzular"),
    "volume": ("том", "ҷилд", "cild"), "number": ("issue", "номер", "шумора", "nömrə"), "pages": ("страницы", "саҳифаҳо", "səhifələr"),
    "rights": ("права", "ҳуқуқ", "hüquqlar"), "url": ("link", "ссылка", "пайванд", "keçid"), "country": ("страна", "кишвар", "ölkə"),
}  # fmt: skip
_KINDS = {
    RecordKind.PUBLICATION: ("book", "report", "книга", "брошюра", "китоб", "kitab"), RecordKind.ARTICLE: ("статья", "мақола", "məqalə"),
    RecordKind.ISSUE: ("special issue", "выпуск", "шумора", "buraxılış"), RecordKind.SERIES: ("journal", "журнал", "серия", "маҷалла", "jurnal"),
    RecordKind.RESEARCH: ("thesis", "study", "исследование", "тадқиқот", "tədqiqat"), RecordKind.LAW: ("decree", "закон", "указ", "қонун", "qanun"),
    RecordKind.INSTRUMENT: ("convention", "treaty", "конвенция", "конвенсия", "konvensiya"), RecordKind.COURSE: ("курс", "kurs"),
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """Which column is which: ``roles`` are names of `COLUMNS`, empty for those that are left out."""

    heading: tuple[str, ...]
    roles: tuple[str, ...]

    @property
    def unread(self) -> list[str]:
        return [name for name, role in zip(self.heading, self.roles, strict=True) if name and not role]


def table_of(name: str, content: bytes, encoding: str = "") -> Table:
    """The sheet with most rows; raises FileRefused."""
    return max(read_tables(name, recoded(content, encoding)), key=lambda each: len(each.lines))


def layout_of(heading: Sequence[str], kept: Iterable[dict[str, list[str]]] = ()) -> Layout:
    """As a file with this very heading was read before, else as its words propose; a column is taken once."""
    for each in kept:
        if each.get("heading") == list(heading) and len(each.get("roles", ())) == len(heading):
            return Layout(tuple(heading), tuple(role if role in COLUMNS else "" for role in each["roles"]))
    taken: set[str] = set()
    roles = []
    for said in heading:
        role = _role(said)
        roles.append("" if role in taken else role)
        taken.add(role)
    return Layout(tuple(heading), tuple(roles))


def _role(said: str) -> str:
    plain = re.sub(r"\W+", "_", said.casefold()).strip("_")
    if plain in COLUMNS:
        return plain
    for name, words in _SYNONYMS.items():
        for word in (name, *words):
            rest = plain.removeprefix(word)
            lang = language_of(rest.strip("_")) if rest.startswith("_") else ""
            if plain == word or (rest != plain and lang in LANGUAGES and name in TEXTS):
                return f"{name}_{lang or 'en'}" if name in TEXTS else name
    return ""


def rows(table: Table, layout: Layout) -> Iterator[Row]:
    """A row for each line of the table."""
    if not any(role.startswith("title_") for role in layout.roles):
        raise FileRefused(_("No column is known as the title. Name one title_en, title_tg, title_az or title_ru."))
    spoken = frozenset(role for role in layout.roles if role)
    for place, line in enumerate(table.lines, start=1):
        refuse_many(place)
        yield _row(line, layout, spoken)


def _row(line: Line, layout: Layout, spoken: frozenset[str]) -> Row:
    said = {role: tidy(cell) for role, cell in zip(layout.roles, line.cells, strict=False) if role}
    row = Row(line.number, key=said.get("key", ""), speaks_of=spoken)
    row.kind = _kind(said.get("kind", ""), row)
    for name, texts in (("title", row.titles), ("abstract", row.abstracts), ("rights", row.rights)):
        texts.update({lang: text for lang in LANGUAGES if (text := said.get(f"{name}_{lang}"))})
    row.languages = _languages(said.get("languages", ""), row)
    row.date = _date(said.get("date", ""), "date", row)
    for name, role in PEOPLE.items():
        row.names += [_person(each, role, row) for each in said.get(name, "").split(";") if each.strip()]
    row.subjects = [(_term(each.strip()),) for each in re.split(r"[;|\n]", said.get("subjects", "")) if each.strip()]
    row.within, row.printed_in = said.get("part_of", ""), said.get("printed_in", "")
    row.place, row.publisher, row.licence = said.get("place", ""), said.get("publisher", ""), said.get("licence", "")
    row.details = {name: said[name] for name in DETAILS if said.get(name)}
    row.act = {name.removeprefix("law_"): said[name] for name in LAW if said.get(name)}
    for place in line.formulas:
        if place < len(layout.roles) and layout.roles[place]:
            row.faults.append(Fault(layout.heading[place], _("The cell holds a formula, not a value.")))
    return row


def _kind(said: str, row: Row) -> str:
    plain = said.casefold().strip().replace(" ", "_")
    if not plain or plain in RecordKind.values:
        return plain or str(RecordKind.PUBLICATION)
    for kind, words in _KINDS.items():
        if plain.replace("_", " ") in (*words, str(kind.label).casefold()):
            return str(kind)
    row.faults.append(
        Fault(
            "kind",
            _(
                "This is no kind of record: write publication, article, issue, series, research, law, instrument or course."
            ),
        )
    )
    return str(RecordKind.PUBLICATION)


def _languages(said: str, row: Row) -> list[str]:
    found = []
    for each in re.split(r"[;,/]", said):
        tag = language_of(each)
        if tag:
            found.append(tag)
        elif each.strip():
            row.faults.append(Fault("languages", _("Give the language of each text by its code, such as tg or az.")))
    return found


def _date(said: str, name: str, row: Row) -> str:
    found = date_of(said)
    if said and not found:
        row.faults.append(Fault(name, _("Write a year, a month or a day, such as 2008, 2008-10 or 2008-10-31.")))
    return found


def _person(said: str, role: str, row: Row) -> Name:
    """``Name`` or one name in several languages with a stroke between: ``Рахимова А. | Rahimova A.``"""
    names: dict[str, str] = {}
    for each in said.split("|"):
        if text := tidy(each):
            names.setdefault(written_in(text, [*row.languages, *row.titles]), text)
    return Name(names, role, is_body=role == ContributorRole.ISSUER)


def _term(said: str) -> Term:
    return Term(uri=said) if said.startswith(("http://", "https://")) else Term(said)
