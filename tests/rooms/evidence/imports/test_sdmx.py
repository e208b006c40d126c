"""SDMX-CSV comes back as it went out, and that of others is read by its columns."""

from decimal import Decimal

from hamroh.evidence.exchange import bringing
from hamroh.evidence.exchange.gathering import of_edition
from hamroh.evidence.exchange.sdmx.rows import as_sdmx_csv
from hamroh.evidence.models import Observation
from hamroh.evidence.presenting.manifest import manifest

FIRST = """DATAFLOW,REF_AREA,SEX,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT
X:Y(1.0),TJK,_T,UNHCR.REF,2005,1018,A,0
X:Y(1.0),TJK,F,UNHCR.REF,2005,0.5,E,3
X:Y(1.0),TJK,_T,UNHCR.REF,2006,,M,0
"""
SECOND = """STRUCTURE;STRUCTURE_ID;ACTION;REF_AREA: Reference area;INDICATOR: Indicator;TIME_PERIOD: Time;OBS_VALUE: Value;OBS_STATUS: Status
dataflow;X:Y(1.0);I;TJK: Tajikistan;UNHCR.REF: Refugees;2005;1018;A: Normal
dataflow;X:Y(1.0);D;AZE: Azerbaijan;UNHCR.REF: Refugees;2005;1;A: Normal
"""


def test_it_reads_back_what_was_written(printed) -> None:
    data = of_edition(manifest(printed))
    text = "".join(as_sdmx_csv(data))
    plan = bringing.look(name="x.csv", content=text.encode()).plan
    assert plan.left_out == ()
    back = [
        (
            each.area, each.period, each.value, each.low, each.high, each.qualifier, each.printed, each.missing, each.flags, dict(each.dims),
            each.cited, each.locator, each.definition,
        ) for each in plan.figures
    ]  # fmt: skip
    gone = [
        (
            each.area, each.period, each.value, each.low, each.high, each.qualifier, each.printed.strip(), each.missing, tuple(each.flags),
            {name: value for name, value in each.dims.items() if value}, each.source, each.locator, each.definition,
        ) for each in data.rows()
    ]  # fmt: skip
    assert len(back) == 403
    assert back == gone


def test_it_brings_back_what_was_written_with_its_sources(bring, printed) -> None:
    text = "".join(as_sdmx_csv(of_edition(manifest(printed))))
    _looked, batch = bring(text, key="a-copy", despite="a copy of what is here")
    copied = Observation.objects.filter(series__vintage=batch.vintage)
    assert copied.count() == 403
    assert copied.filter(source__key="statistics-2007", quoted_in__key="a-copy").count() == 192 + 36


def test_it_reads_the_first_version(bring) -> None:
    bring(FIRST)
    found = {(each.series.dims_key, each.period): each for each in Observation.objects.select_related("series")}
    assert found["", "2005"].value == 1018
    assert (found["sex=F", "2005"].value, found["sex=F", "2005"].flags) == (Decimal(500), ["E"])
    assert (found["", "2006"].value, found["", "2006"].missing) == (None, "M")


def test_it_reads_the_second_version_with_labels_beside_codes(bring) -> None:
    looked, _batch = bring(SECOND)
    assert [(each.area, each.indicator, each.value) for each in looked.plan.figures] == [("TJK", "UNHCR.REF", 1018)]
    assert [each.code for each in looked.plan.left_out] == ["deleted"]
