"""Files of records as they come: each shape, several languages, and files that mean harm."""

from typing import Any

import pytest

from hamroh.directory.exchange.tables import FileRefused
from hamroh.library.exchange.opening import open_file
from hamroh.library.exchange.rows import date_of, language_of, written_in

RIS = """TY  - JOUR
ID  - 17
TI  - Занони муҳоҷирон
TT  - Wives of migrants
AU  - Раҳимова, А.
PY  - 2019
JO  - Маҷаллаи занон
VL  - 3
IS  - 2
SP  - 4
EP  - 9
KW  - алимент
SN  - 0317-8471
LA  - tg
ER  -

TY  - BOOK
TI  - Left behind
AU  - Karimova, Z.
A4  - Nazarov, T.
PB  - Centre
CY  - Dushanbe
SN  - 9783161484100
ER  -
"""
BIBTEX = r"""
@comment{not this}
@book{karimova2020, title = {Women who {Stay}}, author = "Zarina Karimova and {Migrant Centre}", year = 2020, month = mar,
  publisher = "Sharq" # "-Garb", keywords = {alimony; migration}, isbn={978-3-16-148410-0}}
@article{m1, title={M{\"u}nchen und Bak{\i}}, journal={Journal}, volume=3, pages={4--9}}
"""
DC = """<records xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><record>
<dc:title xml:lang="tg">Номаи нафақа</dc:title><dc:title xml:lang="az">Aliment məktubu</dc:title><dcterms:abstract xml:lang="en">On alimony</dcterms:abstract>
<dc:creator>Rahimova, A.</dc:creator><dc:subject>alimony</dc:subject><dcterms:issued>2021-05</dcterms:issued><dc:language>tgk</dc:language>
<dc:type>law</dc:type><dc:identifier>https://example.org/1</dc:identifier></record></records>"""
MARC = """<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>00000nam a2200000 a 4500</leader>
<controlfield tag="001">b42</controlfield><controlfield tag="008">200101s2018    ta            000 0 tgk d</controlfield>
<datafield tag="245" ind1="0" ind2="0"><subfield code="6">880-01</subfield><subfield code="a">Zanon /</subfield></datafield>
<datafield tag="880" ind1="0" ind2="0"><subfield code="6">245-01</subfield><subfield code="a">Занон ва ҳуқуқ /</subfield></datafield>
<datafield tag="242" ind1="0" ind2="0"><subfield code="a">Women and rights</subfield><subfield code="y">eng</subfield></datafield>
<datafield tag="100" ind1="1" ind2=" "><subfield code="a">Раҳимова, А.,</subfield></datafield>
<datafield tag="700" ind1="1" ind2=" "><subfield code="a">Назаров, Т.</subfield><subfield code="4">trl</subfield></datafield>
<datafield tag="260" ind1=" " ind2=" "><subfield code="a">Душанбе :</subfield><subfield code="b">Ирфон,</subfield><subfield code="c">2018.</subfield></datafield>
<datafield tag="650" ind1=" " ind2="0"><subfield code="a">Алимент</subfield></datafield></record></collection>"""
CSV = "id;Название (таджикский);title_en;Авторы;год;keywords\n7;Китоб;A book;Раҳимова А.; 2020;алимент; x\n"


def rows(content: Any, name: str = "list.txt", **options: Any) -> Any:
    return open_file(name, content if isinstance(content, bytes) else content.encode(), **options).rows


@pytest.mark.parametrize(("content", "shape", "count"), [
    (RIS, "ris", 2), (BIBTEX, "bibtex", 2), (DC, "dc", 1), (MARC, "marcxml", 1), (CSV.replace("; x", ""), "table", 1),
])  # fmt: skip
def test_it_tells_the_shape_of_a_file_by_its_content(content: str, shape: str, count: int) -> None:
    opened = open_file("anything.bin", content.encode())
    assert (opened.shape, len(opened.rows)) == (shape, count)


def test_it_reads_an_article_of_ris_with_its_journal_and_two_titles() -> None:
    row = rows(RIS)[0]
    assert (row.kind, row.key, row.titles, row.printed_in, row.details["pages"]) == (
        "article", "17", {"tg": "Занони муҳоҷирон", "en": "Wives of migrants"}, "Маҷаллаи занон", "4–9",
    )  # fmt: skip


def test_it_reads_who_translated_a_book_of_ris() -> None:
    assert [(one.role, dict(one.names)) for one in rows(RIS)[1].names] == [
        ("author", {"en": "Karimova, Z."}),
        ("translator", {"en": "Nazarov, T."}),
    ]


def test_it_says_that_a_record_of_ris_has_no_end() -> None:
    assert [len(row.faults) for row in rows(RIS[:-40])] == [0, 1]


def test_it_reads_bibtex_with_joined_pieces_and_an_organisation_in_braces() -> None:
    row = rows(BIBTEX)[0]
    assert (row.titles, row.date, row.publisher, [one.is_body for one in row.names]) == (
        {"en": "Women who Stay"},
        "2020-03",
        "Sharq-Garb",
        [False, True],
    )


def test_it_reads_letters_that_tex_writes_as_signs() -> None:
    assert next(iter(rows(BIBTEX)[1].titles.values())) == "München und Bakı"


def test_it_keeps_the_language_of_each_title_of_dublin_core() -> None:
    row = rows(DC)[0]
    assert (row.titles, row.kind, row.date, row.languages) == (
        {"tg": "Номаи нафақа", "az": "Aliment məktubu"},
        "law",
        "2021-05",
        ["tg"],
    )


def test_it_takes_the_original_script_of_marc_for_the_romanised_one() -> None:
    row = rows(MARC)[0]
    assert (row.titles, row.key, row.date, row.publisher) == (
        {"tg": "Занон ва ҳуқуқ", "en": "Women and rights"},
        "b42",
        "2018",
        "Ирфон",
    )


def test_it_reads_the_roles_of_marc() -> None:
    assert [one.role for one in rows(MARC)[0].names] == ["author", "translator"]


def test_it_reads_headings_of_a_table_in_russian() -> None:
    opened = open_file("list.csv", CSV.replace("; x", "").encode())
    assert opened.layout.roles == ("key", "title_tg", "title_en", "authors", "date", "subjects")


def test_it_reads_a_table_as_its_heading_was_read_before() -> None:
    kept = [{"heading": ["a", "b"], "roles": ["title_az", "date"]}]
    assert rows("a,b\nKitab,2020\n", kept=kept)[0].titles == {"az": "Kitab"}


def test_it_refuses_a_row_with_a_formula() -> None:
    from io import BytesIO

    from openpyxl import Workbook

    book, kept = Workbook(), BytesIO()
    book.active.append(["title_en", "date"])
    book.active.append(["A book", "=1+1"])
    book.save(kept)
    assert [len(row.faults) for row in rows(kept.getvalue())] == [1]


def test_it_reads_a_list_in_an_old_encoding_only_when_that_is_said() -> None:
    old = "title_ru;год\nКнига о женщинах и миграции;2020\n".encode("cp1251")
    with pytest.raises(FileRefused):
        rows(old)
    assert rows(old, encoding="cp1251")[0].titles == {"ru": "Книга о женщинах и миграции"}


def test_it_reads_a_list_in_utf_16() -> None:
    assert rows("TY  - BOOK\nTI  - Китоб\nER  - \n".encode("utf-16"))[0].titles == {"ru": "Китоб"}


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>&a;</dc:title></x>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>&a;</dc:title></x>'


@pytest.mark.parametrize("content", [
    BOMB.encode(), OUTSIDE.encode(), DC[:-30].encode(), b"<a>" * 50 + b"</a>" * 50, b"", b"   ", b"\x00\x01\x02", b"<html><body>x</body></html>",
    b"<dc:title>", b"PK\x03\x04 not a workbook", b"date;place\n2020;x\n", "TY  - \n".encode("utf-16-be"), b"@book{",
])  # fmt: skip
def test_it_refuses_a_file_that_is_hostile_or_cut_off_or_none(content: bytes) -> None:
    try:
        found = rows(content)
    except FileRefused:
        return
    assert all(row.faults for row in found)


@pytest.mark.parametrize(("said", "found"), [
    ("2020", "2020"), ("2020-3", "2020-03"), ("2020/03/08", "2020-03-08"), ("08.03.2020", "2020-03-08"), ("c2018.", "2018"), ("spring", ""), ("2020-13-40", "2020"),
])  # fmt: skip
def test_it_reads_dates_as_far_as_they_are_known(said: str, found: str) -> None:
    assert date_of(said) == found


def test_it_tells_languages_by_their_names_and_letters() -> None:
    assert [
        language_of("tgk"),
        language_of("Tajik"),
        language_of("az-Latn"),
        language_of("klingon"),
        written_in("Ҳуқуқ"),
        written_in("Qadın hüququ, məhkəmə"),
    ] == ["tg", "tg", "az", "", "tg", "az"]
