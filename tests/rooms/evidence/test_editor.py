"""The pages of the profile editor: who may open them, what they show, what they write, and what hostile words become."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evidence_world import Analysts
from hamroh.evidence import actions
from hamroh.evidence.models import Block, Edition, Observation
from hamroh.evidence.selectors.editing import figure_names
from hamroh.kernel.datafiles import document

EVIL = "<script>alert(1)</script>"
SHEET = "Country\t2005\t2006\nTotal\t30\t40\nRussia\t20\t25\nUkraine\t10\t14\n"


def at(name: str, edition: Edition, **more: Any) -> str:
    return reverse(f"evidence-desk:{name}", kwargs={"code": edition.code, **more})


def client_of(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def nigina(people: Analysts) -> Client:
    return client_of(people.nigina)


@pytest.fixture
def edition(people: Analysts, printed: Edition) -> Edition:
    """The printed profile with the template of the package."""
    template = actions.load_template(document("profile/template-migration-profile.yml"))
    Edition.objects.filter(pk=printed.pk).update(template=template)
    printed.refresh_from_db()
    return printed


def text_in(people: Analysts, edition: Edition, words: str = "Remittances fell.") -> Block:
    return actions.add_block(
        actor=people.nigina, edition=edition, kind="narrative", section="1", content={"texts": {"en": words}}
    )


def pages(edition: Edition) -> dict[str, str]:
    block = {"key": "T1"}
    return {
        "edition": at("edition", edition), "findings": at("findings", edition), "block": at("block", edition, **block),
    }  # fmt: skip


def editing(edition: Edition) -> dict[str, str]:
    kinds = ("figure", "chart", "map", "narrative", "ranked", "directory", "laws", "recommendation", "caveat")
    return {
        "front": at("front", edition), "next": at("next", edition), "choose": at("choose", edition), "paste": at("paste", edition),
        "record": at("record", edition), "remove": at("remove", edition, key="T1"), "history": at("history", edition, key="T1"), "correct": at("correct", edition, key="BF1", figure="aze08-BF1"),
        **{f"new {kind}": at("new-block", edition, kind=kind) for kind in kinds},
    }  # fmt: skip


def test_it_opens_every_page_to_analysts(nigina: Client, edition: Edition) -> None:
    every = {
        **pages(edition),
        **editing(edition),
        "list": "/desk/evidence/",
        "new": "/desk/evidence/new/",
        "matrix": "/desk/evidence/matrix/",
    }
    assert {name: nigina.get(address).status_code for name, address in every.items()} == dict.fromkeys(every, 200)


@pytest.mark.parametrize("kind", ["figure", "table", "narrative"])
def test_it_opens_a_block_of_each_printed_kind(nigina: Client, edition: Edition, kind: str) -> None:
    for block in edition.blocks.filter(kind=kind)[:5]:
        assert nigina.get(at("block", edition, key=block.key)).status_code == 200, block.key


def test_it_shows_a_draft_to_managers_who_change_nothing(people: Analysts, edition: Edition) -> None:
    davlat = client_of(people.davlat)
    assert {name: davlat.get(address).status_code for name, address in pages(edition).items()} == dict.fromkeys(
        pages(edition), 200
    )
    assert {name: davlat.get(address).status_code for name, address in editing(edition).items()} == dict.fromkeys(
        editing(edition), 404
    )
    assert davlat.post(at("block", edition, key="T1")).status_code == 404


@pytest.mark.parametrize("who", ["leyla", "kamran"])
def test_it_shows_nothing_of_it_to_others(people: Analysts, edition: Edition, who: str) -> None:
    client = client_of(getattr(people, who))
    every = {**pages(edition), **editing(edition)}
    assert {name: client.get(address).status_code for name, address in every.items()} == dict.fromkeys(every, 404)
    posts = [at(name, edition) for name in ("front", "next", "paste", "record", "answer", "take-back")]
    posts += [at(name, edition, key="T1") for name in ("block", "move", "remove", "restore")]
    assert {client.post(address).status_code for address in posts} == {404}


def test_it_writes_a_text(nigina: Client, edition: Edition) -> None:
    answer = nigina.post(
        f"{at('new-block', edition, kind='narrative')}?slot=exec-summary", {"text": "In short.", "do": "save"}
    )
    block = Block.objects.get(edition=edition, slot="exec-summary")
    assert (answer.status_code, block.section, block.content["texts"]) == (302, "exec", {"en": "In short."})


def test_it_keeps_what_is_said_in_other_languages(people: Analysts, nigina: Client, edition: Edition) -> None:
    block = text_in(people, edition)
    nigina.post(f"{at('block', edition, key=block.key)}?in=tg", {"text": "Кам шуд.", "seen": 1, "do": "save"})
    block.refresh_from_db()
    assert block.content["texts"] == {"en": "Remittances fell.", "tg": "Кам шуд."}


def test_it_says_which_language_lacks_a_text(people: Analysts, nigina: Client, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(languages=["en", "tg"])
    block = text_in(people, edition)
    page = nigina.get(at("block", edition, key=block.key)).context
    assert [(tab.code, tab.lacks) for tab in page["tabs"]] == [("en", False), ("tg", True)]


def test_it_tells_the_second_of_two_with_both_texts(people: Analysts, nigina: Client, edition: Edition) -> None:
    block = text_in(people, edition)
    address = at("block", edition, key=block.key)
    nigina.post(address, {"text": "The first was quicker.", "seen": 1, "do": "save"})
    told = nigina.post(address, {"text": "The second typed this.", "seen": 1, "do": "save"})
    assert told.status_code == 422
    page = told.content.decode()
    assert "The first was quicker." in page
    assert "The second typed this." in page
    assert told.context["form"]["seen"].value() == 2
    nigina.post(address, {"text": "The second typed this.", "seen": 2, "do": "save"})
    block.refresh_from_db()
    assert block.content["texts"]["en"] == "The second typed this."
    assert block.versions.get(version=2).content["texts"]["en"] == "The first was quicker."


def test_it_takes_a_strange_token_for_an_old_one(people: Analysts, nigina: Client, edition: Edition) -> None:
    block = text_in(people, edition)
    for seen in ("99", "-1", "x", "9" * 40):
        assert (
            nigina.post(at("block", edition, key=block.key), {"text": "x", "seen": seen, "do": "save"}).status_code
            == 422
        ), seen
    assert nigina.post(at("remove", edition, key=block.key), {"seen": "x"}).status_code == 200
    assert Block.objects.filter(pk=block.pk).exists()


def test_it_puts_a_chosen_figure_where_the_gap_is(people: Analysts, nigina: Client, edition: Edition) -> None:
    block = text_in(people, edition)
    typed = {"text": "There were {{}} people.", "seen": 1, "look_area": "AZE", "look_concept": "population"}
    found = nigina.post(at("block", edition, key=block.key), {**typed, "do": "find"})
    assert "aze08-BF1" in [each.code for each in found.context["figures"]]
    put = nigina.post(at("block", edition, key=block.key), {**typed, "do": "choose:aze08-BF1"})
    assert put.context["form"]["text"].value() == "There were {{obs:aze08-BF1}} people."
    assert put.context["prose"] == ["There were 8,532,700 people."]
    block.refresh_from_db()
    assert block.version == 1


def test_it_marks_numbers_that_are_typed_in(nigina: Client, people: Analysts, edition: Edition) -> None:
    block = text_in(people, edition, "In 2006 there were 1,234,567 people.")
    assert nigina.get(at("block", edition, key=block.key)).context["numbers"] == ["1,234,567"]
    page = nigina.get(at("edition", edition)).content.decode()
    assert "1 number typed in" in page


def test_it_escapes_what_is_typed(people: Analysts, nigina: Client, edition: Edition) -> None:
    block = text_in(people, edition, f"Words {EVIL}")
    actions.edit_front(actor=people.nigina, edition=edition, facts={"titles": {"en": EVIL}})
    actions.edit_block(actor=people.nigina, block=block, content={"texts": {"en": f"More {EVIL}"}}, seen=1)
    chart = actions.add_block(
        actor=people.nigina, edition=edition, kind="chart", section="1",
        content={"title": {"en": EVIL}, "alt": {"en": EVIL}, "of": "T1", "shape": "line"},
    )  # fmt: skip
    for address in (*(at(name, edition, key=block.key) for name in ("block", "history", "remove")), at("front", edition),
                    at("edition", edition), at("block", edition, key=chart.key)):  # fmt: skip
        page = nigina.get(address).content.decode()
        assert "<script>alert" not in page, address


def test_it_records_a_pasted_table(nigina: Client, edition: Edition) -> None:
    typed = {
        "sheet": SHEET, "title": "Immigrants", "concepts": "immigrants", "area": "Azerbaijan", "when": "columns", "rows_are": "origin",
        "decimal": ".", "thousands": "0", "source": "statistics-2007", "locator": "p. 12",
    }  # fmt: skip
    shown = nigina.post(f"{at('paste', edition)}?section=1.1", {**typed, "do": "preview"})
    assert [role for _row, role in shown.context["rows"]] == ["total", "item", "item"]
    assert Observation.objects.filter(code__startswith=edition.code).count() == 0
    saved = nigina.post(f"{at('paste', edition)}?section=1.1", {**typed, "do": "record"})
    assert saved.status_code == 302, saved.context["form"].errors
    block = Block.objects.get(edition=edition, key="T10")
    assert [row.get("key", "") for row in block.content["rows"]] == ["", "RUS", "UKR"]
    cell = Observation.objects.get(code=block.content["rows"][1]["cells"][1])
    assert (cell.printed, cell.value, cell.period, cell.series.dims["origin"]) == ("25", 25, "2006", "RUS")
    assert (cell.source.key, cell.locator) == ("statistics-2007", "p. 12, T10 4")
    sums = [
        each for each in nigina.get(at("block", edition, key="T10")).context["findings"] if each.finding.rule == "SUM"
    ]
    assert len(sums) == 1


BAD_SHEETS = {
    "one line": "a\tb",
    "no number": "x\t2005\nRussia\tmany\n",
    "twice the same column": "x\t2005\t2005\nRussia\t1\t2\n",
    "a column that is no year": "x\tmoon\nRussia\t1\n",
    "a formula": "x\t2005\nRussia\t=HYPERLINK(1)\n",
    "too many rows": "x\t2005\n" + "Russia\t1\n" * 401,
    "too many columns": "x\t" + "\t".join(map(str, range(1900, 1970))) + "\nRussia" + "\t1" * 70,
    "too long": "x\t2005\n" + "y" * 200_001,
    "nothing but tabs": "\t\t\t\n\t\t\n",
}


@pytest.mark.parametrize("sheet", BAD_SHEETS)
def test_it_refuses_a_sheet_that_is_no_table(nigina: Client, edition: Edition, sheet: str) -> None:
    typed = {
        "sheet": BAD_SHEETS[sheet], "title": "x", "concepts": "immigrants", "area": "AZE", "when": "columns", "decimal": ".", "thousands": "0",
        "source": "statistics-2007", "do": "record",
    }  # fmt: skip
    assert nigina.post(at("paste", edition), typed).status_code == 422
    assert not Observation.objects.filter(code__startswith=edition.code).exists()


def test_it_records_a_figure_into_a_slot(nigina: Client, edition: Edition) -> None:
    typed = {
        "indicator": "population", "area": "Azerbaijan", "period": "2025", "printed": "10.2 million", "value": "10200000", "qualifier": "~",
        "flags": ["E"], "source_title": "Yearbook 2026", "source_kind": "publication", "source_issued": "2026", "locator": "p. 3",
    }  # fmt: skip
    saved = nigina.post(f"{at('record', edition)}?slot=front-population", typed)
    assert saved.status_code == 302, saved.context["form"].errors
    block = Block.objects.get(edition=edition, slot="front-population")
    made = Observation.objects.get(code=block.content["obs"])
    assert (made.value, made.qualifier, made.flags, made.source.title, made.locator) == (
        10_200_000,
        "~",
        ["E"],
        "Yearbook 2026",
        "p. 3",
    )


def test_it_wants_a_number_or_a_reason(nigina: Client, edition: Edition) -> None:
    typed = {"indicator": "population", "area": "AZE", "period": "2025", "source": "statistics-2007"}
    assert nigina.post(at("record", edition), typed).status_code == 422
    assert nigina.post(at("record", edition), {**typed, "missing": "L"}).status_code == 302


def test_it_corrects_a_figure_and_keeps_the_old_one(nigina: Client, edition: Edition) -> None:
    address = at("correct", edition, key="BF1", figure="aze08-BF1")
    form = nigina.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value()} | {"value": "8532701"}
    assert nigina.post(address, typed).status_code == 302
    made = Observation.objects.get(code=Block.objects.get(edition=edition, key="BF1").content["obs"])
    assert (made.value, made.supersedes.code) == (8_532_701, "aze08-BF1")


def test_it_corrects_only_figures_of_the_block(nigina: Client, edition: Edition) -> None:
    assert nigina.get(at("correct", edition, key="BF1", figure="aze08-BF2")).status_code == 404


def test_it_edits_a_table_without_losing_a_cell(nigina: Client, edition: Edition) -> None:
    address = at("block", edition, key="T1")
    form = nigina.get(address).context["form"]
    before = Block.objects.get(edition=edition, key="T1").content
    typed = {name: form.fields[name].prepare_value(form[name].value()) or "" for name in form.fields}
    saved = nigina.post(address, {**typed, "title": "Immigrants", "do": "save"})
    assert saved.status_code == 302
    after = Block.objects.get(edition=edition, key="T1").content
    assert after["title"] == {"en": "Immigrants"}
    assert [row["cells"] for row in after["rows"]] == [row["cells"] for row in before["rows"]]
    assert {**after["frame"], "nil": ""} == {**before["frame"], "nil": ""}


def test_it_answers_for_a_finding_and_takes_it_back(nigina: Client, edition: Edition) -> None:
    first = nigina.get(at("findings", edition)).context["seen"].blocking[0]
    nigina.post(
        at("answer", edition), {"fingerprint": first.fingerprint, "reason_en": "Printed so.", "from": first.blocks[0]}
    )
    page = nigina.get(at("block", edition, key=first.blocks[0])).content.decode()
    assert "Printed so." in page
    nigina.post(at("take-back", edition), {"fingerprint": first.fingerprint})
    assert not edition.answers.filter(withdrawn_at=None).exists()


def test_it_keeps_the_reason_for_a_finding_that_went(nigina: Client, edition: Edition) -> None:
    told = nigina.post(at("answer", edition), {"fingerprint": "0" * 64, "reason_en": "A long reason."})
    assert told.status_code == 422
    assert "A long reason." in told.content.decode()


def test_it_changes_nothing_that_is_published(people: Analysts, nigina: Client, edition: Edition) -> None:
    block = text_in(people, edition)
    Edition.objects.filter(pk=edition.pk).update(state="published")
    address = at("block", edition, key=block.key)
    assert "<textarea" not in nigina.get(address).content.decode()
    assert nigina.post(address, {"text": "x", "seen": 1, "do": "save"}).status_code == 422
    nigina.post(at("remove", edition, key=block.key), {"seen": 1})
    nigina.post(at("move", edition, key=block.key), {"to": "up"})
    assert nigina.post(at("front", edition), {"title": "x", "languages": ["en"]}).status_code == 422
    block.refresh_from_db()
    assert block.content["texts"] == {"en": "Remittances fell."}


def test_it_lets_a_text_say_how_a_series_goes(nigina: Client, edition: Edition) -> None:
    claim = "falling | T8 | From Azerbaijan to RF | 3"
    address = at("new-block", edition, kind="narrative")
    assert nigina.post(address, {"text": "x", "claims": "sinking | T8 | x", "do": "save"}).status_code == 422
    saved = nigina.post(address, {"text": "Fewer and fewer went.", "claims": claim, "do": "save"})
    page = nigina.get(saved["Location"])
    assert [each.finding.rule for each in page.context["findings"]] == ["TREND"]
    assert page.context["form"].fields["claims"].prepare_value(page.context["form"]["claims"].value()) == claim


def test_it_reads_a_table_whose_cell_was_corrected_in_words(nigina: Client, people: Analysts, edition: Edition) -> None:
    address = at("correct", edition, key="T1", figure="aze08-T1-3-1")
    form = nigina.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value()}
    assert nigina.post(address, {**typed, "printed": "about 3 thousand", "value": "3000"}).status_code == 302
    assert nigina.get(at("findings", edition)).context["seen"].faults == ()


def test_it_takes_no_source_that_is_not_recorded(nigina: Client, edition: Edition) -> None:
    form = nigina.get(at("block", edition, key="T2")).context["form"]
    typed = {name: form.fields[name].prepare_value(form[name].value()) or "" for name in form.fields}
    assert nigina.post(at("block", edition, key="T2"), {**typed, "source": "nowhere", "do": "save"}).status_code == 422
    assert nigina.post(at("block", edition, key="T2"), {**typed, "source": "gks-2007", "do": "save"}).status_code == 302
    assert nigina.get(at("findings", edition)).context["seen"].faults == ()


def test_it_keeps_labels_of_a_chart_in_every_language(nigina: Client, people: Analysts, edition: Edition) -> None:
    pairs = [[{"en": "Census", "tg": "Барӯйхатгирӣ"}, "aze08-BF1"], ["2006", "aze08-BF2"]]
    chart = actions.add_block(
        actor=people.nigina, edition=edition, kind="chart", section="1", content={"obs": pairs, "shape": "bar", "title": {"en": "x"}}
    )  # fmt: skip
    address = at("block", edition, key=chart.key)
    form = nigina.get(address).context["form"]
    typed = {name: form.fields[name].prepare_value(form[name].value()) or "" for name in form.fields}
    assert nigina.post(address, {**typed, "title": "People", "do": "save"}).status_code == 302
    chart.refresh_from_db()
    assert (chart.content["obs"], chart.content["title"]) == (pairs, {"en": "People"})


def test_it_fetches_laws_of_a_country(nigina: Client, edition: Edition) -> None:
    shown = nigina.post(at("new-block", edition, kind="laws"), {"country": "az", "as_of": "2026-01-01", "do": "fetch"})
    assert len(shown.context["form"]["items"].value().splitlines()) > 5


def test_it_opens_an_edition_with_as_few_queries_however_much_stands_in_it(
    nigina: Client, people: Analysts, edition: Edition, django_assert_max_num_queries: Any
) -> None:
    nigina.get(at("edition", edition))
    with django_assert_max_num_queries(40):
        nigina.get(at("edition", edition))


def test_it_lists_editions_with_as_few_queries(
    nigina: Client, people: Analysts, edition: Edition, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    nigina.get("/desk/evidence/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        nigina.get("/desk/evidence/")
    for label in ("2009", "2010", "2011"):
        actions.copy_edition(actor=people.nigina, edition=edition, label=label)
    with CaptureQueriesContext(connection) as many:
        nigina.get("/desk/evidence/")
    assert len(many) == len(few)


def test_it_begins_a_profile_and_its_next_edition(nigina: Client, edition: Edition) -> None:
    answer = nigina.post("/desk/evidence/new/", {"area": "TJK", "template": edition.template.pk, "label": "2026"})
    made = Edition.objects.get(profile__area="TJK")
    assert answer["Location"] == at("edition", made)
    answer = nigina.post(at("next", edition), {"label": "2026"})
    assert Edition.objects.get(copied_from=edition).blocks.count() == edition.blocks.count()
    assert answer.status_code == 302


def test_it_tells_who_frames_an_edition_that_somebody_was_quicker(nigina: Client, edition: Edition) -> None:
    form = nigina.get(at("front", edition)).context["form"]
    typed = {"title": "Mine", "languages": ["en"], "seen": form["seen"].value()}
    assert nigina.post(at("front", edition), {**typed, "title": "Theirs"}).status_code == 302
    told = nigina.post(at("front", edition), typed)
    assert told.status_code == 422
    assert "Mine" in told.content.decode()
    again = nigina.post(at("front", edition), {**typed, "seen": told.context["form"]["seen"].value()})
    assert again.status_code == 302
    edition.refresh_from_db()
    assert edition.titles["en"] == "Mine"


def test_it_names_a_figure_without_a_title_by_what_it_counts(nigina: Client, edition: Edition) -> None:
    Block.objects.filter(edition=edition, key="BF1").update(content={"obs": "aze08-BF1"})
    assert "Figure BF1</a></b> Population" in nigina.get(at("edition", edition)).content.decode()


def test_it_asks_once_for_the_names_of_all_figures(edition: Edition, django_assert_num_queries: Any) -> None:
    blocks = list(edition.blocks.all())
    with django_assert_num_queries(1):
        assert len(figure_names(blocks)) == 78
