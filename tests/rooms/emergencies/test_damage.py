"""Damage: cards stand, sources stay apart, files go round, households are known by an alias and read by few."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from answers import numbers
from desk_world import NOW, at
from desk_world import asked as queries
from emergency_world import ALIAS, LINE, WHY, card, hit, mudflow, number
from hamroh.emergencies import actions, exchange, selectors
from hamroh.emergencies.actions import NotNow
from hamroh.emergencies.models import DamageCard, Written
from hamroh.kernel.damage import Count, Known


def address(name: str, event, **more) -> str:
    return reverse(f"emergencies:{name}", kwargs={"code": event.code, **more})


def test_it_shows_sources_beside_each_other_and_no_sum(centre) -> None:
    event = mudflow(centre)
    card(centre, event)
    card(centre, event, source="community", source_name="Council", counts={"houses_damaged": number(19)})
    page = at(centre.lola).get(address("damage", event)).content.decode()
    assert numbers(page) >= {"12", "19"}
    assert "31" not in numbers(page)
    assert [each.name for each in selectors.sources(event=event)] == ["Council", "District committee"]


def test_it_counts_the_region_instead_of_its_district(centre) -> None:
    event = mudflow(centre)
    card(centre, event)
    card(centre, event, place=centre.sughd, counts={"houses_damaged": number(40)})
    (found,) = selectors.sources(event=event)
    assert (found.said.totals["houses_damaged"].number, found.covered) == (40, [centre.ayni])


def test_it_never_changes_a_card(centre) -> None:
    row = card(centre, mudflow(centre))
    row.counts = {}
    with pytest.raises(Written):
        row.save()


def test_it_takes_no_empty_card(centre) -> None:
    with pytest.raises(NotNow):
        card(centre, mudflow(centre), counts={}, words="")


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("12", number(12)),
        ("0", Count(Known.NONE)),
        ("?", Count(Known.SOME)),
        ("1 200", number(1200)),
        ("١٢", number(12)),
    ],
)
def test_it_reads_what_is_typed(centre, typed: str, count: Count) -> None:
    event = mudflow(centre)
    told = {
        "source": "official",
        "source_name": "Office",
        "on_date": "2026-11-23",
        "n_dead": typed,
        "place": "Ayni [tj-su-ayni]",
    }
    assert at(centre.daler).post(address("new-card", event), told).status_code == 302
    assert DamageCard.objects.get().counts == {"dead": {"known": str(count.known), "value": count.value}}


@pytest.mark.parametrize("typed", ["twelve", "-5", "1.5", "9" * 12, "=1+1"])
def test_it_keeps_what_was_typed_where_it_is_no_count(centre, typed: str) -> None:
    event = mudflow(centre)
    told = {
        "source": "official",
        "source_name": "Office of Ayni",
        "on_date": "2026-11-23",
        "n_dead": typed,
        "place": "Ayni [tj-su-ayni]",
    }
    answer = at(centre.daler).post(address("new-card", event), told)
    assert answer.status_code == 422
    assert "Office of Ayni" in answer.content.decode()
    assert not DamageCard.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_it_brings_back_what_it_gave_out(centre, form: str) -> None:
    event, other = mudflow(centre), mudflow(centre, titles={"en": "Another"})
    card(
        centre,
        event,
        sectors=["water"],
        counts={
            "dead": Count(Known.NONE),
            "houses_damaged": number(12),
            "livestock": Count(Known.SOME),
            "injured": Count(Known.SOME),
        },
    )
    body = at(centre.lola).get(address(f"cards-{form}", event)).content
    fates = exchange.read(f"cards.{form}", body)
    assert [each.fault for each in fates] == [""]
    for expected in (1, 0):
        assert actions.enter_many(actor=centre.daler, event=other, cards=[each.told for each in fates]) == expected
    before, after = DamageCard.objects.get(event=event), DamageCard.objects.get(event=other)
    assert (after.counts, after.sectors, after.source_name, after.place) == (
        before.counts,
        before.sectors,
        before.source_name,
        before.place,
    )


def test_it_lets_no_word_of_a_card_out(centre) -> None:
    event = mudflow(centre)
    card(centre, event)
    for form in ("csv", "xlsx"):
        assert LINE.encode() not in at(centre.lola).get(address(f"cards-{form}", event)).content
    book = load_workbook(io.BytesIO(at(centre.lola).get(address("cards-xlsx", event)).content))
    assert "Zwqx" not in str(list(book.active.values))


def test_it_runs_no_formula_of_a_source(centre) -> None:
    event = mudflow(centre)
    card(centre, event, source_name="=HYPERLINK(1)")
    assert b"'=HYPERLINK" in at(centre.lola).get(address("cards-csv", event)).content
    book = load_workbook(io.BytesIO(at(centre.lola).get(address("cards-xlsx", event)).content))
    assert not [cell for row in book.active for cell in row if cell.data_type == "f"]


BAD_ROWS = [
    ("level0,fuentes\ntj-su-ayni,Office\n", "Nothing is counted"), ("level0,fuentes,muertos,fechano,fechames,fechadia\nNowhereland,Office,1,2026,11,23\n", "No place"),
    ("level0,fuentes,muertos,fechano,fechames,fechadia\ntj-su-ayni,Office,x,2026,11,23\n", "cannot be read"),
    ("level0,fuentes,muertos,fechano,fechames,fechadia\ntj-su-ayni,Office,1,2026,13,23\n", "day cannot be read"),
    ("level0,fuentes,muertos,fechano,fechames,fechadia\ntj-su-ayni,,1,2026,11,23\n", "place and its source"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), BAD_ROWS)
def test_it_says_what_is_wrong_with_a_row(centre, text: str, said: str) -> None:
    (fate,) = exchange.read("cards.csv", text.encode())
    assert said in fate.fault


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"a,b\n1,2\n", b"PK\x03\x04 nothing", b"x" * (5 * 2**20 + 1)])
def test_it_refuses_what_is_no_file_of_cards(centre, content: bytes) -> None:
    event = mudflow(centre)
    answer = at(centre.daler).post(
        address("bring", event), {"file": SimpleUploadedFile("cards.csv", content), "do": "write"}
    )
    assert answer.status_code == 422
    assert not DamageCard.objects.exists()


def test_it_writes_nothing_before_somebody_says_so(centre) -> None:
    event = mudflow(centre)
    text = b"level0,fuentes,muertos,fechano,fechames,fechadia\ntj-su-ayni,Office,3,2026,11,23\n"
    for do, expected in (("look", 0), ("write", 1)):
        at(centre.daler).post(address("bring", event), {"file": SimpleUploadedFile("cards.csv", text), "do": do})
        assert DamageCard.objects.count() == expected


# -- households ------------------------------------------------------------------------------------------------------


def offered(centre, event, row, answer: str = "refused", why: str = WHY):
    return actions.note_offer(
        actor=centre.zebo,
        event=event,
        household=row,
        place=centre.sughd,
        on_date=NOW.date(),
        answer=answer,
        facts={"by": "Office", "why": why},
    )


def test_it_asks_why_a_household_refused(centre) -> None:
    event = mudflow(centre)
    row = hit(centre, event)
    with pytest.raises(NotNow):
        offered(centre, event, row, why=" ")
    offered(centre, event, row)
    page = at(centre.zebo).get(address("household", event, household=row.pk)).content.decode()
    assert WHY in page
    assert ALIAS in page


def test_it_tells_a_household_to_few(centre) -> None:
    event = mudflow(centre)
    offered(centre, event, hit(centre, event))
    card(centre, event)
    for who in (centre.daler, centre.lola):
        for name in ("event", "board", "damage", "needs", "tasks", "roster", "reports"):
            page = at(who).get(address(name, event)).content.decode()
            assert "Zwqx" not in page, name


def test_it_keeps_no_word_in_the_clear(centre) -> None:
    """What a thief of the database finds of the columns that are not sealed."""
    from django.apps import apps

    from hamroh.vault.fields import SealedField

    event = mudflow(centre)
    offered(centre, event, hit(centre, event))
    card(centre, event)
    actions.write_log(actor=centre.bahrom, event=event, kind="note", words=LINE)
    found = []
    for model in apps.get_app_config("emergencies").get_models():
        clear = [field.attname for field in model._meta.concrete_fields if not isinstance(field, SealedField)]
        found += [model.__name__ for row in model.objects.values_list(*clear) if "Zwqx" in str(row)]
    assert found == []


def test_it_withholds_small_numbers_of_households(centre) -> None:
    event = mudflow(centre)
    for at_ in range(5):
        row = hit(centre, event, f"{ALIAS}{at_}")
        if at_ < 2:
            offered(centre, event, row)
    assert selectors.household_figures(event=event) == {
        "households": 5, "aided": None, "offered": None, "accepted": None, "refused": None, "undecided": None,
    }  # fmt: skip


def test_it_tells_who_comes_second_to_a_household(centre) -> None:
    event = mudflow(centre)
    row = hit(centre, event)
    client, to = at(centre.zebo), address("change-household", event, household=row.pk)
    told = {
        "alias": "Orchard",
        "place": "Ayni [tj-su-ayni]",
        "house": "stands",
        "barn": "stands",
        "plot": "none",
        "seen": "",
    }
    assert client.post(to, told).status_code == 302
    answer = client.post(to, told | {"alias": "Orchard two"})
    assert answer.status_code == 422
    assert "Orchard two" in answer.content.decode()


def test_it_asks_the_same_number_of_queries_for_many_households(centre) -> None:
    event = mudflow(centre)
    client, to = at(centre.bahrom), address("households", event)
    hit(centre, event)
    one = queries(client, to)
    for number_ in range(4):
        hit(centre, event, f"{ALIAS}{number_}")
    assert queries(client, to) == one


def test_it_asks_the_same_number_of_queries_for_many_cards(centre) -> None:
    event = mudflow(centre)
    client, to = at(centre.lola), address("damage", event)
    card(centre, event)
    one = queries(client, to)
    for at_ in range(4):
        card(centre, event, source_name=f"Office {at_}")
    assert queries(client, to) == one
