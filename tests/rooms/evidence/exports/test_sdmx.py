"""The SDMX web service: structures that name every code in the data, keys and filters, refusals with the codes of the standard."""

import json
from xml.etree import ElementTree as ET

import pytest

from exported import fetched, table
from hamroh.evidence.exchange.sdmx.naming import coded, time_of
from hamroh.evidence.exchange.sdmx.rows import COLUMNS, KEY

FLOW = "dataflow/HAMROH/EVIDENCE/1.0"
CANARY = "123456789"
SPACES = {"str": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure", "com": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"}  # fmt: skip


def data(client, rest: str = "*") -> list[dict[str, str]]:
    return table(fetched(client, f"/sdmx/data/{FLOW}/{rest}"))


def structure(client, rest: str = f"{FLOW}?references=all") -> dict:
    mark = "&" if "?" in rest else "?"
    return json.loads(fetched(client, f"/sdmx/structure/{rest}{mark}format=sdmx-json"))["data"]


def test_it_gives_everything_public_and_nothing_else(client, public) -> None:
    rows = data(client)
    assert len(rows) == 403 + 3 + 2
    assert CANARY not in fetched(client, f"/sdmx/data/{FLOW}/*").decode()
    assert CANARY not in fetched(client, f"/sdmx/structure/{FLOW}?references=all").decode()


def test_it_has_every_key_once(client, public) -> None:
    """Figures that one source says of one thing are told apart, whatever is asked for."""
    keys = [tuple(each[name] for name in (*KEY, "TIME_PERIOD")) for each in data(client)]
    assert len(keys) == len(set(keys))
    one = {each["FIGURE"]: each["VARIANT"] for each in data(client, "apprehended_crossing")}
    assert one == {
        each["FIGURE"]: each["VARIANT"] for each in data(client) if each["INDICATOR"] == "apprehended_crossing"
    }


def test_it_names_every_code_of_the_data(client, public) -> None:
    made = structure(client)
    lists = {each["id"]: {code["id"] for code in each["codes"]} for each in made["codelists"]}
    parts = made["dataStructures"][0]["dataStructureComponents"]
    components = [*parts["dimensionList"]["dimensions"], *parts["attributeList"]["attributes"]]
    listed = {each["id"]: each["localRepresentation"].get("enumeration", "") for each in components}
    for row in data(client):
        for name, urn in listed.items():
            codes = urn.partition(":CL_")[2].partition("(")[0]
            assert not codes or row[name] in {"", *lists[f"CL_{codes}"]}, (name, row[name])


def test_it_describes_every_column(client, public) -> None:
    parts = structure(client)["dataStructures"][0]["dataStructureComponents"]
    held = [
        *parts["dimensionList"]["dimensions"],
        parts["dimensionList"]["timeDimension"],
        *parts["measureList"]["measures"],
    ]
    names = [each["id"] for each in (*held, *parts["attributeList"]["attributes"])]
    assert names == list(COLUMNS[3:])
    assert {each["id"] for each in structure(client)["conceptSchemes"][0]["concepts"]} == set(names)


def test_it_says_the_same_as_xml(client, public) -> None:
    root = ET.fromstring(fetched(client, f"/sdmx/structure/{FLOW}?references=all"))
    codes = {
        each.get("id"): [code.get("id") for code in each.findall("str:Code", SPACES)]
        for each in root.iter(f"{{{SPACES['str']}}}Codelist")
    }
    assert codes == {each["id"]: [code["id"] for code in each["codes"]] for each in structure(client)["codelists"]}
    names = root.findall(".//str:DataStructure/com:Name", SPACES)
    assert {each.get("{http://www.w3.org/XML/1998/namespace}lang") for each in names} == {"en", "az", "ru", "tg"}


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("immigrants.AZE.EST", 8), ("immigrants.AZE.EST+LVA", 16), ("immigrants.AZE.EST,immigrants.AZE.RUS", 16),
        ("*.TJK", 4), ("net_migration.AZE.*.*.*.*.*.*.*.urban", 12), ("migrant_stock.*.*.*.*.*.*.*.*.*.un-desa", 2),
        ("*?c[INDICATOR]=idps", 4), ("*?c[TIME_PERIOD]=ge:2007", 32), ("immigrants?c[TIME_PERIOD]=ge:2005%2Ble:2006&c[ORIGIN]=RUS", 2),
        ("immigrants.TJK." + coded('Other, "others"'), 1), ("*?c[PART]=_Z&c[REF_AREA]=TJK", 4),
    ],
)  # fmt: skip
def test_it_understands_keys_and_filters(client, public, key, found) -> None:
    assert len(data(client, key)) == found


def test_it_tells_what_was_known_on_a_day(client, public) -> None:
    def values(rest: str) -> list[str]:
        return [each["OBS_VALUE"] for each in data(client, f"migrant_stock.TJK{rest}")]

    assert values("") == ["280444"]
    assert values("?asOf=2026-01-01") == ["279808"]
    assert values("?asOf=2026-01-01T10:00:00Z") == ["279808"]
    assert sorted(values("?includeHistory=true")) == ["279808", "280444"]
    assert values("?updatedAfter=2026-01-01") == ["280444"]


def test_it_says_in_time_what_was_not_said(client, public) -> None:
    rows = {each["FIGURE"]: (each["TIME_PERIOD"], each["TIME_BASIS"], each["REF_PERIOD"]) for each in data(client)}
    assert rows["aze08-T7-3-1"] == ("2007-01-01/P9M", "S", "2007-01/2007-09")
    assert rows["aze08-6.4h"] == ("2005", "U", "../2005")
    assert {basis for _time, basis, said in rows.values() if not said} == {"I", "R"}


@pytest.mark.parametrize(
    ("period", "time"),
    [
        ("2004/2007", "2004-01-01/P4Y"),
        ("2006-12-31", "2006-12-31"),
        ("2003-05", "2003-05"),
        ("2005-03-10/2005-03-19", "2005-03-10/P10D"),
    ],
)
def test_it_writes_times_of_the_standard(period, time) -> None:
    assert time_of(period, "", "") == (time, "S")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"data/{FLOW}/moonshine", 404), (f"data/{FLOW}/*?asOf=2000-01-01", 404), ("data/dataflow/ELSE/EVIDENCE/1.0/*", 404),
        (f"data/{FLOW}/*?asOf=yesterday", 400), (f"data/{FLOW}/*?asOf=2026-02-31", 400), (f"data/{FLOW}/*?c[MOON]=1", 400),
        (f"data/{FLOW}/*?c[TIME_PERIOD]=ge:soon", 400), (f"data/{FLOW}/*?c[REF_AREA]=ge:AZE", 400), (f"data/{FLOW}/*?lastNObservations=1", 400),
        (f"data/{FLOW}/{'.'.join('*' * 40)}", 400), (f"data/{FLOW}/{','.join(['a'] * 300)}", 400), (f"data/{FLOW}/*?moon=1", 400),
        ("structure/codelist/HAMROH/CL_MOON", 404), ("structure/codelist/ELSE/CL_AREA", 404), ("structure/codelist/HAMROH/CL_AREA/9.9", 404),
        ("structure/hierarchy/HAMROH/x", 501), ("structure/codelist?references=moon", 400), (f"data/{FLOW}/*/more/than/that", 400),
    ],
)  # fmt: skip
def test_it_refuses_in_words(client, public, address, status) -> None:
    answer = client.get(f"/sdmx/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert answer.content


@pytest.mark.parametrize(
    ("address", "accept", "given"),
    [
        ("structure/codelist/HAMROH/CL_AREA", "application/vnd.sdmx.structure+json;version=2.0.0", "application/vnd.sdmx.structure+json;version=2.0.0"),
        ("structure/codelist/HAMROH/CL_AREA", "application/xml", "application/vnd.sdmx.structure+xml;version=3.0.0"),
        ("structure/codelist/HAMROH/CL_AREA", "text/html, application/json;q=0.9", "application/vnd.sdmx.structure+json;version=2.0.0"),
        ("structure/codelist/HAMROH/CL_AREA", "*/*", "application/vnd.sdmx.structure+xml;version=3.0.0"),
        ("structure/codelist/HAMROH/CL_AREA", "image/png", None),
        (f"data/{FLOW}/idps", "text/csv", "application/vnd.sdmx.data+csv;version=2.0.0;charset=utf-8"),
        (f"data/{FLOW}/idps", "application/vnd.sdmx.data+csv;version=2.0.0", "application/vnd.sdmx.data+csv;version=2.0.0;charset=utf-8"),
        (f"data/{FLOW}/idps", "application/vnd.sdmx.data+json;version=2.0.0", None),
    ],
)  # fmt: skip
def test_it_gives_what_is_liked_best(client, public, address, accept, given) -> None:
    answer = client.get(f"/sdmx/{address}", headers={"Accept": accept})
    assert answer.status_code == (200 if given else 406)
    assert not given or answer["Content-Type"] == given
    assert "Accept" in answer["Vary"]


def test_it_names_every_code_in_words(client, public) -> None:
    from hamroh.evidence.models import Indicator

    Indicator.objects.filter(code="idps").update(unit="index")
    Indicator.objects.filter(code="refugees").update(unit="")
    root = ET.fromstring(fetched(client, f"/sdmx/structure/{FLOW}?references=all"))
    nameless = [
        each.get("id") for each in root.iter(f"{{{SPACES['str']}}}Code") if not each.findtext("com:Name", "", SPACES)
    ]
    assert nameless == []


@pytest.mark.parametrize(
    ("references", "kinds"),
    [
        ("none", {"dataflows"}), ("children", {"dataflows", "dataStructures"}), ("codelist", {"dataflows", "codelists"}),
        ("descendants", {"dataflows", "dataStructures", "conceptSchemes", "codelists"}),
    ],
)  # fmt: skip
def test_it_follows_references(client, public, references, kinds) -> None:
    assert set(structure(client, f"{FLOW}?references={references}")) == kinds


@pytest.mark.parametrize("address", [f"data/{FLOW}/idps", f"structure/{FLOW}?references=all"])
def test_it_sends_the_same_once(client, public, address) -> None:
    etag = client.get(f"/sdmx/{address}")["ETag"]
    assert client.get(f"/sdmx/{address}", headers={"If-None-Match": etag}).status_code == 304


def test_it_asks_as_often_for_many_figures_as_for_few(client, public, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        data(client, "idps")
    with django_assert_num_queries(len(few)):
        data(client)


def test_it_asks_for_structures_a_few_times(client, public, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(8):
        structure(client)


def test_it_makes_an_identifier_of_any_text() -> None:
    texts = ["AZE", "un-stock-2005", "Other countries", "Дигар кишварҳо", "a b", "a_b", "a  b", ""]
    codes = [coded(each) for each in texts]
    assert codes[:2] == ["AZE", "un-stock-2005"]
    assert len(set(codes)) == len(texts)
    assert all(set(each) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") for each in codes)
