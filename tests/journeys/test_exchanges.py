"""Two desks learn that one misses whom the other has met: the wish, the second person, files on a stick, a pair, the talk, the end."""

from pathlib import Path
from typing import Any

import pytest

from exchanges_world import PURPOSE, SAME, acquainted, worked
from hamroh.tracing import actions
from hamroh.tracing.models import Exchange, ExchangePair, Pool
from hamroh.vault import journal
from partners_world import Pair, meet_somon, said
from seats import Seat
from tracing_world import asked, open_search
from vault_keys import settled


@pytest.fixture
def pair(demonstration: None) -> Pair:
    found = open_search()
    settled(found.office.centre, found.office.other)
    return meet_somon(found)


@pytest.mark.parametrize("lang", ["tg", pytest.param("az", marks=pytest.mark.long)])
def test_it_tells_two_desks_whom_one_misses_and_the_other_met(  # noqa: PLR0917 - fixtures
    request: Any, browser: Any, home: str, pair: Pair, lang: str, tmp_path: Path
) -> None:
    with journal.openings("task"):
        _journey(lambda user: Seat(request, browser, home, user, lang), pair, tmp_path)


def _journey(seat: Any, pair: Pair, folder: Path) -> None:
    search = pair.search
    missed, their_list = _begun(pair)
    officer, boss, theirs, their_boss = (seat(who) for who in (search.bahrom, search.manizha, pair.aziz, pair.umed))
    hers = seat(search.farzona).at(f"/desk/tracing/{missed.code}/").words()
    ours = _wished(officer, pair)
    _let_go(boss, ours)
    back = _agreed(theirs, _fetched(officer, ours, folder / "offer"), their_list)
    _let_go(their_boss, back)
    officer.bring(f"{ours}bring/", _fetched(theirs, back, folder / "answer"))
    worked(_row(ours))
    theirs.bring(f"{back}bring/", _fetched(officer, ours, folder / "result"))
    worked(_row(back))
    _judged(officer, ours, "Зафар Қурбонов", "missed")
    _judged(theirs, back, "Қурбонов Зафар", "met")
    assert seat(search.farzona).at(f"/desk/tracing/{missed.code}/").words() == hers
    _ended(officer, ours)


def _begun(pair: Pair) -> tuple[Any, Pool]:
    """Zafar is missed, his wife agreed to Somon, both desks have each other's key; Somon has met him."""
    row = asked(pair.search)
    said(pair, row)
    acquainted(pair, known_as=pair.somon)
    pool = actions.make_pool(
        actor=pair.aziz, organisation=pair.somon, name="Book of autumn", origin="own", basis="consent", of_a_shelter=False,
        is_lent=False, days=90,
    )  # fmt: skip
    actions.add_record(actor=pair.aziz, pool=pool, met=SAME)
    return row, pool


def _wished(officer: Seat, pair: Pair) -> str:
    officer.at("/desk/tracing/exchanges/new/", "new")
    partner = officer.page.locator("select[name=partner] option").nth(1).get_attribute("value") or ""
    officer.fill(partner=partner, pool="missed", purpose=PURPOSE, most_theirs="50", width="wide").send()
    found = Exchange.objects.get(organisation=pair.search.centre)
    assert (found.of_requests, found.our_people) == (True, 1)
    return f"/desk/tracing/exchanges/{found.code}/"


def _row(address: str) -> Exchange:
    return Exchange.objects.select_related("partner", "organisation").get(code=address.rstrip("/").rpartition("/")[2])


def _let_go(boss: Seat, address: str) -> None:
    boss.at(address, "let-go")
    with boss.page.expect_navigation():
        boss.page.locator("main form button[value=release]").click()
    worked(_row(address))
    assert _row(address).state == "waiting"


def _fetched(who: Seat, address: str, path: Path) -> Path:
    who.at(address)
    with who.page.expect_download() as coming:
        who.page.locator("main a[href$='/file/']").click()
    coming.value.save_as(path)
    return path


def _agreed(theirs: Seat, offer: Path, pool: Pool) -> str:
    theirs.bring("/desk/tracing/exchanges/offer/", offer)
    address = theirs.page.url.removeprefix(theirs.home)
    theirs.at(f"{address}agree/", "agree")
    theirs.fill(pool=pool.code, told="on").send()
    return address


def _judged(who: Seat, address: str, name: str, picture: str) -> None:
    """One pair, with what it rests on; the officers talk by its number and say what they think."""
    assert who.at(address, f"pairs-{picture}").page.locator("section[aria-labelledby=pairs] li").count() == 1
    found = ExchangePair.objects.get(exchange=_row(address))
    who.at(f"{address}pair/{found.pk}/", f"pair-{picture}")
    assert name in who.words()
    assert who.page.locator("section[aria-labelledby=why] li").count() >= 2
    who.fill(answer="same", words="Падараш ҳамон, солаш ҳамон.").send()


def _ended(officer: Seat, address: str) -> None:
    officer.at(address)
    with officer.page.expect_navigation():
        officer.page.locator("main form button[value=end]").click()
    assert not ExchangePair.objects.filter(exchange=_row(address)).exists()
    officer.at(address, "ended")
