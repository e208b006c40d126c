"""A printed profile as an edition: every cell as printed, every figure with its source, the same findings as the rules on the page."""

import pytest
from django.db import DatabaseError, connection, transaction

from hamroh.accounts.policy import Refused
from hamroh.evidence import selectors
from hamroh.evidence.actions import load_profile
from hamroh.evidence.models import BlockKind, Observation
from hamroh.kernel.datafiles import document
from hamroh.kernel.figures import Unreadable, examine, read_profile

SAID = document("profile/azerbaijan-2008.yml")


def test_it_keeps_every_cell_as_it_was_printed(printed) -> None:
    tables = selectors.edition_data(printed)["tables"]
    again = {key: [row["cells"] for row in table["rows"]] for key, table in tables.items()}
    assert again == {key: [row["cells"] for row in table["rows"]] for key, table in SAID["tables"].items()}
    assert sum(len(cells) for rows in again.values() for cells in rows) == 325


def test_it_keeps_every_single_figure_as_it_was_printed(printed) -> None:
    figures = {each["id"]: each["printed"] for each in selectors.edition_data(printed)["figures"]}
    assert figures == {each["id"]: each["printed"] for each in SAID["figures"]}
    assert len(figures) == 78


def test_it_says_of_every_figure_where_it_stands(printed) -> None:
    assert not Observation.objects.filter(locator="").exists()
    assert Observation.objects.count() == 403


def test_it_finds_what_the_rules_find_on_the_page(printed) -> None:
    said = [(each.rule, each.where, each.said("en")) for each in selectors.findings(printed)]
    assert sorted(said) == sorted((each.rule, each.where, each.said("en")) for each in examine(read_profile(SAID)))


def test_it_gives_an_empty_cell_a_reason(printed) -> None:
    cell = Observation.objects.get(code="aze08-T7-1-2")
    assert (cell.printed, cell.value, cell.missing) == ("N/A", None, "O")
    assert Observation.objects.get(code="aze08-T1-15-1").missing == "N"


def test_it_scales_thousands_and_keeps_what_was_printed(printed) -> None:
    cell = Observation.objects.get(code="aze08-T2-1-2")
    assert (cell.printed, cell.value, cell.series.dims) == ("-9,5", -9500, {"part": "urban"})


def test_it_names_a_chain_of_sources(printed) -> None:
    source = Observation.objects.get(code="aze08-2.2g").source
    chain = []
    while source:
        chain.append(source.key)
        source = source.cites
    assert chain == ["aliyev-moscow", "yeni-musavat", "ekho-moskvy", "moscow-registry"]


def test_it_reads_an_edition_with_few_queries(printed, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(9):
        selectors.findings(printed)


def test_it_refuses_data_with_faults_and_names_them_all(people, printed) -> None:
    data = {
        **SAID,
        "figures": [
            {"id": "x", "concept": "moonshine", "printed": "1", "value": 1},
            {"id": "y", "concept": "idps", "value": "?"},
        ],
    }
    with pytest.raises(Unreadable) as refused:
        load_profile(
            actor=people.nigina, profile=printed.profile, template=printed.template, label="2009", data=data, prefix="n"
        )
    assert len(refused.value.faults) == 2
    assert printed.profile.editions.count() == 1


def test_it_is_loaded_by_analysts_of_its_organisation_alone(people, printed) -> None:
    for somebody in (people.leyla, people.davlat, people.kamran):
        with pytest.raises(Refused):
            load_profile(
                actor=somebody, profile=printed.profile, template=printed.template, label="x", data=SAID, prefix="x"
            )


def test_it_never_changes_a_figure(printed) -> None:
    figure = Observation.objects.get(code="aze08-BF1")
    figure.value = 1
    with pytest.raises(TypeError):
        figure.save()
    with pytest.raises(TypeError):
        Observation.objects.update(value=1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE evidence_observation SET value = 1 WHERE code = 'aze08-BF1'")


def test_it_shows_a_block_for_every_table_and_figure(printed) -> None:
    kinds = list(printed.blocks.values_list("kind", flat=True))
    assert kinds.count(BlockKind.TABLE) == 9
    assert kinds.count(BlockKind.FIGURE) == 78
