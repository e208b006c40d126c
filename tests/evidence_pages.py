"""A page by hand, with one block of every kind and every letter of ours."""

from typing import Any

from hamroh.evidence.presenting.page import (
    Line,
    Mark,
    Note,
    Number,
    Page,
    PageBlock,
    PageRow,
    PageTable,
    Run,
    Section,
)

LETTERS = (
    "АаБбВвГгҒғДдЕеЁёЖжЗзИиӢӣЙйКкҚқЛлМмНнОоПпРрСсТтУуӮӯФфХхҲҳЧчҶҷШшЩщЪъЫыЬьЭэЮюЯя "
    "AaBbCcÇçDdEeƏəFfGgĞğHhXxIıİiJjKkQqLlMmNnOoÖöPpRrSsŞşTtUuÜüVvYyZz 0123456789 −–—…×•·№«»„“”‘’%€$"
)
HOSTILE = '] #panic(1) $x$ *b* \\ @a <b> // =HYPERLINK() <script>alert("1")</script> #include "x"'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 20" width="420" height="20"><text x="2" y="14">Ҳама</text></svg>'


def rows(count: int, columns: int = 2) -> PageTable:
    cells = tuple(
        Number(f"c{at}", str(at), flags=("E",) if at else (), marks=("Estimated",) if at else ())
        for at in range(columns)
    )
    made = tuple(PageRow(f"Row {at}", "item" if at else "total", cells) for at in range(count))
    return PageTable(tuple(str(2000 + at) for at in range(columns)), made, stub="Country", unit="persons")


def page(*blocks: PageBlock, **facts: Any) -> Page:
    """A page of these blocks."""
    told: dict[str, Any] = {
        "code": "abcd2345", "lang": "en", "title": "Migration", "area": "TJK", "area_name": "Tajikistan", "label": "2026", "state": "draft",
        "sections": (Section("1", "Immigrants", 1, blocks),), "notes": (Note(1, "Statistical Yearbook", "https://stat.tj/"),),
    }  # fmt: skip
    return Page(**told | facts)


def text(words: str, kind: str = "narrative", **facts: Any) -> PageBlock:
    return PageBlock(f"k-{kind}", kind, paragraphs=((Run(words), Run("5", Number("n", "5", 1))),), **facts)


def every_kind() -> tuple[PageBlock, ...]:
    return (
        text("They came."), text("Not all were counted.", "caveat"),
        text("Count them.", "recommendation", addressee="Ministry", status="under_way", caption="2026"),
        PageBlock("f", "figure", title="Immigrants", number=Number("n", "5 persons", 1), caption="2005", lang="ru"),
        PageBlock("T1", "table", title="By country", label="Table 1", table=rows(3), note=1, marks=(Mark("findings", "Sums differ", "As printed"),)),
        PageBlock("C1", "chart", title="As lines", label="Chart 1", svg=SVG, alt="A line that falls", table=rows(2), note=1),
        PageBlock("M1", "map", title="By region", label="Map 1", svg=SVG, alt="Tiles", table=PageTable(("",), (PageRow("Sughd", "item", (Number("m", "7"),)),))),
        PageBlock("r", "ranked", title="Where they go", lines=(Line("Russia", number=Number("n", "5", 1)), Line("Kazakhstan"))),
        PageBlock("l", "laws", title="Laws", lines=(Line("Law on migration", detail="1999", url="https://adlia.tj/"),), caption="As of 2026"),
    )  # fmt: skip


def full_page() -> Page:
    """A page with a block of every kind."""
    return page(
        *every_kind(), acronyms=(("IDP", "internally displaced person"),), imprint=(("authors", "The centre"), ("isbn", "978-92-9068-000-0")),
        disclaimer="Names say nothing about status.", errata=(Mark("erratum", "Table 1: 6, not 5"),),
        endorsements=(Line("Ministry of Labour", detail="2026"),),
    )  # fmt: skip
