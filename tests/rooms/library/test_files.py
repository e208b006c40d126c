"""Files of records: hostile ones are refused, the others are found by their words once they are open."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from hamroh.accounts.policy import Refused
from hamroh.library import actions, reading
from hamroh.library.models import Attachment
from hamroh.search.selectors import results
from library_world import kept, published

WORD = "shkafarandom"


def pdf(*pages: str, **how: Any) -> io.BytesIO:
    """A PDF with these words on its pages; ``password`` locks it, ``script`` runs something."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter()
    for words in pages:
        page = writer.add_blank_page(300, 300)
        font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"), NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 200 Td ({words}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if how.get("script"):
        script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(how["script"])}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    if how.get("password"):
        writer.encrypt(how["password"])
    out = io.BytesIO()
    writer.write(out)
    out.seek(0)
    return out


def docx(*paragraphs: str) -> io.BytesIO:
    from docx import Document

    made, out = Document(), io.BytesIO()
    for words in paragraphs:
        made.add_paragraph(words)
    made.save(out)
    out.seek(0)
    return out


def epub(*paragraphs: str, **parts: str) -> io.BytesIO:
    """A book with one page."""
    rows = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
        "b.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
        "a.xhtml": "".join(f"<p>{each}</p>" for each in paragraphs),
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in rows.items():
            archive.writestr(name, text)
    out.seek(0)
    return out


def _found(word: str = WORD) -> list[str]:
    return [hit.record_id for hit in results(query=word, language="en").hits]


def _added(cast: Any, record: Any, content: Any = None, **given: Any) -> Attachment:
    content = content or pdf("first", WORD)
    return actions.add_file(actor=cast.zarina, record=record, content=content, name="a.pdf", language="en", **given)


def test_it_takes_the_words_of_a_pdf_page_by_page(cast: Any) -> None:
    file = actions.take_words(file=_added(cast, kept(cast.zarina)))
    assert file.pages == 2
    assert WORD in file.texts.get(page=2).text


def test_it_takes_the_words_of_a_word_document(cast: Any) -> None:
    file = actions.take_words(file=_added(cast, kept(cast.zarina), docx("Номаи нафақа", WORD)))
    assert WORD in file.texts.get().text


def test_it_takes_the_words_of_a_book_that_flows(cast: Any) -> None:
    file = actions.take_words(file=_added(cast, kept(cast.zarina), epub("Роҳнамо", WORD)))
    assert (file.media_type, WORD in file.texts.get().text) == ("application/epub+zip", True)


def test_it_refuses_a_book_that_is_locked(cast: Any) -> None:
    lock = '<encryption><EncryptionMethod xmlns="http://www.w3.org/2001/04/xmlenc#" Algorithm="aes"/></encryption>'
    with pytest.raises(actions.FileRefused, match="locked"):
        _added(cast, kept(cast.zarina), epub(WORD, **{"META-INF/encryption.xml": lock}))


def test_it_finds_words_of_a_file_only_while_record_and_file_are_open(cast: Any) -> None:
    record = published(cast.zarina)
    file = actions.take_words(file=_added(cast, record))
    closed = _found()
    actions.open_file(actor=cast.zarina, file=file, is_open=True)
    open_ = _found()
    actions.withdraw_record(actor=cast.zarina, record=record)
    assert (closed, open_, _found()) == ([], [record.code], [])


@pytest.mark.parametrize(
    ("how", "says"),
    [({"password": "secret"}, "locked"), ({"script": "app.alert(1)"}, "runs a program")],
)
def test_it_refuses_a_pdf_that_is_locked_or_runs_something(cast: Any, how: Any, says: str) -> None:
    with pytest.raises(actions.FileRefused, match=says):
        _added(cast, kept(cast.zarina), pdf("x", **how))


def test_it_refuses_what_only_looks_like_a_pdf(cast: Any) -> None:
    with pytest.raises(actions.FileRefused, match="cannot be read"):
        _added(cast, kept(cast.zarina), io.BytesIO(b"%PDF-1.7\nnothing follows\n%%EOF"))


def test_it_refuses_a_bomb_before_it_unfolds(cast: Any) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"")
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    with pytest.raises(actions.FileRefused, match="unfolds"):
        _added(cast, kept(cast.zarina), bomb)


def test_it_refuses_macros(cast: Any) -> None:
    content = docx("x")
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    with pytest.raises(actions.FileRefused, match="macros"):
        _added(cast, kept(cast.zarina), content)


def test_it_leaves_nothing_of_a_refused_file_on_the_disk(cast: Any) -> None:
    before = _stored()
    with pytest.raises(actions.FileRefused):
        _added(cast, kept(cast.zarina), pdf("x", password="secret"))
    assert _stored() == before


def test_it_keeps_a_file_that_is_sent_twice_once(cast: Any) -> None:
    record = kept(cast.zarina)
    content = pdf(WORD).getvalue()
    first, again = (_added(cast, record, io.BytesIO(content)) for _ in range(2))
    assert first == again


def test_it_removes_a_file_from_disk_and_index(cast: Any, django_capture_on_commit_callbacks: Any) -> None:
    record = published(cast.zarina)
    file = actions.open_file(actor=cast.zarina, file=actions.take_words(file=_added(cast, record)), is_open=True)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_file(actor=cast.zarina, file=file)
    assert not default_storage.exists(f"library/{file.name}")
    assert _found() == []


def test_it_is_opened_by_its_own_organisation_only(cast: Any) -> None:
    file = _added(cast, published(cast.zarina))
    with pytest.raises(Refused):
        actions.open_file(actor=cast.aygun, file=file, is_open=True)


def test_it_holds_the_reader_to_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "wide.pdf"
    out.write_bytes(pdf("x").getvalue())
    monkeypatch.setattr(reading, "LOOK", 0.001)
    assert reading.take_text(out, reading.PDF, only_look=True).trouble == "slow"


def test_it_tells_the_reader_nothing_of_our_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMROH_SECRET", "canary")
    assert "canary" not in str(reading._environment())


def _stored() -> list[str]:
    return sorted(default_storage.listdir("library")[1]) if default_storage.exists("library") else []
