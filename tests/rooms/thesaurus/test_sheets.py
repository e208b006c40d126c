"""People fill in a sheet: it reads back what it writes, and says what becomes of each row."""

import csv
import io

import openpyxl
import pytest
from rooms_thesaurus_data import HOMES
from test_forms import WAYS

from hamroh.thesaurus import exchange
from hamroh.thesaurus.drafts import Fault
from hamroh.thesaurus.models import Concept, Label, Relation, Scheme, Statement

NOTHING = {"added": 0, "changed": 0, "removed": 0}


def sheet(*rows):
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    return held.getvalue().encode()


def brought(content, **options):
    return exchange.import_file(actor=None, content=content, **{"code": "homes", **options})


def refused(content, **options):
    with pytest.raises(exchange.DraftRefused) as caught:
        brought(content, **options)
    return [(problem.fault, problem.line) for problem in caught.value.problems]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("text", [HOMES, WAYS])
def test_it_reads_back_what_it_writes(db, form, text):
    brought(text.encode())
    content = exchange.export(actor=None, scheme=Scheme.objects.get(), form=form)
    counts = brought(content).difference.counts()
    assert {name: counts[name] for name in NOTHING} == NOTHING


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_it_reads_a_layer_back(layer, form):
    content = exchange.export(actor=None, scheme=layer, form=form)
    counts = brought(content, code="homes-tj", layer="national", extends="homes").difference.counts()
    assert {name: counts[name] for name in NOTHING} == NOTHING


def test_it_loses_nothing_that_a_sheet_cannot_say(homes):
    before = exchange.parse(exchange.export(actor=None, scheme=homes))
    content = exchange.export(actor=None, scheme=homes, form="csv")
    brought(content.replace(b"dwelling", b"dwelling place"))
    brought(content)
    assert Statement.objects.exists()
    assert exchange.same_graph(before, exchange.parse(exchange.export(actor=None, scheme=homes)))


def test_it_makes_a_vocabulary_of_a_sheet_alone(db):
    brought(
        sheet(
            ["key", "broader", "pref:en", "alt:tg", "definition:en"],
            ["home", "", "home", "хона | манзил", "Where one lives."],
            ["tent", "home", "tent", "", ""],
        )
    )
    assert set(Label.objects.filter(concept__key="home").values_list("text", flat=True)) == {"home", "хона", "манзил"}
    assert Relation.objects.get().target.key == "home"


def test_it_adds_a_language_and_leaves_the_rest(homes):
    difference = brought(sheet(["key", "pref:tg"], ["house", "хонаи истиқоматӣ"])).difference
    assert difference.changed == ("http://example.org/homes/house",)
    assert difference.removed == ()
    assert Label.objects.get(concept__key="house", lang="en").text == "house"


def test_it_takes_away_what_an_emptied_cell_held(homes):
    brought(sheet(["key", "alt:en"], ["home", ""]))
    assert not Label.objects.filter(text="dwelling").exists()


def test_it_finds_broader_by_notation_or_address(homes):
    brought(sheet(["key", "pref:en", "broader"], ["tent", "tent", "H1 | http://example.org/homes/shelter"]))
    assert set(Relation.objects.filter(source__key="tent").values_list("target__key", flat=True)) == {
        "house",
        "shelter",
    }


def test_it_retires_by_status(homes):
    brought(sheet(["key", "status", "replaced_by"], ["night-shelter", "deprecated", "shelter"]))
    gone = Concept.objects.get(key="night-shelter")
    assert (gone.status, gone.replaced_by.key) == ("deprecated", "shelter")


def test_it_tells_the_fate_of_each_row(homes):
    rows = sheet(["key", "pref:en"], ["home", "home"], ["house", "villa"], ["tent", "tent"])
    fates = brought(rows, dry_run=True).fates
    assert [(fate.line, fate.fate) for fate in fates] == [(2, "unchanged"), (3, "changed"), (4, "new")]
    assert not Concept.objects.filter(key="tent").exists()


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([["key", "pref:english!"], ["a", "b"]], [(Fault.COLUMN, 1)]),
        ([["key", "colour"], ["a", "b"]], [(Fault.COLUMN, 1)]),
        ([["key", "pref:en", "pref:en"], ["a", "b", "c"]], [(Fault.COLUMN, 1)]),
        ([["key", "pref:en"], ["", "b"]], [(Fault.ROW, 2)]),
        ([["key", "pref:en"], ["a", "b"], ["a", "c"]], [(Fault.TWICE, 3)]),
        ([["key", "pref:en", "broader"], ["a", "b", "castle"]], [(Fault.UNKNOWN_CONCEPT, 2)]),
        ([["key", "pref:en"], ["a", "b | c"]], [(Fault.TWO_PREFERRED, 2)]),
        ([["key", "alt:en"], ["a", "b"]], [(Fault.NO_LABEL, 2)]),
        ([["key", "pref:en", "status"], ["a", "b", "dead"]], [(Fault.STATUS, 2)]),
        ([["key", "broader"], ["home", "house"]], [(Fault.CYCLE, 2)]),
    ],
)
def test_it_names_every_row_that_is_wrong(homes, rows, faults):
    assert refused(sheet(*rows)) == faults
    assert Label.objects.filter(concept__key="home").count() == 6


def test_it_asks_which_vocabulary_a_sheet_is_of(db):
    assert refused(sheet(["key", "pref:en"], ["a", "b"]), code="") == [(Fault.NO_SCHEME, None)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_it_writes_no_cell_that_runs(homes, form):
    Label.objects.filter(text="dwelling").update(text="=1+1")
    content = exchange.export(actor=None, scheme=homes, form=form)
    if form == "xlsx":
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value == "=1+1"} == {"s"}
    else:
        assert b"'=1+1" in content
    assert brought(content).difference.counts()["changed"] == 0


@pytest.mark.parametrize("content", [b'key,pref:en\n"open', b"key\n" + b"," * 500])
def test_it_refuses_a_table_that_is_broken(homes, content):
    assert refused(content)[0][0] == Fault.TABLE


def test_it_refuses_an_archive_that_unpacks_to_a_giant(homes):
    import zipfile

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"0" * 40_000_000)
    assert refused(held.getvalue()) == [(Fault.TOO_LARGE, None)]


def test_it_gives_a_layer_its_base_by_key(homes):
    content = sheet(["key", "pref:tg", "broader"], ["mehmonkhona", "меҳмонхона", "house"])
    brought(content, code="homes-tj", layer="national", extends="homes")
    assert Relation.objects.get(source__key="mehmonkhona").target.scheme == homes


def test_it_shows_an_editor_what_becomes_of_each_row(homes, client, cast):
    from django.core.files.base import ContentFile

    homes.maintainer = cast.centre
    homes.save()
    client.force_login(cast.zarina)
    file = ContentFile(sheet(["key", "pref:en"], ["house", "villa"]), name="homes.csv")
    shown = client.post("/desk/thesaurus/", {"file": file, "layer": "organisation", "code": "homes", "extends": ""})
    assert "2. house: Will change" in shown.content.decode()
