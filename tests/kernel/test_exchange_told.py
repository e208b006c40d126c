"""What an exchange says of a pair, what it compares at all, and whom it finds under another surname."""

from pathlib import Path

import pytest

from exchange_world import ALI, OTHERS, SAME, World
from hamroh.kernel.exchange import Pair, Unfit
from hamroh.kernel.exchange.features import SAID

BEFORE = {"id": "a3", "name": "Муродалиева Ойшагул", "year": "1987", "place": "Самарқанд"}
SINCE = {"id": "b3", "name": "Oyshagul Ghafurovna Lutfullaeva", "year": "1987", "place": "Samarkand"}


def both_told(world: World, **terms) -> tuple[list[Pair], list[Pair]]:
    ours = world.finish(world.answer(world.offer(**terms)))
    return ours, world.receive()


def test_it_says_the_same_to_both_of_what_a_pair_rests_on(tmp_path: Path) -> None:
    (ours,), (theirs,) = both_told(World.of(tmp_path, [ALI], [SAME, *OTHERS]))
    assert ours.said == theirs.said == ("word/same", "word/same", "year/same", "place/same")


def test_it_passes_over_what_nobody_can_say_of_a_pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A partner's own words would stand on a page of ours."""
    from hamroh.kernel.exchange import parcels

    sealed = parcels.sealed
    monkeypatch.setattr(
        parcels, "sealed", lambda told, seal: sealed([(*each[:3], ("<b>x</b>", "year/one")) for each in told], seal)
    )
    _ours, (theirs,) = both_told(World.of(tmp_path, [ALI], [SAME, *OTHERS]))
    assert theirs.said == ("year/one",)
    assert "year/one" in SAID


def test_it_finds_a_woman_under_the_surname_that_she_bears_since(tmp_path: Path) -> None:
    people = [
        {"id": f"b9{at}", "name": f"Гулнора {name}", "year": "1990", "place": "Хоруғ"} for at, name in enumerate("абв")
    ]
    ours, _theirs = both_told(World.of(tmp_path, [BEFORE, ALI], [SINCE, *people]), threshold=10.0)
    assert [pair.id for pair in ours] == ["a3"]


def test_it_compares_no_field_that_was_not_agreed_to(tmp_path: Path) -> None:
    """Another year and another home stand against nobody whose name alone is compared; and nothing is said of them."""
    other = {**SAME, "year": "1950", "place": "Хуҷанд"}
    world = World.of(
        tmp_path, [{**ALI, "name": "Қурбонов Зафар Саидович"}], [{**other, "name": "Zafar Saidovich Kurbanov"}]
    )
    (ours,), _theirs = both_told(world, fields=("name",), threshold=13.0)
    assert {code.partition("/")[0] for code in ours.said} == {"word"}
    assert not both_told(World.of(tmp_path / "all", world.a.records, world.b.records), threshold=13.0)[0]


@pytest.mark.parametrize(
    "fields", [(), ("year",), ("year", "name"), ("name", "name"), ("name", "phone"), ("name", "place", "year")]
)
def test_it_takes_no_terms_over_other_fields(tmp_path: Path, fields: tuple[str, ...]) -> None:
    with pytest.raises(Unfit):
        World.of(tmp_path, [ALI], [SAME]).offer(fields=fields)
