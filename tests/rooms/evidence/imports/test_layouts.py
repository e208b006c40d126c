"""Tables as producers and offices lay them out, years, sexes and countries down or across."""

import pytest

from hamroh.evidence.exchange import bringing

#: the bank's other form, UNHCR's download, UN DESA's workbook, UNDP's composite table
DATABANK = """Country Name,Country Code,Series Name,Series Code,2004 [YR2004],2005 [YR2005]
Tajikistan,TJK,Remittances,BX.TRF.PWKR.CD.DT,252000000,..
Data from database: World Development Indicators,,,,,
"""
FINDER = """Year,Country of origin,Country of origin (ISO),Country of asylum,Country of asylum (ISO),Refugees under UNHCR's mandate,Asylum-seekers,IDPs of concern to UNHCR
2006,Afghanistan,AFG,Tajikistan,TJK,929,5,0
2006,Azerbaijan,AZE,Azerbaijan,AZE,0,0,686586
"""
WIDE = """United Nations,,,,,,,
Table 1. International migrant stock by destination and origin,,,,,,,
,,,,International migrant stock: both sexes combined,,International migrant stock: females,
Index,"Region, development group, country or area of destination",Location code of destination,"Region, development group, country or area of origin",Location code of origin,2005,2010,2005,2010
1,WORLD,900,WORLD,900,1,2,3,4
2,Azerbaijan*,31,Russian Federation,643,100,110,60,70
""".replace("International migrant stock: both", ",International migrant stock: both", 1)
COMPOSITE = """iso3,country,hdicode,region,hdi_rank_2021,hdi_1990,hdi_2000,le_1990
TJK,Tajikistan,Medium,ECA,122,0.628,0.562,61.5
"""
PRINTED = """Table 3. Immigrants by country of origin

Country,2005,2006*
Total,"2,013","2,232"
Russia,"1,158","1,394 p"
Georgia,-,"about 300"
Ukraine,"80-100",..
* Provisional.
Source: a yearbook
"""
BY_SEX = "Year;Men;Women;Total\n2005;10;20;30\n"
BY_COUNTRY = "Year,Tajikistan,Azerbaijan\n2005,1,2\n2006,3,\n"


def read(text: str, **settled: object):
    return bringing.look(name="x.csv", content=text.encode(), settled=settled)


def told(looked) -> list[tuple[str, ...]]:
    return [(each.area, each.dims_key, each.period, str(each.value)) for each in looked.plan.figures]


def test_it_reads_the_databank(db) -> None:
    looked = read(DATABANK)
    assert told(looked) == [("TJK", "", "2004", "252000000"), ("TJK", "", "2005", "None")]


def test_it_reads_the_refugee_data_finder(db) -> None:
    looked = read(FINDER)
    assert looked.layout.shape == "unhcr"
    found = {(each.indicator, each.area, each.dims_key): each.value for each in looked.plan.figures}
    assert found["UNHCR.REF", "TJK", "destination=TJK;origin=AFG"] == 929
    assert found["UNHCR.IDP", "AZE", ""] == 686586


def test_it_reads_the_workbook_of_migrant_stocks(db) -> None:
    looked = read(WIDE)
    assert (looked.layout.shape, looked.layout.heading) == ("undesa", 3)
    pair = "destination=AZE;origin=RUS"
    assert [each for each in told(looked) if each[0] == "AZE"] == [
        ("AZE", pair, "2005", "100"), ("AZE", pair, "2010", "110"), ("AZE", f"{pair};sex=F", "2005", "60"), ("AZE", f"{pair};sex=F", "2010", "70"),
    ]  # fmt: skip


def test_it_reads_the_composite_table_and_nothing_that_it_does_not_know(db) -> None:
    looked = read(COMPOSITE)
    assert told(looked) == [("TJK", "", "1990", "0.628"), ("TJK", "", "2000", "0.562")]


def test_it_reads_a_printed_table_with_its_notes(db) -> None:
    from dataclasses import replace

    grid = bringing.table_of("x.csv", PRINTED.encode())
    layout = bringing.layout_for(grid)[0]
    layout = replace(layout, roles={0: "origin"}, settled={"indicator": "immigrants", "destination": "AZE"})
    looked = bringing.look(name="x.csv", content=PRINTED.encode(), layout=layout)
    found = {(each.dim("origin"), each.period): each for each in looked.plan.figures}
    assert found["", "2005"].printed == "2,013"
    assert (found["RUS", "2006"].value, found["RUS", "2006"].flags) == (1394, ("P",))
    assert (found["GEO", "2005"].missing, found["GEO", "2006"].qualifier, found["GEO", "2006"].value) == ("N", "~", 300)
    assert (found["UKR", "2005"].low, found["UKR", "2005"].high, found["UKR", "2006"].missing) == (80, 100, "O")
    assert looked.plan.told[-1] == "Source: a yearbook"


def test_it_reads_sexes_across(db) -> None:
    looked = read(BY_SEX, indicator="refugees", area="TJK")
    assert told(looked) == [("TJK", "sex=M", "2005", "10"), ("TJK", "sex=F", "2005", "20"), ("TJK", "", "2005", "30")]


def test_it_reads_countries_across(db) -> None:
    looked = read(BY_COUNTRY, indicator="refugees")
    assert told(looked) == [
        ("TJK", "", "2005", "1"),
        ("AZE", "", "2005", "2"),
        ("TJK", "", "2006", "3"),
        ("AZE", "", "2006", "None"),
    ]


@pytest.mark.parametrize(
    ("heading", "roles"),
    [
        ("Кишвар;Сол;Шумора", ["area", "period", "value"]),
        ("Ölkə;İl;Say", ["area", "period", "value"]),
        ("Страна происхождения;Страна назначения;Год;Пол;Человек", ["origin", "destination", "period", "sex", "value"]),
    ],
)
def test_it_knows_headings_in_our_languages(db, heading: str, roles: list[str]) -> None:
    row = ";".join("2005" if role == "period" else "7" if role == "value" else "Тоҷикистон" for role in roles)
    grid = bringing.table_of("x.csv", f"{heading}\n{row}\n".encode())
    assert bringing.layout_for(grid)[0].said() == roles
