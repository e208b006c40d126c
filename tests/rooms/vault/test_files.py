"""Sealed files: what goes in is checked and stripped, what lies on disk says nothing, what comes out is proved."""

import io
import os
import zipfile

import pytest
from django.conf import settings
from PIL import Image

from hamroh.site.home import Home
from hamroh.vault import files, intake, journal
from hamroh.vault.attachments import attachment
from hamroh.vault.errors import OpeningRefused, Tampered
from hamroh.vault.intake import FileRefused
from hamroh.vault.models import SealedFile
from sealedroom.cast import Said, make_matter


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    place = Home(tmp_path)
    place.settle("demo")
    monkeypatch.setattr(settings, "HOME", place)
    return tmp_path


@pytest.fixture
def keep(cast, matter):
    def keep_it(content: bytes, name: str = "letter.txt") -> SealedFile:
        record = ("sealedroom.matter", str(matter.pk))
        return files.store(
            io.BytesIO(content), name=name, organisation_id=cast.centre.pk, record=record, actor=cast.zarina
        )

    return keep_it


@pytest.fixture
def read(cast):
    def read_it(file: SealedFile) -> bytes:
        decision = Said(cast.zarina.pk, (file.kind, str(file.record_id)))
        with journal.openings("task"):
            return b"".join(files.read(file, decision=decision, purpose="test"))

    return read_it


def text(size: int) -> bytes:
    return (b"0123456789abcde\n" * (size // 16 + 1))[:size]


def picture(form: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, form, **options)
    return out.getvalue()


def archive(entries: dict[str, bytes], **options) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as written:
        for name, content in entries.items():
            written.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("size", [1, 16, files.CHUNK - 1, files.CHUNK, files.CHUNK + 1, 3 * files.CHUNK])
def test_it_gives_back_what_was_kept(keep, read, size) -> None:
    assert read(keep(text(size))) == text(size)


def test_it_keeps_name_and_type_sealed(keep, cast, home) -> None:
    file = keep("Гулнора".encode() * 50, name="../Гулнора Ҳакимова.txt")
    assert "Гулнора".encode() not in b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert "Гулнора".encode() not in bytes(file.about)
    with journal.openings("task"):
        said = files.about(file, decision=Said(cast.zarina.pk, (file.kind, str(file.record_id))), purpose="test")
    assert (said.name, said.mime, said.size) == ("Гулнора Ҳакимова.txt", "text/plain", 700)


@pytest.mark.parametrize("change", ["flip", "cut", "cut chunk", "swap", "repeat", "append"])
def test_it_refuses_a_changed_file(keep, read, change) -> None:
    file = keep(text(3 * files.CHUNK))
    path, size = files.path_of(file), files.CHUNK + 16
    content = path.read_bytes()
    head, chunks = content[:4], [content[at : at + size] for at in range(4, len(content), size)]
    changed = {
        "flip": head + bytes([chunks[0][0] ^ 1]) + b"".join(chunks)[1:],
        "cut": content[:-1],
        "cut chunk": head + b"".join(chunks[:-1]),
        "swap": head + chunks[1] + chunks[0] + chunks[2],
        "repeat": head + chunks[0] + chunks[0] + chunks[2],
        "append": content + chunks[0],
    }
    path.write_bytes(changed[change])
    with pytest.raises(Tampered):
        read(file)


def test_it_refuses_the_content_of_another_file(keep, read) -> None:
    one, other = keep(text(100)), keep(text(100))
    files.path_of(one).write_bytes(files.path_of(other).read_bytes())
    with pytest.raises(Tampered):
        read(one)


def test_it_refuses_a_file_moved_to_another_record(keep, read, cast) -> None:
    file = keep(text(100))
    file.record_id = make_matter(cast).pk
    file.save()
    with pytest.raises(Tampered):
        read(file)


def test_it_opens_with_a_decision_alone(keep, cast) -> None:
    file = keep(text(100))
    with journal.openings("task"), pytest.raises(OpeningRefused):
        files.read(file, decision=Said(cast.zarina.pk, ("sealedroom.matter", "other")), purpose="test")


def test_it_writes_reading_and_keeping_down(keep, read, matter) -> None:
    file = keep(text(100))
    read(file)
    assert journal.history(file).filter(verb="vault.store_file").exists()
    assert journal.history(matter).filter(facts__fields=["file content"]).exists()


def test_it_removes_a_file_with_its_key(keep, cast) -> None:
    file = keep(text(100))
    path = files.path_of(file)
    files.remove(file, actor=cast.zarina)
    assert not path.exists()
    assert not SealedFile.objects.exists()


def test_it_sweeps_what_no_row_knows(keep) -> None:
    known, lost = files.path_of(keep(text(10))), files.path_of(SealedFile())
    lost.write_bytes(b"x")
    os.utime(lost, (0, 0))
    os.utime(known, (0, 0))
    assert files.sweep() == 1
    assert known.exists()


# -- what is taken in ----------------------------------------------------------------------------------------------


def test_it_takes_the_place_out_of_a_picture(keep, read) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Gulnora"
    exif.get_ifd(0x8825)[2] = (38.5, 0, 0)
    content = picture(exif=exif, comment=b"Gulnora")
    assert b"Gulnora" in content
    kept = read(keep(content, "photo.jpg"))
    assert b"Gulnora" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_it_takes_out_what_hides_behind_a_picture(keep, read) -> None:
    kept = read(keep(picture("PNG") + b"<script>alert(1)</script>", "photo.png"))
    assert b"script" not in kept


def test_it_turns_a_picture_upright(keep, read) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert Image.open(io.BytesIO(read(keep(picture(exif=exif), "photo.jpg")))).size == (20, 40)


DOCUMENT = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"%PDF-1.7\n1 0 obj\n", "application/pdf"),
        (archive(DOCUMENT), intake.OFFICE["word/"]),
        (archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), "application/vnd.oasis.opendocument.text"),
        ("нома ба вакил".encode(), "text/plain"),
        (picture(), "image/jpeg"),
        (picture("WEBP"), "image/webp"),
        (picture("GIF"), "image/png"),
    ],
    ids=["pdf", "word", "odt", "text", "jpeg", "webp", "gif"],
)
def test_it_knows_a_type_by_content(content, mime) -> None:
    assert intake.take(io.BytesIO(content), "liar.exe").mime == mime


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"  <?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"MZ\x90\x00" + bytes(200),
        b"\x7fELF" + bytes(200),
        b"#!/bin/sh\n\x00",
        archive({"a.txt": b"x"}),
        archive({**DOCUMENT, "word/vbaProject.bin": b"x"}),
        archive({**DOCUMENT, "word/big.xml": bytes(30 * 2**20)}),
        archive({**DOCUMENT, **{f"word/{n}": b"" for n in range(intake.ENTRIES)}}),
        archive(DOCUMENT)[:60],
        picture()[:100],
        picture("PNG")[:40],
    ],
    ids=[
        "nothing", "page", "drawing", "entities", "program", "other program", "script", "strange archive", "macros",
        "unfolding", "many entries", "cut document", "cut picture", "cut drawing",
    ],
)  # fmt: skip
def test_it_refuses_what_may_harm(content) -> None:
    with pytest.raises(FileRefused):
        intake.take(io.BytesIO(content), "harmless.txt")


def test_it_refuses_a_picture_that_unfolds(monkeypatch) -> None:
    monkeypatch.setattr(intake, "MOST_PIXELS", 700)
    with pytest.raises(FileRefused):
        intake.take(io.BytesIO(picture("PNG")), "bomb.png")


def test_it_refuses_a_file_that_is_too_large(monkeypatch) -> None:
    monkeypatch.setattr(intake, "LARGEST", 10)
    with pytest.raises(FileRefused, match="larger"):
        intake.take(io.BytesIO(text(11)), "letter.txt")


def test_it_hands_a_file_over_as_an_attachment_that_nothing_runs(keep, cast) -> None:
    file = keep(picture(), "Гулнора.jpg")
    decision = Said(cast.zarina.pk, (file.kind, str(file.record_id)))
    with journal.openings("request"):
        answer = attachment(file, decision=decision, purpose="test")
        content = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == f'attachment; filename="file-{file.pk.hex[:8]}.jpg"'
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert (answer["Content-Type"], int(answer["Content-Length"])) == ("image/jpeg", len(content))
