"""Trees of descriptions go out as far as they are public and come in whole or not at all; programs read the catalogue; moments are written at the desk."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import archive_world as world
from hamroh.archive import actions
from hamroh.archive.models import Moment, Unit
from hamroh.kernel import ead

pytestmark = pytest.mark.django_db
TREE = "/desk/archive/tree/"


def tree_of(client: Client, code: str) -> Any:
    answer = client.get(f"/tg/archive/u/{code}/ead.xml")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    return ead.read(answer.content, "en")


def editor(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["lang"] = "en"
    return client


def sent(client: Client, content: bytes, **told: str) -> Any:
    file = SimpleUploadedFile("tree.xml", content, "application/xml")
    return client.post(TREE, {"file": file, "lang": "en", **told})


def file_of(*references: str) -> bytes:
    parts = tuple(ead.Described("item", each, {"tg": "Соли мактаб"}, "document") for each in references)
    told = ead.Described("fonds", "OTHER", {"en": "Another house"}, parts=parts)
    return ead.write(told, ead.Imprint("Another", "x", "https://archive.example/x", "2026-01-01T00:00:00+00:00"))


def test_it_writes_what_is_public_of_a_tree(client: Client, cast: Any) -> None:
    tree = world.tree(cast)
    made = world.history(cast, part_of=tree.series)
    world.history(cast, None, part_of=tree.series)
    found = tree_of(client, tree.fonds.code)
    assert [each.reference for each in found.each()] == [
        each.reference for each in (tree.fonds, tree.series, made.item)
    ]


def test_it_writes_no_name_of_a_narrator(client: Client, cast: Any) -> None:
    made = world.history(cast)
    content = client.get(f"/tg/archive/u/{made.item.code}/ead.xml").content.decode()
    assert [each in content for each in ("Нигора", "Nigora", "Муҳаббат")] == [False] * 3


def test_it_has_no_description_of_what_was_taken_back(client: Client, cast: Any) -> None:
    made = world.history(cast)
    actions.withdraw(actor=cast.zarina, voice=made.voice)
    assert client.get(f"/tg/archive/u/{made.item.code}/ead.xml").status_code == 404


def test_it_asks_no_more_for_a_wide_tree_than_for_a_narrow_one(client: Client, cast: Any) -> None:
    tree = world.tree(cast)
    counts = []
    for _each in range(2):
        world.history(cast, part_of=tree.series)
        with CaptureQueriesContext(connection) as asked:
            tree_of(client, tree.fonds.code)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_it_only_tries_a_tree(cast: Any) -> None:
    shown = sent(editor(cast.zarina), file_of("O/1", "O/2"), only_try="on").content.decode()
    assert ("O/2" in shown, Unit.objects.count()) == (True, 0)


def test_it_brings_a_tree_in_as_drafts_of_the_own_organisation(cast: Any) -> None:
    answer = sent(editor(cast.zarina), file_of("O/1", "O/2"))
    rows = Unit.objects.order_by("reference").values_list("reference", "state", "organisation__code")
    assert (answer.status_code, list(rows)) == (302, [(each, "draft", "centre") for each in ("O/1", "O/2", "OTHER")])


def test_it_brings_a_tree_in_once_for_a_form_that_is_sent_twice(cast: Any) -> None:
    client, key = editor(cast.zarina), "one form"
    answers = [sent(client, file_of("O/1"), form_key=key) for _time in range(2)]
    page = f"/desk/archive/{Unit.objects.get(reference='OTHER').code}/"
    assert ({each["Location"] for each in answers}, Unit.objects.count()) == ({page}, 2)


def test_it_takes_a_tree_again_by_the_same_form_after_a_fault(cast: Any) -> None:
    client, key = editor(cast.zarina), "one form"
    world.unit(cast, reference="O/2")
    assert sent(client, file_of("O/2"), form_key=key).status_code == 422
    assert sent(client, file_of("O/1"), form_key=key).status_code == 302


def test_it_brings_nothing_of_a_tree_with_a_fault(cast: Any) -> None:
    world.unit(cast, reference="O/2")
    answer = sent(editor(cast.zarina), file_of("O/1", "O/2"))
    assert (answer.status_code, Unit.objects.count()) == (422, 1)


def test_it_refuses_a_hostile_tree(cast: Any) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><ead>&b;</ead>'
    answer = sent(editor(cast.zarina), bomb)
    assert (answer.status_code, b"root:" in answer.content, Unit.objects.count()) == (422, False, 0)


def test_it_takes_no_tree_from_who_edits_nothing(cast: Any) -> None:
    assert sent(editor(cast.rustam), file_of("O/1")).status_code == 404


# -- programs ------------------------------------------------------------------------------------------------------


def test_it_tells_programs_what_is_in_the_catalogue(client: Client, cast: Any) -> None:
    made = world.history(cast, ("catalogue", "on_site"))
    world.history(cast, None)
    answer = client.get("/api/v1/archive/units")
    assert answer["Cache-Control"] == "no-store"
    assert [(each["code"], each["online"]) for each in answer.json()["items"]] == [(made.item.code, False)]


def test_it_tells_programs_what_a_narrator_allows(client: Client, cast: Any) -> None:
    made = world.history(cast, ("catalogue", "quote"))
    assert client.get(f"/api/v1/archive/units/{made.item.code}").json()["allowed"] == ["catalogue", "quote"]


def test_it_tells_programs_nothing_of_what_was_taken_back(client: Client, cast: Any) -> None:
    made = world.history(cast)
    actions.withdraw(actor=cast.zarina, voice=made.voice)
    listed = client.get("/api/v1/archive/units").json()["items"]
    assert (listed, client.get(f"/api/v1/archive/units/{made.item.code}").status_code) == ([], 404)


def test_it_asks_no_more_for_many_units_than_for_one(client: Client, cast: Any) -> None:
    counts = []
    for _each in range(2):
        world.history(cast)
        with CaptureQueriesContext(connection) as asked:
            client.get("/api/v1/archive/units")
        counts.append(len(asked))
    assert counts[0] == counts[1]


# -- moments -------------------------------------------------------------------------------------------------------

TOLD = {
    "date": "2006-02-06", "titles_en": "A committee is set up", "titles_az": "Komitə yaradılır", "source": "Portal of the centre",
    "sources_az": "Mərkəzin portalı", "people_en": "A Minister\nA Deputy", "people_az": "Nazir", "certainty": "B",
}  # fmt: skip


def test_it_writes_a_moment_with_its_source_in_the_readers_language(client: Client, cast: Any) -> None:
    editor(cast.zarina).post("/desk/archive/moments/new/", TOLD)
    shown = client.get("/az/archive/timeline/").content.decode()
    assert ("Mərkəzin portalı" in shown, "Portal of the centre" in shown) == (True, False)


def test_it_keeps_names_of_one_line_together(cast: Any) -> None:
    editor(cast.zarina).post("/desk/archive/moments/new/", TOLD)
    assert Moment.objects.get().people == [{"en": "A Minister", "az": "Nazir"}, {"en": "A Deputy"}]


def test_it_writes_no_moment_without_a_source(cast: Any) -> None:
    answer = editor(cast.zarina).post("/desk/archive/moments/new/", TOLD | {"source": ""})
    assert (answer.status_code, "A committee is set up" in answer.content.decode()) == (422, True)


def test_it_puts_a_moment_right_and_takes_it_out(cast: Any) -> None:
    client = editor(cast.zarina)
    client.post("/desk/archive/moments/new/", TOLD)
    page = f"/desk/archive/moments/{Moment.objects.get().pk}/"
    client.post(page, TOLD | {"date": "2007"})
    put_right = Moment.objects.get().date
    client.post(page, {"does": "remove"})
    assert (put_right, Moment.objects.count()) == ("2007", 0)


def test_it_shows_no_moment_of_another_organisation_at_the_desk(cast: Any) -> None:
    editor(cast.zarina).post("/desk/archive/moments/new/", TOLD)
    page = f"/desk/archive/moments/{Moment.objects.get().pk}/"
    assert editor(cast.aygun).get(page).status_code == 404
