"""She takes it back and wants it erased: a word of hers stands in no byte of the database, of a file or of an answer, in no program's reach."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client

import archive_world as world
from hamroh.archive import actions
from hamroh.archive.models import Cue, Media, Narrator, Unit, Voice
from hamroh.kernel.cues import Said
from hamroh.kernel.text import tokens
from hamroh.search.actions import index_documents
from hamroh.search.documents import Document, Part, Passage
from hamroh.vault.models import SealedFile

#: words of no language, each told at another door; the last one only aloud
TITLE, ABOUT, WORD, PART, KEY, NAME, OWN = (
    "zvkatitle",
    "zvkabout",
    "zvkaword",
    "zvkapart",
    "zvkakey",
    "zvkaname",
    "zvkaown",
)
CANARIES = (TITLE, ABOUT, WORD, PART, KEY, NAME, OWN)
pytestmark = pytest.mark.django_db(transaction=True)


def story(cast: Any) -> Any:
    """An item that says each canary somewhere, public in every way."""
    made = world.history(cast, release=False)
    facts = {"titles": {"en": f"The {TITLE}"}, "abouts": {"en": f"About {ABOUT}"}, "reference": f"T/{TITLE}"}
    actions.edit_unit(actor=cast.zarina, unit=made.item, facts=facts, seen=Unit.objects.get(pk=made.item.pk).version)
    said = [Said(0, 3000, f"I said {WORD} to her.", NAME), Said(3000, 6000, "And nothing more.", NAME)]
    actions.write_transcript(actor=cast.zarina, unit=made.item, lang="en", said=said)
    parts = [{"start": 0, "titles": {"en": PART}, "synopses": {"en": PART}, "keywords": {"en": [KEY]}}]
    actions.write_segments(actor=cast.zarina, unit=made.item, segments=parts)
    Voice.objects.filter(pk=made.voice.pk).update(pseudonyms={"en": NAME}, own_names={"en": OWN})
    made.voice.refresh_from_db()
    world.agree(
        cast,
        made.voice,
        names_her=True,
        words="She said yes.",
        paper=io.BytesIO(b"%PDF-1.4\nsigned"),
        paper_name="consent.pdf",
    )
    actions.release_unit(actor=cast.zarina, unit=made.item)
    lesson = actions.add_set(actor=cast.zarina, organisation=cast.centre, titles={"en": "A lesson"})
    actions.add_line(actor=cast.zarina, teaching_set=lesson, unit=made.item, start=0, end=3000)
    actions.move_set(actor=cast.zarina, teaching_set=lesson, state="released")
    made.lesson = lesson
    return made


def doors(made: Any) -> list[str]:
    """Every address that told of her."""
    code = made.item.code
    own = [
        f"/en/archive/u/{code}/",
        f"/en/archive/u/{code}/words.en.vtt",
        f"/iiif/{code}/manifest",
        f"/iiif/{code}/words/en",
    ]
    lists = [
        "/en/archive/",
        "/iiif/collection",
        "/feeds/archive.en.atom",
        f"/en/archive/sets/{made.lesson.code}/",
        f"/en/search/?q={WORD}",
    ]
    harvest = ["/oai?verb=ListRecords&metadataPrefix=oai_dc", f"/api/v1/search?q={WORD}"]
    return [*own, *lists, *harvest]


def told(client: Client, made: Any) -> bytes:
    answers = [client.get(address) for address in doors(made)]
    found = b"".join(answer.getvalue() for answer in answers if answer.status_code == 200)
    for asked in (f"q={WORD}", f'value="{WORD}"', f'"query": "{WORD}"'):  # what was asked for is no find
        found = found.replace(asked.encode(), b"")
    return found


def stored() -> bytes:
    """The files of the database, whole."""
    path = Path(connection.settings_dict["NAME"])
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*") if each.is_file())


def holding(content: bytes) -> list[str]:
    """Canaries in a content, as written or as the index writes them."""
    found = content.lower()
    return [canary for canary in CANARIES if any(form.encode() in found for form in _forms(canary))]


def _forms(canary: str) -> set[str]:
    return {canary, *(stem for token in tokens(canary, "en") for stem in (token.exact, *token.stems))}


def kept_files() -> list[Path]:
    return [each for each in Path(settings.HOME.folder("files")).rglob("*") if each.is_file()]


@pytest.fixture
def others(db: None) -> None:
    """A full index: hers is not the only part of it."""
    rows = [
        Document(
            "party", f"p{n}", "/{lang}/x/", {"en": f"Party {n}"}, [Passage(Part.BODY, "en", f"zebra apple word{n}")]
        )
        for n in range(300)
    ]
    index_documents(rows)


@pytest.mark.skipif("postgresql" in settings.DATABASES["default"]["ENGINE"], reason="reads SQLite's file")
def test_it_forgets_every_word_within_one_request(client: Client, cast: Any, others: None) -> None:
    made = story(cast)
    assert set(holding(stored())) == set(CANARIES)
    assert {TITLE, ABOUT, WORD, PART, OWN} <= set(holding(told(client, made)))
    sound = default_storage.path(Media.objects.get(pk=made.media.pk).public_name)
    before = kept_files()
    client.force_login(cast.zarina)
    address = f"/desk/archive/{made.item.code}/voices/{made.voice.pk}/withdraw/"
    assert client.post(address, {"what": "erase"}).status_code == 200
    assert client.post(address, {"what": "erase", "sure": "1"}).status_code == 302
    client.logout()
    assert holding(stored()) == []
    assert holding(told(client, made)) == []
    assert not Path(sound).exists()
    assert len(kept_files()) < len(before)
    assert holding(b"".join(each.read_bytes() for each in kept_files())) == []


def test_it_leaves_nothing_that_tells_of_her(cast: Any) -> None:
    made = story(cast)
    actions.withdraw(actor=cast.zarina, voice=made.voice, erase=True)
    left = [
        Cue.objects.count(),
        Media.objects.count(),
        Narrator.objects.count(),
        SealedFile.objects.filter(kind__startswith="archive").count(),
    ]
    assert left == [0, 0, 0, 0]
    row = Unit.objects.get(pk=made.item.pk)
    assert (row.titles, row.reference, row.state) == ({}, row.code, "erased")


def test_it_keeps_that_she_agreed_and_took_it_back(cast: Any) -> None:
    made = story(cast)
    actions.withdraw(actor=cast.zarina, voice=made.voice, erase=True)
    row = Voice.objects.get(pk=made.voice.pk)
    assert (row.consents.count(), row.withdrawals.get().erases) == (2, True)


def test_it_keeps_it_closed_where_she_wants_no_more_than_that(client: Client, cast: Any) -> None:
    made = story(cast)
    actions.withdraw(actor=cast.zarina, voice=made.voice)
    assert holding(told(client, made)) == []
    assert Cue.objects.exists()
    assert Media.objects.get(pk=made.media.pk).public_name == ""


def test_it_asks_once_more_before_anything_goes(client: Client, cast: Any) -> None:
    made = story(cast)
    client.force_login(cast.zarina)
    answer = client.post(f"/desk/archive/{made.item.code}/voices/{made.voice.pk}/withdraw/", {"what": "erase"})
    assert "35 days" in answer.content.decode()
    assert Unit.objects.get(pk=made.item.pk).state == "released"
