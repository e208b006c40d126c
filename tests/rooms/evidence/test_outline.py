"""What a template asks for, and how far an edition fills it."""

import datetime as dt
from typing import Any

import pytest

from evidence_world import Analysts
from hamroh.accounts.policy import Refused
from hamroh.evidence import actions
from hamroh.evidence.actions.templates import TemplateInUse
from hamroh.evidence.models import BlockKind, Edition, Template
from hamroh.evidence.outline import Fill, Malformed, Shown, Slot, checked, fill
from hamroh.evidence.selectors import completeness
from hamroh.kernel.datafiles import document

ON = dt.date(2026, 6, 1)
SLOT = Slot("idps", "2.1", "figure", {"en": "IDPs"}, required=True, concepts=frozenset({"idps"}), max_age_years=3)
SECTIONS = [
    {"code": "1", "titles": {"en": "Facts"}, "level": 1, "slots": [
        {"key": "population", "kind": "figure", "titles": {"en": "Population"}, "required": True, "concepts": ["population"], "max_age_years": 2},
        {"key": "idps", "kind": "figure", "titles": {"en": "IDPs"}, "required": True, "concepts": ["idps"], "max_age_years": 3},
        {"key": "words", "kind": "narrative", "titles": {"en": "In words"}}]},
]  # fmt: skip
DATA = {"key": "short", "version": "1", "names": {"en": "Short"}, "sections": SECTIONS}


def block(key: str = "a", *, slot: str = "", kind: str = "figure", concept: str = "idps", year: int = 2025) -> Shown:
    return Shown(key, "2.1", slot, kind, frozenset({concept}), dt.date(year, 12, 31))


CASES = {
    "nothing": ([], Fill.MISSING),
    "the figure": ([block()], Fill.FILLED),
    "an old figure": ([block(year=2020)], Fill.OLD),
    "an old and a new one": ([block("a", year=2020), block("b")], Fill.SEVERAL),
    "a figure of something else": ([block(concept="population")], Fill.MISSING),
    "a figure, and a table that shows it": ([block("a"), block("b", kind="table")], Fill.FILLED),
    "another in its section": ([block("a"), Shown("b", "6.7", "", "figure", frozenset({"idps"}))], Fill.FILLED),
    "one by name beside others": ([block("a", slot="idps"), block("b")], Fill.FILLED),
    "a table that shows it": ([block(kind="table")], Fill.FILLED),
    "a text": ([block(kind="narrative")], Fill.MISSING),
    "whatever was put there": ([block(slot="idps", kind="narrative", concept="x")], Fill.FILLED),
    "a figure in another slot": ([block(slot="population")], Fill.MISSING),
}


@pytest.mark.parametrize("case", CASES)
def test_it_says_how_a_slot_stands(case: str) -> None:
    blocks, expected = CASES[case]
    assert fill(SLOT, blocks, ON)[0] is expected


def test_it_names_every_fault_of_a_template() -> None:
    broken = [
        {"code": "1", "slots": [{"key": "a", "kind": "cake"}, {"key": "a", "kind": "figure"}]},
        {"code": "1", "titles": {"en": "x"}},
    ]
    with pytest.raises(Malformed) as refused:
        checked(broken, BlockKind.values)
    assert len(refused.value.faults) == 4


def test_it_reads_the_template_of_the_package(db: None) -> None:
    template = actions.load_template(document("profile/template-migration-profile.yml"))
    assert len(completeness.matrix(template, ()).parts) > 20


def test_it_changes_no_template_under_an_edition(people: Analysts) -> None:
    template = actions.load_template(DATA)
    draft(people, template, "TJK")
    with pytest.raises(TemplateInUse):
        actions.load_template({**DATA, "sections": SECTIONS[:0]})
    assert actions.load_template({**DATA, "version": "2", "sections": SECTIONS[:0]}).version == "2"
    assert actions.load_template(DATA) == template


def draft(people: Analysts, template: Template, area: str) -> Edition:
    return actions.start_profile(
        actor=people.nigina, organisation=people.centre, template=template, area=area, key=area.lower(), names={"en": area}, label="2026"
    )  # fmt: skip


def test_it_lays_countries_side_by_side(people: Analysts, printed: Any) -> None:
    template = actions.load_template(DATA)
    Edition.objects.filter(pk=printed.pk).update(template=template)
    empty = draft(people, template, "TJK")
    made = completeness.desk_matrix(actor=people.nigina, key="short")
    assert made is not None
    assert [each.pk for each in made.editions] == [printed.pk, empty.pk]
    fills = [[cell.fill for cell in cells] for _slot, cells in made.parts[0][1]]
    assert fills == [[Fill.SEVERAL, Fill.MISSING], [Fill.SEVERAL, Fill.MISSING], [Fill.FREE, Fill.FREE]]
    assert made.shares == ((2, 2), (0, 2))


def test_it_compares_many_countries_with_as_few_queries(
    people: Analysts, printed: Any, django_assert_num_queries: Any
) -> None:
    template = actions.load_template(DATA)
    Edition.objects.filter(pk=printed.pk).update(template=template)
    for area in ("TUR", "TJK", "GEO"):
        draft(people, template, area)
    editions = list(Edition.objects.select_related("template"))
    with django_assert_num_queries(2):
        completeness.matrix(template, editions)


def test_it_shows_no_drafts_of_others(people: Analysts, printed: Any) -> None:
    assert completeness.desk_matrix(actor=people.leyla) is None


def test_it_marks_what_is_too_old_in_the_next_edition(people: Analysts, printed: Any) -> None:
    template = actions.load_template(DATA)
    Edition.objects.filter(pk=printed.pk).update(template=template)
    printed.refresh_from_db()
    made = actions.copy_edition(actor=people.nigina, edition=printed, label="2026")
    states = completeness.contents(made)
    assert {state.slot.key: state.fill for state in states[0].slots}["idps"] is Fill.OLD
    assert "BF1" in completeness.old_blocks(made, states)
    assert completeness.old_blocks(printed, completeness.contents(printed)) == set()


def test_it_leaves_no_block_out_of_the_contents(printed: Any) -> None:
    states = completeness.contents(printed)
    named = [each.key for part in states for each in part.others]
    named += [each.key for part in states for state in part.slots for each in state.blocks]
    assert sorted(named) == sorted(printed.blocks.values_list("key", flat=True))


def test_it_lists_editions_to_whom_they_are_shown(people: Analysts, printed: Any) -> None:
    from hamroh.evidence.selectors.editing import edition_on_desk, editions_on_desk

    seen = {
        name: list(editions_on_desk(actor=getattr(people, name))) for name in ("nigina", "davlat", "leyla", "kamran")
    }
    assert seen == {"nigina": [printed], "davlat": [printed], "leyla": [], "kamran": []}
    with pytest.raises(Refused):
        edition_on_desk(actor=people.leyla, code=printed.code)


def test_it_shows_everybody_how_far_published_editions_go(people: Analysts, printed: Any) -> None:
    from hamroh.evidence.models import FrozenEdition

    template = actions.load_template(DATA)
    Edition.objects.filter(pk=printed.pk).update(template=template)
    assert completeness.public_matrices() == []
    Edition.objects.filter(pk=printed.pk).update(state="published")
    FrozenEdition.objects.create(edition=printed, manifest=b"{}", digest="0" * 64)
    (made,) = completeness.public_matrices()
    assert ([each.pk for each in made.editions], made.shares) == ([printed.pk], ((2, 2),))
