"""Evidence: a made profile of some forty pages with twelve tables and twelve charts, read, set and checked; a matrix of migrant stock brought in.

Beside it in the same run, in an environment of their own: WeasyPrint sets the page of the web edition, pandas reads the same matrix into
a table and writes it as CSV and as a workbook.
"""

import csv
import io
import itertools
import random
import re
import tempfile
from collections.abc import Callable, Generator, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from hamroh.site.benches import evidence_peers
from hamroh.site.benches.figures import Figure, memory_mib, milliseconds, percentile, spent

_SEED, _TABLES, _ROWS, _PAGES = 7_2008, 12, 22, 60
_YEARS = [str(year) for year in range(1999, 2007)]
_PARAGRAPHS, _MATRIX = 15, 38_886
_WORDS = {
    "en": [
        "people",
        "who",
        "left",
        "for",
        "work",
        "and",
        "families",
        "who",
        "stayed",
        "are",
        "counted",
        "by",
        "the",
        "border",
        "the",
        "census",
        "and",
        "the",
        "bank",
    ],
    "tg": [
        "одамоне",
        "ки",
        "барои",
        "кор",
        "рафтанд",
        "ва",
        "оилаҳое",
        "ки",
        "монданд",
        "дар",
        "сарҳад",
        "ва",
        "барӯйхатгирӣ",
        "ҳисоб",
        "карда",
        "мешаванд",
    ],
}


def figures(*, full: bool) -> Iterator[Figure]:  # noqa: ARG001 - there is one size
    """Rules, HTML, PDF, Word and charts of the profile, then the import."""
    edition, matrix = _edition(), _matrix()
    yield from _checked(edition)
    html = yield from _read(edition)
    with tempfile.TemporaryDirectory(prefix="hamroh-peers-") as folder:
        beside = evidence_peers.taken(Path(folder), matrix, _bare(html))
    yield from _set(edition, beside)
    yield from _drawn()
    yield from _brought_in(edition.organisation, matrix, beside)
    yield from _taken_out(beside)
    yield from _asked()
    yield Figure("evidence.memory", memory_mib(), "MiB")


def _seconds(call: Callable[[], object]) -> float:
    return _both(call)[0]


def _both(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    (wall,), (cpu,) = spent([call])
    return round(wall / 1000, 2), round(cpu / 1000, 2)


def _timed(
    name: str, call: Callable[[], object], bar: str | None, beside: evidence_peers.Taken, who: str
) -> Iterator[Figure]:
    """Seconds by the clock and of the processor, with what somebody else takes for it."""
    wall, cpu = _both(call)
    told = beside.get(who)
    for value, suffix, limit, theirs in ((wall, "s", bar, told and told[0]), (cpu, "cpu_s", None, told and told[1])):
        yield Figure(f"evidence.{name}_{suffix}", value, "s", limit, evidence_peers.WHO[who] if told else None, theirs)


# -- the profile -----------------------------------------------------------------------------------------------------


def _edition() -> Any:
    """The made profile, published."""
    from hamroh.accounts.models import Membership, Organisation, Role, User
    from hamroh.evidence.actions import load_profile
    from hamroh.evidence.actions.templates import load_template
    from hamroh.evidence.models import Edition, FrozenEdition, Profile
    from hamroh.evidence.presenting import canonical, digest, manifest

    organisation = Organisation.objects.create(code="bench", names={"en": "Bench"}, country="tj")
    analyst = User.objects.create_user("bench", display_name="Bench")
    Membership.objects.create(user=analyst, organisation=organisation, role=Role.ANALYST)
    profile = Profile.objects.create(area="TJK", key="bench", names={"en": "Bench"}, maintainer=organisation)
    template = load_template()
    sections = [each["code"] for each in template.sections]
    edition = load_profile(
        actor=analyst, profile=profile, template=template, label="2006", data=_data(sections), prefix="bench"
    )
    _add_blocks(edition, sections)
    content = canonical(manifest(edition))
    FrozenEdition.objects.create(edition=edition, manifest=content, digest=digest(content))
    Edition.objects.filter(pk=edition.pk).update(state="published")
    return Edition.objects.select_related("frozen", "organisation").get(pk=edition.pk)


def _data(sections: list[str]) -> dict[str, Any]:
    draw = random.Random(_SEED)
    return {
        "area": "TJK", "date": "2006", "titles": {"en": "A profile that was made up", "tg": "Профили сохта"},
        "sources": {f"made-{number}": {"title": f"Made yearbook {number}", "kind": "yearbook", "issued": "2007"} for number in range(6)},
        "notes": {}, "figures": [], "claims": [],
        "tables": {f"T{number}": _table(draw, number, sections[number % len(sections)]) for number in range(1, _TABLES + 1)},
    }  # fmt: skip


def _table(draw: random.Random, number: int, section: str) -> dict[str, Any]:
    from hamroh.evidence.areas import area_name, countries

    known = [each.code for each in countries()]
    codes = known[number : number + _ROWS]
    cells = [_course(draw) for _code in codes]
    rows = [
        {"label": area_name(code), "key": code, "role": "item", "cells": [f"{each:,}" for each in line]}
        for code, line in zip(codes, cells, strict=True)
    ]
    total = {"label": "Total", "role": "total", "cells": [f"{sum(column):,}" for column in zip(*cells, strict=True)]}
    return {
        "title": f"Made table {number}", "section": section, "concept": "immigrants", "rows_are": "origin", "columns": _YEARS, "time": "columns",
        "destination": known[number + 60], "source": f"made-{number % 6}", "rows": [total, *rows],
    }  # fmt: skip


def _course(draw: random.Random) -> list[int]:
    """Figures of one country through the years, as they go where nothing is wrong."""
    value, found = draw.uniform(50, 4_000), []
    for _year in _YEARS:
        value *= draw.uniform(0.9, 1.15)
        found.append(round(value))
    return found


def _add_blocks(edition: Any, sections: list[str]) -> None:
    """A chart of each table and pages of text that speak of their figures."""
    from hamroh.evidence.models import Block

    draw, shapes = random.Random(_SEED), itertools.cycle(("line", "bar", "stacked"))
    tables = list(edition.blocks.filter(kind="table").order_by("key"))
    for at, (table, shape) in enumerate(zip(tables, shapes, strict=False)):
        rows = [row["key"] for row in table.content["rows"] if row.get("key")][:5]
        title = {"en": f"Chart {at}", "tg": f"Диаграмма {at}"}
        content = {"title": title, "alt": title, "of": table.key, "shape": shape, "rows": rows}
        Block.objects.create(
            edition=edition, key=f"C{at}", section=table.section, kind="chart", position=9_000 + at, content=content
        )
        codes = [code for row in table.content["rows"] for code in row["cells"]]
        texts = {
            lang: "\n\n".join(_paragraph(draw, words, codes) for _ in range(_PARAGRAPHS))
            for lang, words in _WORDS.items()
        }
        Block.objects.create(
            edition=edition,
            key=f"N{at}",
            section=sections[at],
            kind="narrative",
            position=9_500 + at,
            content={"texts": texts},
        )


def _paragraph(draw: random.Random, words: list[str], codes: list[str]) -> str:
    said = [*draw.choices(words, k=95), *(f"{{{{obs:{code}}}}}" for code in draw.sample(codes, 3))]
    draw.shuffle(said)
    return " ".join(said).capitalize() + "."


# -- what is measured ------------------------------------------------------------------------------------------------


def _checked(edition: Any) -> Iterator[Figure]:
    """All rules over the profile, and with reading it from the database."""
    from hamroh.evidence.selectors import findings, kernel_profile
    from hamroh.kernel.figures import examine

    profile = kernel_profile(edition)
    times, cpu = spent([lambda: list(examine(profile))] * 9)
    figures = len(list(profile.figures()))
    yield Figure("evidence.rules_ms", percentile(times, 0.5), "ms", "<= 300", "figures", figures)
    yield Figure("evidence.rules_cpu_ms", percentile(cpu, 0.5), "ms", None, "findings", len(list(examine(profile))))
    times, cpu = spent([lambda: findings(edition)] * 5)
    yield Figure("evidence.findings_ms", percentile(times, 0.5), "ms")
    yield Figure("evidence.findings_cpu_ms", percentile(cpu, 0.5), "ms")


def _read(edition: Any) -> Generator[Figure, None, str]:
    """The web edition by its address: the first of a process, then the others."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    call_command("collectstatic", verbosity=0, interactive=False)
    settings.IS_DEMO = True
    client = Client(headers={"host": "127.0.0.1"})
    got: list[bytes] = []

    def read() -> None:
        answer = client.get(f"/tg/evidence/e/{edition.code}/")
        assert answer.status_code == 200, answer.status_code
        got[:] = [answer.content]

    (cold,) = milliseconds([read])
    times, cpu = spent([read] * _PAGES)
    yield Figure(
        "evidence.html_p95_ms", percentile(times, 0.95), "ms", "<= 120", "KiB of HTML", round(len(got[0]) / 1024)
    )
    yield Figure("evidence.html_p95_cpu_ms", percentile(cpu, 0.95), "ms")
    yield Figure("evidence.html_first_ms", round(cold, 1), "ms")
    return got[0].decode()


def _bare(html: str) -> str:
    """A page without its own sheet of style, which is beyond WeasyPrint."""
    return re.sub(r"<(link|script)[^>]*>", "", html)


def _set(edition: Any, beside: evidence_peers.Taken) -> Iterator[Figure]:
    """PDF and Word, from a page that is presented already; the first PDF of the process, with its fonts."""
    from hamroh.evidence.media import made, published_page

    page = published_page(edition, "tg")
    content = b""

    def set_it() -> None:
        nonlocal content
        content = made(page, "pdf")

    yield from _timed("pdf", set_it, "<= 3", beside, "pdf")
    pages = max(int(each) for each in re.findall(rb"/Count (\d+)", content))
    yield Figure("evidence.pdf_pages", pages, "pages", ">= 40", "KiB", round(len(content) / 1024))
    yield Figure("evidence.docx_s", _seconds(lambda: made(page, "docx")), "s")


def _drawn() -> Iterator[Figure]:
    """Charts that nobody has drawn yet."""
    from hamroh.evidence.charts import Drawing, Point, Series, drawn

    draw = random.Random(_SEED)

    def chart(number: int) -> Drawing:
        series = tuple(
            Series(f"Country {at}", tuple(Point("1", Decimal(draw.randint(1, 9_999))) for _ in _YEARS))
            for at in range(5)
        )
        return Drawing(("line", "bar", "stacked")[number % 3], f"{number}", "", "tg", tuple(_YEARS), series)

    charts = [chart(number) for number in range(_TABLES)]
    sizes = [len(drawn(each).encode()) for each in charts]
    drawn.cache_clear()
    times = milliseconds([lambda each=each: drawn(each) for each in charts])  # type: ignore[misc]
    yield Figure("evidence.charts_12_ms", round(sum(times), 2), "ms", None, "KiB of all", round(sum(sizes) / 1024))


# -- the import ------------------------------------------------------------------------------------------------------


def _brought_in(organisation: Any, content: bytes, beside: evidence_peers.Taken) -> Iterator[Figure]:
    """From the bytes of the file to figures in the database, with the findings of the dry run."""
    from hamroh.accounts.models import User
    from hamroh.evidence.actions import Release
    from hamroh.evidence.exchange.bringing import look, take_in

    counts: list[int] = []

    def bring() -> None:
        looked = look(name="matrix.csv", content=content)
        release = Release("bench-desa", "2020", "", "2020-12", facts={"title": "Made matrix", "kind": "database"})
        batch = take_in(
            actor=User.objects.get(username="bench"),
            organisation=organisation,
            looked=looked,
            release=release,
            despite="made up",
        )
        counts.append(batch.counts["added"])

    yield from _timed("import_desa", bring, "<= 10", beside, "import")
    yield Figure("evidence.import_desa_figures", counts[0], "figures", None, "lines", _MATRIX)


def _matrix() -> bytes:
    """Lines in the shape of the matrix of UN DESA: origin, destination, year, sex."""
    from hamroh.evidence.areas import area_name, countries

    draw, file = random.Random(_SEED), io.StringIO()
    lines = csv.writer(file)
    lines.writerow(["origin_m49", "origin_name", "dest_m49", "dest_name", "year", "sex", "persons"])
    known = [each for each in countries() if each.m49]
    pairs = ((one, two) for one in known for two in known if one != two)
    all_lines = itertools.product(pairs, range(1990, 2021, 5), ("all", "male", "female"))
    for (one, two), year, sex in itertools.islice(all_lines, _MATRIX):
        places = [text for each in (one, two) for text in (f"{float(each.m49)}", area_name(each.code))]
        lines.writerow([*places, year, sex, f"{draw.randint(1, 90_000)}.0"])
    return file.getvalue().encode()


# -- what is asked of so many figures ----------------------------------------------------------------------------------


def _taken_out(beside: evidence_peers.Taken) -> Iterator[Figure]:
    """All figures of the matrix as files, with everything that is known of each."""
    from hamroh.evidence.exchange import gathering
    from hamroh.evidence.exchange.formats import FORMS

    key = _one().series.indicator.concept.key

    def written(form: str) -> None:
        data = gathering.of_concept(key)
        assert data is not None
        for _part in FORMS[form].write(data, "en"):
            pass

    for form in ("csv", "xlsx"):
        yield from _timed(f"export_{form}", lambda form=form: written(form), None, beside, form)  # type: ignore[misc]
    for form in ("sdmx-csv", "json-stat"):
        yield Figure(f"evidence.export_{form}_cpu_s", _both(lambda form=form: written(form))[1], "s")  # type: ignore[misc]


def _asked() -> Iterator[Figure]:
    """Public pages while the whole matrix is among the figures, after each was asked once."""
    from django.test import Client

    client, figure = Client(headers={"host": "127.0.0.1"}), _one()
    key, code = figure.series.indicator.concept.key, figure.code
    for name, address in (
        ("home", ""),
        ("figure", f"figure/{code}/"),
        ("compare", f"compare/?concept={key}"),
        ("estimates", "estimates/"),
        ("sources", "sources/"),
        ("data", "data/"),
        ("country", f"data/country/{figure.series.area}/csv/"),
    ):

        def read(address: str = address) -> None:
            answer = client.get(f"/tg/evidence/{address}")
            assert answer.status_code == 200, (address, answer.status_code)
            if answer.streaming:
                list(answer)

        read()
        wall, cpu = spent([read] * 5)
        yield Figure(f"evidence.page_{name}_ms", percentile(wall, 0.95), "ms")
        yield Figure(f"evidence.page_{name}_cpu_ms", percentile(cpu, 0.95), "ms")


def _one() -> Any:
    """A figure of the matrix."""
    from hamroh.evidence.models import Observation

    rows = Observation.objects.filter(series__vintage__source__key="bench-desa")
    return rows.select_related("series__indicator__concept").order_by("code")[0]
