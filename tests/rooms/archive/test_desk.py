"""The archive's desk: who may open it, and what a form writes."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse

import archive_world as world
from hamroh.archive import actions
from hamroh.archive.models import Consent, Cue, Narrator, Transcript, Unit
from hamroh.vault.models import JournalLine

pytestmark = pytest.mark.django_db
DESK = "/desk/archive/"


@pytest.fixture
def editor(client: Client, cast: Any) -> Client:
    client.force_login(cast.zarina)
    return client


def routes(made: Any) -> list[str]:
    """Every address of the desk about one item."""
    code = made.item.code
    part = made.item.segments.first().pk
    kwargs = {"pk": made.voice.pk}
    found = [
        reverse(f"archive-desk:{name}", kwargs={"code": code})
        for name in ("unit", "edit", "move", "state", "add-media", "add-voice", "bring", "ohms", "new-part")
    ]
    found += [
        reverse(f"archive-desk:{name}", kwargs={"code": code, **kwargs})
        for name in ("voice", "consent", "withdraw", "narrator")
    ]
    found += [
        reverse(f"archive-desk:{name}", kwargs={"code": code, "pk": made.media.pk}) for name in ("media", "original")
    ]
    found += [reverse(f"archive-desk:{name}", kwargs={"code": code, "lang": "tg"}) for name in ("words", "words-file")]
    return [*found, reverse("archive-desk:part", kwargs={"code": code, "pk": part})]


def test_it_opens_nothing_of_another_organisation(client: Client, cast: Any) -> None:
    made = world.history(cast)
    lesson = actions.add_set(actor=cast.zarina, organisation=cast.centre, titles={"en": "A"})
    addresses = [*routes(made), reverse("archive-desk:set", kwargs={"code": lesson.code})]
    for who in (cast.aygun, cast.rustam, cast.temur):
        client.force_login(who)
        assert {(address, client.get(address).status_code) for address in addresses} == {
            (address, 405 if "/state/" in address else 404) for address in addresses
        }
        assert {
            client.post(address, {"to": "closed", "what": "erase", "sure": "1", "does": "remove"}).status_code
            for address in addresses
        } <= {404, 405}
    assert Unit.objects.get(pk=made.item.pk).state == "released"


def test_it_counts_every_route(cast: Any) -> None:
    patterns = list(get_resolver("hamroh.archive.desk_urls").url_patterns)
    assert len(routes(world.history(cast))) + len(
        ["units", "new", "sets", "set", "tree", "moments", "new-moment", "moment"]
    ) == len(patterns)


def test_it_opens_every_page_for_its_editor(editor: Client, cast: Any) -> None:
    made = world.history(cast)
    own = [each for each in routes(made) if "/state/" not in each and "/name/" not in each]
    assert {(each, editor.get(each).status_code) for each in own} == {(each, 200) for each in own}


def test_it_begins_a_unit_and_keeps_what_was_typed(editor: Client, cast: Any) -> None:
    typed = {"level": "item", "kind": "", "reference": "A/1", "titles_en": "A story", "basis": "consent"}
    answer = editor.post(f"{DESK}new/", typed)
    assert answer.status_code == 422
    assert "A story" in answer.content.decode()
    assert editor.post(f"{DESK}new/", typed | {"kind": "oral_history"}).status_code == 302
    assert Unit.objects.get().titles == {"en": "A story"}


def test_it_tells_who_was_slower(editor: Client, cast: Any) -> None:
    made = world.history(cast)
    address = reverse("archive-desk:edit", kwargs={"code": made.item.code})
    typed = {
        "level": "item",
        "kind": "oral_history",
        "reference": made.item.reference,
        "titles_en": "Mine",
        "basis": "consent",
        "seen": "1",
    }
    answer = editor.post(address, typed)
    assert answer.status_code == 422
    assert "Mine" in answer.content.decode()
    assert "The year of the school" in answer.content.decode()
    seen = str(Unit.objects.get(pk=made.item.pk).version)
    assert editor.post(address, typed | {"seen": seen}).status_code == 302


def test_it_seals_her_name_and_never_shows_it_to_an_editor(editor: Client, cast: Any) -> None:
    made = world.history(cast)
    typed = {"name": "Зебуннисо Canaryova", "pseudonyms_tg": "Зебо"}
    answer = editor.post(reverse("archive-desk:add-voice", kwargs={"code": made.item.code}), typed, follow=True)
    assert "Зебо" in answer.content.decode()
    assert "Canaryova" not in answer.content.decode()
    assert Narrator.objects.count() == 2
    assert not JournalLine.objects.filter(facts__icontains="Canaryova").exists()


def test_it_opens_her_name_for_a_supervisor_and_writes_it_down(client: Client, cast: Any, settings: Any) -> None:
    from hamroh.accounts.models import Membership, Role

    settings.IS_DEMO = True  # one factor is enough there, on this machine
    made = world.history(cast)
    Membership.objects.create(user=cast.rustam, organisation=cast.centre, role=Role.SUPERVISOR)
    client.force_login(cast.rustam)
    answer = client.get(reverse("archive-desk:narrator", kwargs={"code": made.item.code, "pk": made.voice.pk}))
    assert "Муҳаббат Раҳимова" in answer.content.decode()
    assert JournalLine.objects.filter(verb="archive.see_narrator", record_kind="archive.narrator").exists()


def test_it_writes_down_what_she_allows(editor: Client, cast: Any) -> None:
    made = world.history(cast)
    address = reverse("archive-desk:consent", kwargs={"code": made.item.code, "pk": made.voice.pk})
    typed = {"scopes": ["catalogue", "online"], "given": "2026-11-01", "cuts": "0:02-0:04"}
    assert editor.post(address, typed | {"cuts": "2 to 4"}).status_code == 422
    paper = SimpleUploadedFile("signed.pdf", b"%PDF-1.4\n")
    assert editor.post(address, typed | {"paper": paper, "words": "She said so."}).status_code == 302
    last = Consent.objects.latest("pk")
    assert (last.scopes, last.cuts[0]["start"], last.cuts[0]["end"]) == (["catalogue", "online"], 2000, 4000)
    assert last.proof.paper_id


VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Нигора>Салом\n"


def test_it_takes_words_from_a_file_or_says_which_line_is_wrong(editor: Client, cast: Any) -> None:
    item = world.unit(cast)
    address = reverse("archive-desk:bring", kwargs={"code": item.code})
    answer = editor.post(address, {"lang": "tg", "text": VTT.replace("-->", "->")})
    assert answer.status_code == 422
    assert "Line 3." in answer.content.decode()
    assert editor.post(address, {"lang": "tg", "file": SimpleUploadedFile("a.vtt", VTT.encode())}).status_code == 302
    assert Cue.objects.get().speaker == "Нигора"


def test_it_gives_out_what_it_takes_in(editor: Client, cast: Any) -> None:
    made = world.history(cast)
    code = made.item.code
    words = editor.get(reverse("archive-desk:words-file", kwargs={"code": code, "lang": "tg"})).content
    ohms = editor.get(reverse("archive-desk:ohms", kwargs={"code": code})).content
    other = world.unit(cast)
    bring = reverse("archive-desk:bring", kwargs={"code": other.code})
    assert editor.post(bring, {"lang": "tg", "file": io.BytesIO(words)}).status_code == 302
    assert [cue.text for cue in Cue.objects.filter(transcript__unit=other)] == [each.text for each in world.SAID]
    assert editor.post(bring, {"lang": "tg", "file": io.BytesIO(ohms)}).status_code == 302
    assert other.segments.count() == made.item.segments.count()


def rows(said: list[Any], **more: str) -> dict[str, str]:
    typed = {"form-TOTAL_FORMS": str(len(said)), "form-INITIAL_FORMS": str(len(said))}
    for at, (start, end, text) in enumerate(said):
        typed |= {f"form-{at}-start": start, f"form-{at}-end": end, f"form-{at}-text": text, f"form-{at}-speaker": "N"}
    return typed | more


def test_it_corrects_words_in_a_table(editor: Client, cast: Any) -> None:
    made = world.history(cast)
    address = reverse("archive-desk:words", kwargs={"code": made.item.code, "lang": "tg"})
    version = Transcript.objects.get(unit=made.item, lang="tg").version
    assert (
        editor.post(address, rows([("0:00", "0:02.5", "Дигар"), ("0:03", "0:04", "")], seen=str(version))).status_code
        == 302
    )
    assert list(Cue.objects.filter(transcript__lang="tg").values_list("start", "end", "text")) == [(0, 2500, "Дигар")]


@pytest.mark.parametrize("wrong", [("0:05", "0:02", "a"), ("five", "0:09", "a"), ("", "", "a")])
def test_it_refuses_a_row_without_a_time(editor: Client, cast: Any, wrong: Any) -> None:
    made = world.history(cast)
    address = reverse("archive-desk:words", kwargs={"code": made.item.code, "lang": "tg"})
    answer = editor.post(address, rows([wrong], seen="1"))
    assert answer.status_code == 422
    assert Cue.objects.filter(transcript__lang="tg").count() == 3


def test_it_lets_nobody_write_over_words_unseen(editor: Client, cast: Any) -> None:
    made = world.history(cast)
    address = reverse("archive-desk:words", kwargs={"code": made.item.code, "lang": "tg"})
    answer = editor.post(address, rows([("0:00", "0:02", "Дигар")], seen="0"))
    assert answer.status_code == 422
    assert "Дигар" in answer.content.decode()
    assert Cue.objects.filter(text="Дигар").count() == 0


def test_it_releases_no_picture_without_words(editor: Client, cast: Any) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (1600, 900), "navy").save(out, "JPEG", exif=Image.Exif())
    item = world.unit(cast, kind="photograph", basis="free")
    row = actions.add_media(actor=cast.zarina, unit=item, content=io.BytesIO(out.getvalue()), name="a.jpg")
    with pytest.raises(actions.ArchiveRefused):
        actions.release_unit(actor=cast.zarina, unit=item)
    actions.describe_media(actor=cast.zarina, media=row, alts={"en": "A river"})
    actions.release_unit(actor=cast.zarina, unit=Unit.objects.get(pk=item.pk))
    row.refresh_from_db()
    assert [size[:2] for size in row.sizes] == [[400, 225], [1200, 675]]
    assert editor.get(reverse("iiif:picture", args=[row.pk, 400])).status_code == 200
    assert editor.get(reverse("iiif:picture", args=[row.pk, 401])).status_code == 404


def test_it_puts_no_whole_into_its_part(cast: Any) -> None:
    tree = world.tree(cast)
    with pytest.raises(actions.ArchiveRefused):
        actions.move_unit(actor=cast.zarina, unit=tree.fonds, part_of=tree.series)
