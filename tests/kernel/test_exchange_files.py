"""Files of an exchange that are not what they should be: cut, changed, of others, of other terms, sent twice."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from exchange_world import ALI, END, OTHERS, SAME, TODAY, World, signed_anew
from hamroh.kernel.exchange import Unfit, answer, finish
from hamroh.kernel.exchange.files import Opened, written
from hamroh.kernel.exchange.terms import VERSION


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.of(tmp_path, [ALI], [SAME, *OTHERS])


def test_it_refuses_a_file_that_is_cut_at_any_place(world: World) -> None:
    offered = world.offer()
    whole = offered.read_bytes()
    for length in (0, 3, 20, 40, 300, len(whole) // 2, len(whole) - 1):
        offered.write_bytes(whole[:length])
        with pytest.raises(Unfit):
            world.answer(offered)


def test_it_refuses_a_file_with_more_at_its_end(world: World) -> None:
    offered = world.offer()
    offered.write_bytes(offered.read_bytes() + b"\0")
    with pytest.raises(Unfit, match="too long"):
        world.answer(offered)


@pytest.mark.parametrize("place", [30, 200, 700, 5000, -1])
def test_it_refuses_a_file_with_one_bit_changed(world: World, place: int) -> None:
    offered = world.offer()
    whole = bytearray(offered.read_bytes())
    whole[place] ^= 1
    offered.write_bytes(whole)
    with pytest.raises(Unfit):
        world.answer(offered)


def test_it_refuses_a_file_of_another_version(world: World) -> None:
    offered = world.offer()
    offered.write_bytes(
        offered.read_bytes().replace(b"hamroh-exchange %d" % VERSION, b"hamroh-exchange %d" % (VERSION - 1), 1)
    )
    with pytest.raises(Unfit, match="another version"):
        world.answer(offered)


def test_it_refuses_a_file_of_another_kind(world: World) -> None:
    offered = world.offer()
    with pytest.raises(Unfit, match="of the kind offer"):
        world.finish(offered)


def test_it_refuses_a_partner_whose_key_was_not_given(world: World) -> None:
    offered = world.offer()
    with pytest.raises(Unfit, match="somebody else signed"):
        answer(
            world.b,
            offered,
            world.path("x"),
            of=SigningKey.generate().verify_key.encode().hex(),
            agrees=lambda _t: True,
            today=TODAY,
        )


def test_it_answers_only_who_agrees(world: World) -> None:
    offered = world.offer()
    with pytest.raises(Unfit, match="not agreed"):
        answer(world.b, offered, world.path("x"), of=world.a.public, agrees=lambda _terms: False, today=TODAY)
    assert not world.path("x").exists()


def test_it_answers_an_offer_once(world: World) -> None:
    offered = world.offer()
    world.answer(offered)
    with pytest.raises(Unfit, match="answered already"):
        world.answer(offered, "again")


def test_it_answers_a_partner_so_often_and_no_more(tmp_path: Path) -> None:
    world = World.of(tmp_path, [ALI], [SAME])
    for at in range(4):
        world.answer(world.offer(f"offer {at}"), f"answer {at}")
    with pytest.raises(Unfit, match="4 times"):
        world.answer(world.offer("fifth"), "fifth answer")
    world.today = TODAY + timedelta(days=40)
    world.answer(world.offer("later"), "later answer")


def test_it_refuses_terms_that_have_expired(world: World) -> None:
    offered = world.offer()
    world.today = END + timedelta(days=1)
    with pytest.raises(Unfit, match="expired"):
        world.answer(offered)


def test_it_refuses_an_answer_under_other_terms(world: World) -> None:
    answered = world.answer(world.offer())
    signed_anew(
        world, answered, "answer", lambda header: header | {"terms": header["terms"].replace("sought twice", "in debt")}
    )
    with pytest.raises(Unfit, match="other terms"):
        world.finish(answered)


def test_it_refuses_the_answer_to_another_offer(world: World) -> None:
    answered = world.answer(world.offer())
    signed_anew(world, answered, "answer", lambda header: header | {"offer": "0" * 64})
    with pytest.raises(Unfit, match="another offer"):
        world.finish(answered)


def test_it_finishes_once(world: World) -> None:
    answered = world.answer(world.offer())
    world.finish(answered)
    with pytest.raises(Unfit, match="no exchange of this number is open"):
        world.finish(answered)


def test_it_refuses_a_list_longer_than_agreed(world: World) -> None:
    offered = world.offer(answered=2)
    with pytest.raises(Unfit, match="3 people, the terms allow 2"):
        world.answer(offered)


def test_it_refuses_another_list_at_the_end(world: World) -> None:
    answered = world.answer(world.offer())
    changed = dataclasses.replace(world.a, records=[ALI | {"year": "1985"}])
    with pytest.raises(Unfit, match="another one than that of the offer"):
        finish(changed, answered, world.path("x"), TODAY)


def _small_order() -> list[bytes]:
    """Places that must not be multiplied: the neutral one, all of small order, and those that are written in another way."""
    eighth = 325606250916557431795983626356110631294008115727848805560023387167927233504
    other = 39382357235489614581723060781553021112529911719440698176882885853963445705823
    field = 2**255 - 19
    return [each.to_bytes(32, "little") for each in (0, 1, field - 1, eighth, other, field, field + 9, 2**256 - 1)]


@pytest.mark.parametrize("which", range(8))
def test_it_multiplies_no_point_outside_the_group(world: World, which: int) -> None:
    offered = world.offer()
    wrong = _small_order()[which]
    with Opened(offered, world.a.public, ("offer",)) as file:
        header = {key: each for key, each in file.header.items() if key != "tables"}
        asked = [each for piece in file.records("asked", 1000) for each in piece]
    written(offered, "offer", header, [(("asked", 32, len(asked)), [*asked[:-1], wrong])], world.a.key)
    with pytest.raises(Unfit, match="no point of the group"):
        world.answer(offered)
