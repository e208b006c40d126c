"""Every address of the desk of groups: who may open it, who may send its form; whoever may not is answered as if there were none."""

import io
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from cases_trafficking import opened_at, unlocked, with_keys
from desk_world import at
from groups_world import agreed, applied, asked, gathered, given, joined, owed, sheltered, talked
from hamroh.groups import actions, desk_urls
from hamroh.groups.models import Facilitating, MemberRole
from hamroh.groups.selectors import places as reads
from hamroh.vault.models import JournalLine

ROUTES = {f"groups:{each.name}": set(each.pattern.regex.groupindex) for each in desk_urls.urlpatterns}
RUNS = frozenset({"sitora", "manizha"})
SEES, STAFF, NOBODY = RUNS | {"lola"}, frozenset({"manizha", "lola"}), frozenset[str]()
LISTS, KEEPS, INSIDE = SEES | {"parvina"}, frozenset({"sitora", "manizha", "parvina", "zebo"}), frozenset({"sitora"})
#: route -> who may GET, who may POST; None where the method is not answered
EXPECTED: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "list": (LISTS, None), "new": (LISTS, LISTS), "group": (SEES, None), "change": (SEES, SEES), "move": (None, SEES), "staff": (STAFF, STAFF),
    "end-staff": (None, STAFF), "members": (RUNS, None), "new-member": (RUNS, RUNS), "member": (RUNS, RUNS), "change-member": (RUNS, RUNS),
    "leave": (RUNS, RUNS), "come-back": (None, RUNS), "forget": (RUNS, RUNS), "end-role": (None, RUNS), "talks": (RUNS, None),
    "new-talk": (RUNS, RUNS), "change-talk": (RUNS, RUNS), "memoranda": (SEES, None), "new-memorandum": (SEES, SEES), "renew": (SEES, SEES),
    "memorandum": (SEES, SEES), "change-memorandum": (SEES, SEES), "move-memorandum": (None, SEES), "scan": (SEES, SEES),
    "scan-file": (SEES, None), "settle": (None, SEES), "helps": (RUNS, None), "new-help": (RUNS, RUNS), "help": (RUNS, RUNS),
    "supports": (RUNS, None), "new-support": (RUNS, RUNS), "support": (RUNS, None), "repay": (RUNS, RUNS), "visit": (RUNS, RUNS),
    "settle-support": (None, RUNS), "applications": (SEES, None), "new-application": (SEES, SEES), "application": (SEES, SEES),
    "change-application": (SEES, SEES),
    "places": (KEEPS, None), "new-place": (KEEPS, KEEPS), "place": (INSIDE, INSIDE), "change-place": (INSIDE, INSIDE),
    "take-in": (INSIDE, INSIDE), "let-go": (None, INSIDE), "let-in": (INSIDE, INSIDE), "shut-out": (None, INSIDE), "give-up": (None, INSIDE),
    "take-away": (INSIDE, INSIDE),
}  # fmt: skip
FOUND = {200, 302, 422}
#: nothing that is sent in the matrix of POST may end what later lines need
LAST = ("move", "end-staff", "forget", "leave", "settle-support", "give-up", "take-away")
ORDER = sorted(EXPECTED, key=lambda name: LAST.index(name) if name in LAST else -1)
#: from who may least to who may most; whoever stands lower than the highest who may not, may not either
LADDER = ("temur", "zebo", "parvina", "lola")
#: pages of a whole organisation: whoever has the role in another one sees her own
OF_A_HOUSE = {"list", "new", "places", "new-place"}


def png() -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(content, "PNG")
    content.seek(0)
    return content


@pytest.fixture
def there(circle, group) -> dict[str, Any]:
    """One of everything that addresses name."""
    member = joined(circle, group, roles=["treasurer"])
    memorandum = agreed(circle, group)
    actions.keep_scan(actor=circle.sitora, group=group, memorandum=memorandum, content=png(), name="scan.png")
    place = sheltered(circle)
    return {
        "group": group, "code": group.code, "member": member.pk, "role": MemberRole.objects.get().pk, "talk": talked(circle, group).pk,
        "line": Facilitating.objects.get().pk, "memorandum": memorandum.pk, "renews": memorandum.pk, "obligation": owed(circle, group, memorandum).pk,
        "help": asked(circle, group).pk, "support": given(circle, group, member).pk, "application": applied(circle, group).pk,
        "place": place.pk, "stay": "a1b2c3", "user": circle.manizha.pk,
    }  # fmt: skip


def address(name: str, there: dict[str, Any], **more: Any) -> str:
    return reverse(f"groups:{name}", kwargs={each: (there | more)[each] for each in ROUTES[f"groups:{name}"]})


def clients(circle) -> dict[str, Client]:
    staff = {name: at(getattr(circle, name)) for name in ("manizha", "lola", "parvina", "zebo", "vusala")}
    return staff | {"sitora": opened_at(circle.sitora), "temur": at(circle.office.temur)}


def test_it_states_who_may_for_every_address() -> None:
    assert {name.removeprefix("groups:") for name in ROUTES} == set(EXPECTED)


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_opens_to_whom_it_should(circle, there, method: str) -> None:
    people, wrong = clients(circle), []
    for name in ORDER:
        may = EXPECTED[name][method == "post"]
        shut = ["vusala", *[who for who in LADDER if who not in (may or ())][-2:]]
        open_ = [who for who in ("lola", "zebo", "manizha", "sitora") if who in (may or ())][:1]
        for who in ["sitora"] if may is None else [*shut, *open_]:
            if who == "vusala" and name in OF_A_HOUSE:
                continue
            status = getattr(people[who], method)(address(name, there)).status_code
            if status not in ({405} if may is None else FOUND if who in may else {404}):
                wrong.append((name, who, status))
    assert wrong == []


def test_it_opens_to_a_facilitator_what_is_hers(circle, there) -> None:
    client = opened_at(circle.sitora)
    pages = [name for name, (may, _post) in EXPECTED.items() if may and "sitora" in may]
    assert [(name, status) for name in pages if (status := client.get(address(name, there)).status_code) != 200] == []


def test_it_asks_visitors_to_sign_in(circle, there) -> None:
    for name in EXPECTED:
        answer = Client().get(address(name, there))
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("accounts:sign-in")), name


def test_it_knows_no_row_of_another_group(circle, there) -> None:
    """Rows are found within their group alone, whoever knows their numbers."""
    other = gathered(circle, names={"en": "Another"})
    rows = ("member", "role", "talk", "line", "memorandum", "renews", "obligation", "help", "support", "application")
    client, wrong = at(circle.manizha), []
    for name, (may_get, _post) in EXPECTED.items():
        if any(each in ROUTES[f"groups:{name}"] for each in rows):
            for more in ({"code": other.code}, {each: uuid.uuid4() for each in rows}):
                status = getattr(client, "get" if may_get else "post")(address(name, there, **more)).status_code
                if status != 404:
                    wrong.append((name, status))
    assert wrong == []


def test_it_writes_nothing_by_get(circle, there) -> None:
    lines = JournalLine.objects.exclude(verb__in=("group.see", "group.members", "place.locate"))
    before, client = lines.count(), opened_at(circle.sitora)
    for name, (may, _post) in EXPECTED.items():
        if may and "sitora" in may:
            client.get(address(name, there))
    assert lines.count() == before


def test_it_takes_no_form_without_its_token(circle, there) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(circle.sitora)
    assert [
        name for name, (_get, post) in EXPECTED.items() if post and client.post(address(name, there)).status_code != 403
    ] == []


def test_it_shuts_at_once_when_running_the_group_ends(circle, there) -> None:
    client, line = at(circle.sitora), Facilitating.objects.get()
    assert client.get(address("members", there)).status_code == 200
    at(circle.manizha).post(address("end-staff", there))
    line.refresh_from_db()
    assert (line.until_date is not None, client.get(address("group", there)).status_code) == (True, 404)


def test_it_opens_to_a_second_facilitator(circle, there) -> None:
    at(circle.lola).post(address("staff", there), {"person": str(circle.parvina.pk), "from_date": "2026-11-20"})
    assert [at(who).get(address("members", there)).status_code for who in (circle.parvina, circle.sitora)] == [200, 200]


def test_it_opens_a_place_to_who_was_let_in(circle, there) -> None:
    with_keys(circle.office, circle.zebo)
    opened_at(circle.sitora).post(address("let-in", there), {"user": str(circle.zebo.pk)})
    with unlocked(circle.zebo):
        assert [row.pk for row in reads.places(actor=circle.zebo, organisation=circle.house)] == [there["place"]]
    assert opened_at(circle.zebo).post(address("place", there), {"why": "visit"}).status_code == 200
