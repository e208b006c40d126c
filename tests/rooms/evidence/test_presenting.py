"""An edition in a reader's language: numbers as it writes them, notes numbered as they come, what is missing said in words."""

import json

import pytest

from hamroh.evidence.models import Block, BlockKind
from hamroh.evidence.presenting import canonical, digest, manifest, present
from hamroh.evidence.presenting.citing import chain_of, cited


def block(page, key):
    return next(each for section in page.sections for each in section.blocks if each.key == key)


def add(edition, key, kind, **content):
    return Block.objects.create(edition=edition, key=key, section="1.1", position=5000, kind=kind, content=content)


@pytest.fixture
def page(printed):
    return lambda lang="en": present(manifest(printed), lang)


def test_it_writes_numbers_as_each_language_does(page) -> None:
    cells = {lang: block(page(lang), "T1").table.rows[0].cells[0].text for lang in ("en", "az", "ru", "tg")}
    assert cells == {"en": "6,222", "az": "6\xa0222", "ru": "6\xa0222", "tg": "6\xa0222"}


def test_it_shows_a_table_on_its_own_scale(page) -> None:
    table = block(page(), "T2").table
    assert [cell.text for cell in table.rows[0].cells] == ["−9.8", "−9.5", "−0.3"]
    assert table.unit.startswith("thousand")


def test_it_gives_all_numbers_of_a_table_as_many_digits_behind_the_point(page) -> None:
    assert [row.cells[1].text for row in block(page("ru"), "T2").table.rows[3:6]] == ["−5,0", "−3,5", "−5,0"]
    assert block(page(), "T5").table.rows[1].cells[0].text == "19"


def test_it_says_in_words_why_a_cell_is_empty(page) -> None:
    row = block(page(), "T7").table.rows[0]
    assert (row.cells[1].text, row.cells[1].missing) == ("…", "Not reported")
    assert block(page(), "T1").table.rows[14].cells[0].text == "-"


def test_it_draws_rows_that_a_chart_names(printed, page) -> None:
    add(
        printed, "C1", "chart", of="T1", shape="line", rows=["Estonia"], title={"en": "From Estonia"}, alt={"en": "Few"}
    )
    assert [row.label for row in block(page(), "C1").table.rows] == ["Estonia"]


def test_it_draws_figures_that_a_chart_names_one_by_one(printed, page) -> None:
    add(printed, "C1", "chart", shape="range", obs=[["2006", "aze08-6.7n"], ["2007", "aze08-6.7o"]], title={}, alt={})
    assert [row.cells[0].text for row in block(page(), "C1").table.rows] == ["579,000", "687,000"]


def test_it_numbers_every_source_once_as_it_comes(page) -> None:
    notes = page().notes
    assert [each.number for each in notes] == list(range(1, len(notes) + 1))
    assert len({each.text for each in notes}) >= len(notes) - 1


def test_it_tells_the_chain_of_a_source(page) -> None:
    told = block(page(), "2.2g")
    note = page().notes[told.note - 1].text
    assert note.count("citing") == 3
    assert "Ekho Moskvy" in note


def test_it_stops_at_a_ring_of_sources() -> None:
    ring = {
        key: {"title": key, "kind": "web", "authors": "", "publisher": "", "issued": "", "cites": other}
        for key, other in ("ab", "ba")
    }
    assert chain_of("a", ring) == ["a", "b"]
    assert cited("a", ring, "en") == "a, citing b"


def test_it_puts_figures_into_prose_by_reference(printed, page) -> None:
    add(
        printed,
        "n",
        BlockKind.NARRATIVE,
        texts={"en": "There were {{obs:aze08-1.1a}} people,\nand {{ obs:aze08-2.2c }}.\n\nMore.", "tg": ""},
    )
    told = block(page(), "n")
    assert ["".join(run.text for run in each) for each in told.paragraphs] == [
        "There were 181,818 people, and 16–25%.",
        "More.",
    ]
    assert told.paragraphs[0][1].number.code == "aze08-1.1a"


def test_it_says_which_language_it_fell_back_to(printed, page) -> None:
    add(printed, "n", BlockKind.NARRATIVE, texts={"ru": "Текст", "en": "Text"})
    assert (block(page("tg"), "n").lang, block(page("ru"), "n").lang) == ("ru", "")


def test_it_says_millions_in_words_in_prose(printed, page) -> None:
    add(printed, "n", BlockKind.NARRATIVE, texts=dict.fromkeys(("en", "az", "ru", "tg"), "{{obs:aze08-3.2a}}"))
    assert block(page(), "n").paragraphs[0][0].text == "57\xa0million"


def test_it_leaves_out_what_has_nothing_to_show(printed, page) -> None:
    add(printed, "n", BlockKind.NARRATIVE, texts={})
    add(printed, "f", BlockKind.FIGURE, obs="gone")
    keys = {each.key for section in page().sections for each in section.blocks}
    assert not keys & {"n", "f", "claim-1"}


def test_it_keeps_a_number_without_an_upper_end(page) -> None:
    assert block(page(), "6.4f").number.text == "at least 1,000,000 persons"


def test_it_draws_a_chart_with_the_figures_of_a_table_beside_it(printed, page) -> None:
    add(
        printed,
        "c",
        BlockKind.CHART,
        of="T8",
        shape="line",
        title={"en": "To and from Russia"},
        alt={"en": "Two lines"},
    )
    told = block(page(), "c")
    assert told.label == "Chart 1"
    assert told.svg.startswith("<svg")
    assert [row.label for row in told.table.rows] == ["From Azerbaijan to RF", "From RF to Azerbaijan"]


def test_it_lists_laws_with_their_days(printed, page) -> None:
    items = [{"title": {"en": "Law on migration"}, "date": "1998-12-22", "url": "https://example.org/"}]
    add(printed, "l", BlockKind.LAWS, items=items, as_of="2008-10-01")
    told = block(page(), "l")
    assert (told.lines[0].text, told.lines[0].detail, told.caption) == (
        "Law on migration",
        "22\xa0December 1998",
        "As of 1\xa0October 2008",
    )


def test_it_ranks_countries_by_name(printed, page) -> None:
    add(
        printed,
        "r",
        BlockKind.RANKED,
        items=[{"area": "RUS"}, {"area": "GEO", "obs": "aze08-6.7e"}],
        title={"en": "From"},
    )
    assert [line.text for line in block(page("ru"), "r").lines] == ["Россия", "Грузия"]
    assert block(page(), "r").lines[1].number.text == "285,000"


def test_it_is_the_same_bytes_however_often_it_is_gathered(printed) -> None:
    first, second = canonical(manifest(printed)), canonical(manifest(printed))
    assert digest(first) == digest(second)
    assert present(json.loads(first), "az") == present(manifest(printed), "az")


def test_it_needs_nothing_of_the_database_to_be_presented(printed, django_assert_num_queries) -> None:
    made = manifest(printed)
    with django_assert_num_queries(0):
        present(made, "tg")


def test_it_is_gathered_by_few_queries(printed, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(9):
        manifest(printed)


def test_it_keeps_all_403_figures_with_their_citation(printed) -> None:
    figures = manifest(printed)["figures"]
    assert len(figures) == 403
    assert all(each["locator"] and each["printed"] is not None for each in figures.values())
