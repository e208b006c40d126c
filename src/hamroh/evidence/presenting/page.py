"""An edition in one language, ready to be set by any medium: numbers are text already, notes are numbered, nothing is left to look up."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in the reader's language. ``code`` names its own page; ``note`` is the number of its source note, 0 where it has none.

    ``flags`` are letters, ``marks`` their words ("estimated"); ``missing`` says in words why there is no number.
    """

    code: str
    text: str
    note: int = 0
    flags: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of prose: words, or a figure within them."""

    text: str
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class PageRow:
    """``role`` is that of ``kernel.figures.Role``: item, total, subtotal, of_which, rest, share."""

    label: str
    role: str
    cells: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class PageTable:
    """``unit`` is in words; ``stub`` heads the column of labels."""

    columns: tuple[str, ...]
    rows: tuple[PageRow, ...]
    stub: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a ranked, directory, law or summary list: ``text`` with an address, a second line, a figure."""

    text: str
    lang: str = ""
    detail: str = ""
    url: str = ""
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside a block: a finding that was answered for (``reason``), or an erratum."""

    kind: str
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PageBlock:
    """One block. ``label`` is "Table 1" or "Chart 2"; ``lang`` the language that its text is in, where that is a fallback.

    Only what its kind has is filled: ``paragraphs`` (text, caveat, recommendation), ``table``, ``lines`` (lists), ``number`` (figure),
    ``svg`` with ``alt`` and its ``table`` (chart, map). ``note`` is the number of its source note.
    """

    key: str
    kind: str
    title: str = ""
    label: str = ""
    lang: str = ""
    paragraphs: tuple[tuple[Run, ...], ...] = ()
    table: PageTable | None = None
    lines: tuple[Line, ...] = ()
    number: Number | None = None
    svg: str = ""
    alt: str = ""
    note: int = 0
    caption: str = ""
    status: str = ""
    addressee: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """``level`` is 1 for "2" and 2 for "2.1"."""

    code: str
    title: str
    level: int
    blocks: tuple[PageBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered source note: the source as it is cited, with what that has it from, and the place in it."""

    number: int
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole edition in ``lang``. ``digest`` is that of the frozen content, empty for a draft."""

    code: str
    lang: str
    title: str
    area: str
    area_name: str
    label: str
    state: str
    as_of: str = ""
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()
    acronyms: tuple[tuple[str, str], ...] = ()
    #: (heading, text): authors, editor, publisher, ISBN, date
    imprint: tuple[tuple[str, str], ...] = ()
    disclaimer: str = ""
    cite_as: str = ""
    digest: str = ""
    published: str = ""
    errata: tuple[Mark, ...] = ()
    endorsements: tuple[Line, ...] = ()
    languages: tuple[str, ...] = field(default=("en", "az", "ru", "tg"))

    def of_kind(self, kind: str) -> tuple[PageBlock, ...]:
        """All blocks of a kind in order, for lists of tables and charts."""
        return tuple(block for section in self.sections for block in section.blocks if block.kind == kind)
