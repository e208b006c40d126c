"""Who has no part in a search is answered as if there were none; whoever misses somebody reads no place of anybody who was met."""

import uuid
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases_trafficking import unlocked, with_keys
from desk_world import TODAY, at, employ
from desk_world import asked as queries
from found_world import ADDRESS, advocate, her_letter, read, released, talked, told_to, wished, words_of
from hamroh.accounts.models import ConflictBlock, Role
from hamroh.tracing import urls
from hamroh.tracing.actions import describing, places, telling
from hamroh.tracing.models import Linkage, Pair, Route
from strangers import Stranger, answered
from tracing_passing import agreed, asked_for
from tracing_world import MET, NO, NOTE, PLACE, ZAFAR, again, asked, handed_over, judged, listed, met

PATHS = {f"tracing:{each.name}": each for each in urls.urlpatterns}
ROUTES = {name: set(each.pattern.regex.groupindex) for name, each in PATHS.items()}
#: addresses by whose they are
OF_POOLS = {name for name in ROUTES if "code" in ROUTES[name] and str(PATHS[name].pattern).startswith("pools/")}
GUARDING = {"tracing:protection", "tracing:protection-note", "tracing:protection-end"}
#: what the seeker's side may do to her own request, and what either side may
HERS = {
    f"tracing:{name}"
    for name in ("correct", "photo", "consent", "renew", "end", "write-letter", "told", "given", "request-form")
}
BOTH = {"tracing:request", "tracing:photo-file"}
SEARCHING = {name for name in ROUTES if "code" in ROUTES[name]} - OF_POOLS - GUARDING - HERS - BOTH
RECORD_FILES = {name for name in ROUTES if "file" in ROUTES[name]}
RELEASING = {"tracing:release-record-file", "tracing:decline-record-file"}
OF_ALL = sorted(name for name in ROUTES if not ROUTES[name])
FOUND = {200, 302, 303, 400, 422}
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture
def there(search) -> dict[str, Any]:
    """A request with a photo, a record of a list that two judged the same, another request, and a file that waits."""
    from io import BytesIO

    row = asked(search, photo=BytesIO(PICTURE))
    other = asked(search, sought=replace(ZAFAR, name="Zafar Qurbonov"), actor=search.office.zebo, case=None)
    pool = listed(search)
    record = met(search, pool, replace(MET, place=PLACE, note=NOTE))
    for who in (search.bahrom, search.shahlo):
        judged(who, again(row.pk), record)
    batch = handed_over(search, pool, [["Саид", "1990", PLACE, "yes"]])
    beside = met(search, listed(search, name="A register"), MET)
    return {
        "linkage": Linkage.objects.create(organisation=search.centre, pool=pool, made_by=search.bahrom),
        "pair": Pair.objects.create(
            organisation=search.centre, pool=pool, record=record, beside=beside, band="strong", chance=90
        ),
        "request": row,
        "pool": pool,
        "record": record,
        "other": other,
        "batch": batch,
        **passed_on(search, row),
        **found_out(search, row, record),
    }


def passed_on(search, row) -> dict[str, Any]:
    """Words that may leave, and a wish of Bahrom's to pass the request on."""
    agreed(search, row)
    words = describing.describe(actor=search.shahlo, request=row, words="A scar above the left brow.")
    return {"file": asked_for(search), "description": words}


def found_out(search, row, record) -> dict[str, Any]:
    """He agreed to two things, was written to, and a lawyer was told where he is: what addresses name of that."""
    lawyer = advocate(search)
    with_keys(search.office, lawyer, search.bahrom)
    talked(search, row, record)
    wished(search, row, "alive", "message")
    letter = read(her_letter(search, row), search.shahlo)
    release = released(search, row, lawyer=lawyer)
    places.settle_release(actor=search.shahlo, release=release, after="agreed")
    with unlocked(search.bahrom):
        place = places.write_place(actor=search.bahrom, release=release, address=ADDRESS)
    telling._tell(row.pk, TODAY)
    (item,) = told_to(search.farzona, row)
    return {"letter": letter, "release": release, "place": place, "of": SimpleNamespace(pk=item["of"])}


def address(name: str, there: dict[str, Any]) -> str:
    code = there["pool" if name in OF_POOLS else "request"].code
    known = {
        "code": code,
        "case": there["request"].case.code,
        "file": there["file"].code,
        **{
            each: there[each].pk
            for each in (
                "record",
                "other",
                "batch",
                "letter",
                "release",
                "place",
                "of",
                "linkage",
                "pair",
                "description",
            )
        },
    }
    return reverse(name, kwargs={each: known[each] for each in ROUTES[name]})


def nowhere(name: str) -> str:
    return reverse(
        name, kwargs={each: "22222222" if each in ("code", "case", "file") else uuid.uuid4() for each in ROUTES[name]}
    )


def shut(who: Any, names: Any, there: dict[str, Any], *, each: bool = False) -> list[str]:
    """Addresses that answer somebody otherwise than if there were nothing."""
    stranger = Stranger(at(who), each=each)
    return [
        f"{method} {name}"
        for name in sorted(names)
        for method in ("get", "post")
        if stranger.learns(method, address(name, there), nowhere(name))
    ]


def opens(who: Any, names: Any, there: dict[str, Any]) -> set[str]:
    client = at(who)
    return {
        name
        for name in names
        if {answered(client, method, address(name, there))[0] for method in ("get", "post")} & FOUND
    }


#: a letter or a place by itself, whichever request it is of; and what was told of one request
BY_ITSELF = {"tracing:letter", "tracing:place"}
OF_TOLD = {"tracing:told", "tracing:given"}
ONE = set(ROUTES) - set(OF_ALL) - {"tracing:take-over"}
STRANGERS = ("another worker", "another organisation", "administrator", "donor", "partner")


@pytest.mark.parametrize("who", STRANGERS)
def test_it_answers_a_stranger_as_if_nobody_were_missed(search, there, who):
    office = search.office
    strangers = {
        "another worker": office.nigora, "another organisation": office.nermin, "administrator": office.temur,
        "donor": employ("lola", search.centre, Role.PROGRAMME_MANAGER),
        "partner": employ("aziz", search.centre, Role.PARTNER_GUEST),
    }  # fmt: skip
    assert shut(strangers[who], ONE | {"tracing:take-over"}, there, each=who == "another worker") == []


@pytest.mark.parametrize("who", ["administrator", "donor", "partner"])
def test_it_has_no_room_for_who_neither_asks_nor_searches(search, who):
    people = {"administrator": search.office.temur}
    roles = {"donor": Role.PROGRAMME_MANAGER, "partner": Role.PARTNER_GUEST}
    client = at(people.get(who) or employ(who, search.centre, roles[who]))
    assert [name for name in OF_ALL if answered(client, "get", reverse(name))[0] not in (404, 405)] == []


def test_it_opens_to_each_side_what_is_of_that_side(search, there):
    assert shut(search.farzona, ONE - HERS - BOTH, there) == []
    assert opens(search.farzona, HERS | BOTH, there) == HERS | BOTH
    assert shut(search.bahrom, HERS | GUARDING, there) == []
    assert opens(search.bahrom, SEARCHING | OF_POOLS | BOTH, there) == SEARCHING | OF_POOLS | BOTH


def test_it_opens_a_file_of_records_to_who_asked_and_its_release_to_a_supervisor_alone(search, there):
    assert shut(search.shahlo, RECORD_FILES, there) == []
    assert shut(search.bahrom, RELEASING, there) == []
    assert shut(search.manizha, RECORD_FILES - RELEASING - {"tracing:record-file"}, there) == []
    assert opens(search.manizha, RELEASING | {"tracing:record-file"}, there) == RELEASING | {"tracing:record-file"}
    assert opens(search.bahrom, RECORD_FILES - RELEASING, there) == RECORD_FILES - RELEASING


def test_it_opens_what_is_guarded_to_who_protects_alone(search, there):
    there["request"] = asked(search, answers=NO | {"hidden": "yes"})
    assert shut(search.bahrom, ONE - OF_POOLS - RECORD_FILES - BY_ITSELF, there) == []
    assert shut(search.manizha, SEARCHING | HERS, there) == []
    assert opens(search.manizha, GUARDING, there) == GUARDING
    assert opens(search.farzona, HERS, there) == HERS - OF_TOLD


def test_it_shuts_a_search_with_its_case(search, there):
    ConflictBlock.objects.create(user=search.bahrom, record_kind="cases.case", record_id=str(search.case.pk))
    assert shut(search.bahrom, ONE - OF_POOLS - RECORD_FILES - {"tracing:beside-request"}, there) == []


def test_it_asks_visitors_to_sign_in(there):
    known = {name: address(name, there) for name in ROUTES}
    assert [name for name in ROUTES if answered(Client(), "get", known[name])[0] not in (302, 405)] == []


# -- safety rule 7 -------------------------------------------------------------------------------------------------


def test_it_keeps_safety_rule_7_her_side_reads_no_place_and_no_note_of_who_was_met(search, there):
    """Every page of the room, the case's and the desk's, before and after two people judged it the same."""
    client = at(search.farzona)
    pages = [address(name, there) for name in ROUTES]
    pages += ["/desk/", "/desk/notices/", "/desk/looked/", f"/desk/cases/{search.case.code}/", "/desk/cases/team/"]
    pages += [f"/desk/cases/{search.case.code}/{each}/" for each in ("story", "print")]
    read = "".join(answered(client, method, page)[1] for page in pages for method in ("get", "post"))
    assert "We look." in read
    assert [
        each for each in (PLACE, NOTE, "Zwqx", "Kurbonov", str(there["record"].pk), there["pool"].code) if each in read
    ] == []
    assert PLACE in answered(at(search.bahrom), "get", address("tracing:beside", there))[1]


def test_it_keeps_safety_rule_7_a_request_for_a_wife_who_fled_is_answered_as_every_other(
    search, django_capture_on_commit_callbacks
):
    """The same answer, the same page, the same queries, word for word but the code and the name."""
    plain, guarded = ZAFAR, replace(ZAFAR, facts={"sex": "f"})
    told = []
    for sought in (plain, guarded):
        client = at(search.farzona)
        answer = client.post(f"/desk/tracing/new/?case={search.case.code}", form_of(sought))
        with django_capture_on_commit_callbacks(execute=True):
            pass
        page = client.get(answer["Location"]).content.decode()
        told.append((answer.status_code, words_of(page), queries(client, answer["Location"])))
    assert told[0] == told[1]


def form_of(sought: Any) -> dict[str, str]:
    answers = {f"q_{code}": "no" for code in NO}
    return {"name": sought.name, "sex": sought.facts["sex"], "way": "voice", **answers}


def test_it_gives_both_the_same_page_once_they_are_weighed(search):
    rows = [asked(search, sought=each) for each in (ZAFAR, replace(ZAFAR, facts={**ZAFAR.facts, "sex": "f"}))]
    assert [row.route for row in rows] == [Route.SEARCH, Route.PROTECTION]
    client = at(search.farzona)
    pages = [words_of(client.get(reverse("tracing:request", args=[row.code])).content.decode()) for row in rows]
    assert pages[0] == pages[1]
    listed_ = client.get(reverse("tracing:list")).content.decode()
    assert listed_.count("We look.") == 2


def test_it_asks_a_constant_number_of_queries_for_its_lists(search):
    pool = listed(search)
    pages = {name: reverse(name) for name in ("tracing:list", "tracing:searches", "tracing:pools", "tracing:guarded")}
    pages["tracing:pool"] = reverse("tracing:pool", args=[pool.code])
    who = {"tracing:list": search.farzona, "tracing:guarded": search.manizha}

    def more() -> dict[str, int]:
        asked(search)
        asked(search, sought=replace(ZAFAR, facts={"sex": "f"}))
        met(search, pool)
        return {name: queries(at(who.get(name, search.bahrom)), page) for name, page in pages.items()}

    first = more()
    assert more() == first
