"""The public API of figures: what is public by page, filter and day."""

import pytest

CANARY = "123456789"
LISTS = ("concepts", "indicators", "sources", "series", "observations", "estimates", "editions")


def asked(client, path, **query):
    answer = client.get(f"/api/v1/evidence/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("path", LISTS)
def test_it_tells_nothing_of_drafts_and_letters(client, public, path) -> None:
    answer = client.get(f"/api/v1/evidence/{path}", {"per_page": 500})
    assert answer.json()["items"]
    for each in (CANARY, "secret-", public.draft.code, "letter-TJK", "LETTER"):
        assert each not in answer.content.decode()


def test_it_does_not_know_a_draft_by_its_code(client, public) -> None:
    for path in (
        "observations/secret-idps",
        "observations/secret-typed-in",
        "observations/letter-TJK",
        f"editions/{public.draft.code}",
        "observations/zzz",
    ):
        assert client.get(f"/api/v1/evidence/{path}").status_code == 404


def test_it_tells_of_a_figure(client, public) -> None:
    told = asked(client, "observations/aze08-T2-1-2")
    assert (told["printed"], told["value"], told["dimensions"], told["status"]) == (
        "-9,5",
        "-9500",
        {"part": "urban"},
        "A",
    )
    assert (told["source"], told["release"], told["locator"]) == ("statistics-2007", "2007", "T2, 1995, urban")
    assert told["address"] == "/en/evidence/figure/aze08-T2-1-2/"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"concept": "idps"}, 4), ({"area": "TJK"}, 4), ({"indicator": "migrant_stock", "source": "un-desa"}, 2), ({"source": "oecd-2006"}, 4),
        ({"concept": "idps", "first": "2007-01-01"}, 1), ({"concept": "immigrants", "last": "1999-12-31"}, 24), ({"area": "ZZZ"}, 0),
    ],
)  # fmt: skip
def test_it_narrows_lists(client, public, query, found) -> None:
    assert asked(client, "observations", **query)["total"] == found


def test_it_tells_what_was_known_on_a_day(client, public) -> None:
    def values(**query):
        return [
            each["value"]
            for each in asked(client, "observations", concept="migrant_stock", area="TJK", **query)["items"]
        ]

    assert values() == ["280444"]
    assert values(as_of="2026-01-01") == ["279808"]
    assert values(as_of="2019-01-01T00:00:00Z") == []
    assert client.get("/api/v1/evidence/observations", {"as_of": "soon"}).status_code == 400


def test_it_tells_what_holds_for_all(client, public) -> None:
    told = asked(client, "observations", per_page=1, as_of="2026-11-22")
    assert told["as_of"] == "2026-11-22"
    assert told["licence"]
    assert told["notice"]


def test_it_turns_pages(client, public) -> None:
    first, second = (asked(client, "observations", per_page=200, page=page) for page in (1, 2))
    codes = [each["code"] for each in (*first["items"], *second["items"])]
    assert (first["total"], len(codes), len(set(codes))) == (408, 400, 400)
    assert asked(client, "observations", page=999)["items"] == []


def test_it_puts_estimates_side_by_side(client, public) -> None:
    sets = asked(client, "estimates", concept="idps")["items"]
    found = next(each for each in sets if each["period"] == "2006")
    assert (found["least"], found["most"]) == ("579000", "686586")
    assert {each["source"] for each in found["observations"]} == {"idmc-unhcr", "icmpd-2005", "unhcr-2006"}


def test_it_says_which_is_preferred_and_why(client, public) -> None:
    from hamroh.evidence.actions import prefer
    from hamroh.evidence.models import Observation

    among = list(Observation.objects.filter(code__in=("aze08-6.7n", "aze08-6.7g", "aze08-T9-5-1")).order_by("period"))
    best = next(each for each in among if each.code == "aze08-T9-5-1")
    prefer(actor=public.people.nigina, among=among, preferred=best, reasons={"en": "Counted one by one."})
    found = next(each for each in asked(client, "estimates", concept="idps")["items"] if each["period"] == "2006")
    assert (found["preferred"], found["reasons"]) == ("aze08-T9-5-1", {"en": "Counted one by one."})


def test_it_tells_of_an_edition_with_its_files(client, public) -> None:
    told = asked(client, f"editions/{public.printed.code}")
    assert (told["area"], told["label"], told["digest"]) == ("AZE", "2008", public.printed.frozen.digest)
    assert client.get(told["data"]["csv"]).status_code == 200
    assert client.get(told["address"]).status_code == 200


def test_it_follows_a_chain_of_sources(client, public) -> None:
    cites = {each["key"]: each["cites"] for each in asked(client, "sources", per_page=500)["items"]}
    assert cites["aliyev-moscow"] == "yeni-musavat"
    assert cites["yeni-musavat"] == "ekho-moskvy"


@pytest.mark.parametrize("path", LISTS)
def test_it_asks_as_often_for_a_long_page_as_for_a_short_one(client, public, django_assert_num_queries, path) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        asked(client, path, per_page=1)
    with django_assert_num_queries(len(few)):
        asked(client, path, per_page=500)
