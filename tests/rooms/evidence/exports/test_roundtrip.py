"""Every form of export gives the printed profile back as it was printed: 325 cells and 78 figures."""

from decimal import Decimal

import pytest

from exported import cubes, fetched, package, sheets, table
from hamroh.evidence.exchange.cells import bare
from hamroh.evidence.models import Observation
from hamroh.kernel.datafiles import document

SAID = document("profile/azerbaijan-2008.yml")
CELLS = {
    f"aze08-{key}-{row}-{column}": cell
    for key, said in SAID["tables"].items()
    for row, line in enumerate(said["rows"], 1)
    for column, cell in enumerate(line["cells"], 1)
}
PRINTED = CELLS | {f"aze08-{each['id']}": each["printed"] for each in SAID["figures"]}


@pytest.fixture
def body(client, public):
    return lambda form, rest="": fetched(client, f"/en/evidence/data/edition/{public.printed.code}/{rest}{form}/")


def held(name: str) -> dict[str, object]:
    return dict(Observation.objects.filter(code__in=PRINTED).values_list("code", name))


def test_it_has_all_cells_and_figures() -> None:
    assert (len(CELLS), len(PRINTED)) == (325, 403)


@pytest.mark.parametrize(
    ("form", "key", "printed"), [("csv", "figure", "printed"), ("sdmx-csv", "FIGURE", "OBS_PRINTED")]
)
def test_it_gives_back_what_was_printed(body, form, key, printed) -> None:
    assert {each[key]: each[printed] for each in table(body(form))} == PRINTED


@pytest.mark.parametrize(
    ("form", "key", "names"),
    [
        ("csv", "figure", {"value": "value", "low": "low", "high": "high"}),
        ("sdmx-csv", "FIGURE", {"value": "OBS_VALUE", "low": "OBS_LOW", "high": "OBS_HIGH"}),
    ],
)
def test_it_gives_back_every_number(body, form, key, names) -> None:
    rows = {each[key]: each for each in table(body(form))}
    for name, column in names.items():
        told = {code: Decimal(row[column]) if row[column] not in ("", "NaN") else None for code, row in rows.items()}
        assert told == held(name)


def test_it_gives_back_flags_and_reasons(body) -> None:
    rows = table(body("sdmx-csv"))
    assert {each["FIGURE"]: each["OBS_FLAGS"].split() for each in rows} == held("flags")
    assert {each["FIGURE"]: each["MISSING_REASON"] for each in rows} == held("missing")
    assert {each["FIGURE"]: each["REF_PERIOD"] for each in rows} == held("period")


def test_it_gives_back_tables_of_a_workbook(body) -> None:
    found = sheets(body("xlsx"))
    for key, said in SAID["tables"].items():
        rows = [
            [cell or "" for cell in line[1 : len(said["columns"]) + 1]]
            for line in found[key][2 : 2 + len(said["rows"])]
        ]
        assert rows == [line["cells"] for line in said["rows"]], key
    head, *lines = found["figures"]
    told = {line[head.index("figure")]: bare(line[head.index("printed")] or "") for line in lines}
    assert told == PRINTED


def test_it_gives_back_cubes(body) -> None:
    printed, values = {}, {}
    for cube in cubes(body("json-stat")):
        printed |= {code: cube["extension"]["printed"].get(at, "") for at, code in cube["extension"]["figure"].items()}
        values |= {code: cube["value"].get(at) for at, code in cube["extension"]["figure"].items()}
    assert printed == PRINTED
    assert values == {code: None if value is None else float(value) for code, value in held("value").items()}


def test_it_gives_back_a_package(body) -> None:
    told, tables = package(body("data-package"))
    assert {each["figure"]: each["printed"] for each in tables["figures"]} == PRINTED
    first = {each["label"]: each for each in tables["table-t1"]}
    assert (first["Estonia"]["1995"], first["Germany"]["1995"]) == ("9", ":n")
    labels = {each["value"]: each["label"] for each in told["resources"][0]["schema"]["missingValues"]}
    assert labels[":n"] == "A sign whose meaning is not told"


def test_it_gives_one_table_alone(body) -> None:
    rows = table(body("csv", "T9/"))
    assert [each["printed"] for each in rows] == [
        cell for line in SAID["tables"]["T9"]["rows"] for cell in line["cells"]
    ]
    (cube,) = cubes(body("json-stat", "T2/"))
    assert cube["size"] == [12, 3]


def test_it_keeps_the_place_of_every_number_in_a_cube(body) -> None:
    (cube,) = cubes(body("json-stat", "T1/"))
    (_rows, columns) = cube["size"]
    row = list(cube["dimension"]["row"]["category"]["label"].values()).index("Estonia")
    assert [cube["value"].get(str(row * columns + at)) for at in range(columns)] == [9, None, 1, 1, None, None, 1, 1]
    assert cube["status"][str(row * columns + 1)] == "O"


def test_it_tells_one_flag_by_its_rank(body) -> None:
    rows = {each["figure"]: each for each in table(body("csv"))}
    assert rows["aze08-T7-1-2"]["status"] == "O"
    assert rows["aze08-T7-1-2"]["missing_reason"] == "Not reported"
    assert rows["aze08-BF1"]["status"] == "A"


def test_it_names_every_source_once(body) -> None:
    ris, bib = body("ris").decode(), body("bibtex").decode()
    cited = {each["source"] for each in table(body("csv"))} - {""}
    assert cited <= {line[6:].strip() for line in ris.splitlines() if line.startswith("ID")}
    assert all(f"{{{key}," in bib for key in cited)
    assert ris.count("TY  - ") == ris.count("ER  - ") == bib.count("\n@") + 1


def test_it_writes_tags_under_the_names_of_columns(body) -> None:
    names, tags = table(body("hxl"))[0].keys(), table(body("hxl"))[0].values()
    assert all(tag.startswith("#") for tag in tags)
    assert len(names) == len(tags)


@pytest.mark.parametrize("lang", ["az", "ru", "tg"])
def test_it_says_the_same_figures_in_every_language(client, public, lang) -> None:
    rows = table(fetched(client, f"/{lang}/evidence/data/edition/{public.printed.code}/csv/"))
    assert {each["figure"]: each["printed"] for each in rows} == PRINTED
    assert (
        rows[0]["notice"]
        != table(fetched(client, f"/en/evidence/data/edition/{public.printed.code}/csv/"))[0]["notice"]
    )


def test_it_says_source_licence_release_and_day(body) -> None:
    for each in table(body("csv")):
        assert each["licence"]
        assert each["notice"]
        assert each["as_of"] == "2008-10"
        assert each["vintage"]
        assert each["locator"]
