"""Evidence stays byte for byte as it came; what is handed out are copies."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cases_evidence import WORDS, a_message, a_picture
from cases_world import gulnoras
from desk_world import at, page
from hamroh.cases import selectors
from hamroh.cases.actions import evidence as actions
from hamroh.cases.models import Evidence
from hamroh.cases.redacting import Box
from hamroh.site.home import Home
from hamroh.vault import files, journal, opening
from hamroh.vault.intake import FileRefused
from hamroh.vault.models import JournalLine


@pytest.fixture(autouse=True)
def written_down(db):
    with journal.openings("task"):
        yield


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Sealed files lie in a folder of the test."""
    settings.HOME = Home(tmp_path)
    settings.HOME.settle("demo")
    return tmp_path


def decided(office, case):
    return selectors.case_of(actor=office.farzona, code=case.code)[1]


def content_of(office, row) -> bytes:
    return b"".join(files.read(actions.file_of(row), decision=decided(office, row.case), purpose="test"))


def facts_of(office, row) -> dict:
    return opening.open(row, "facts", decision=decided(office, row.case), purpose="test")


def address(case, row, part: str = "") -> str:
    return f"/desk/cases/{case.code}/evidence/{row.pk}/{part}"


def test_it_keeps_safety_rule_12_the_original_byte_for_byte(office, case):
    came = a_picture().getvalue()
    row = a_message(office, case, io.BytesIO(came))
    assert content_of(office, row) == came


def test_it_keeps_safety_rule_12_hash_time_and_who(office, case):
    row = a_message(office, case)
    known = facts_of(office, row)["digest"], row.taken_by, row.taken_at.date().isoformat()
    assert known == (hashlib.sha256(a_picture().getvalue()).hexdigest(), office.farzona, "2026-11-23")


def test_it_keeps_safety_rule_12_copies_redacted(office, case):
    row = a_message(office, case)
    copy = actions.redact(
        actor=office.farzona, case=case, of=row, decision=decided(office, case), boxes=[Box(0, 0, 500, 1000)], words="for the court"
    )  # fmt: skip
    drawn = Image.open(io.BytesIO(content_of(office, copy)))
    assert (drawn.getpixel((10, 50)), drawn.getpixel((190, 50)), dict(drawn.getexif())) == (
        (0, 0, 0),
        (255, 255, 255),
        {},
    )


def test_it_leaves_the_original_as_it_was_when_a_copy_is_made(office, case):
    row = a_message(office, case)
    before = content_of(office, row)
    actions.redact(
        actor=office.farzona, case=case, of=row, decision=decided(office, case), boxes=[Box(0, 0, 9, 9)], words="x"
    )  # fmt: skip
    assert content_of(office, row) == before


def test_it_blacks_out_what_is_half_covered(office, case):
    row = a_message(office, case, a_picture(10, 10))
    copy = actions.redact(
        actor=office.farzona, case=case, of=row, decision=decided(office, case), boxes=[Box(949, 949, 1000, 1000)], words="x"
    )  # fmt: skip
    assert Image.open(io.BytesIO(content_of(office, copy))).getpixel((9, 9)) == (0, 0, 0)


def test_it_tells_whether_the_file_is_still_as_it_came(office, case, home):
    row = a_message(office, case)
    assert actions.is_as_it_came(row, decision=decided(office, case))


def test_it_says_that_a_file_is_not_as_it_came(office, case):
    row = a_message(office, case)
    row.facts = facts_of(office, row) | {"digest": "0" * 64}
    row.save()
    assert "It is not as it came." in at(office.farzona).post(address(case, row, "check/")).content.decode()


def test_it_writes_nothing_of_it_in_the_clear(office, case, home):
    a_message(office, case)
    stored = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"Gulnora" not in stored
    assert b"JFIF" not in stored


def test_it_hands_the_file_over_under_a_name_that_says_nothing(office, case):
    row = a_message(office, case)
    answer = at(office.farzona).get(address(case, row, "file/"))
    assert b"".join(answer.streaming_content) == a_picture().getvalue()
    assert "IMG" not in answer.headers["Content-Disposition"]


def test_it_writes_who_had_the_file(office, case):
    row = a_message(office, case)
    at(office.farzona).get(address(case, row, "file/"))
    assert JournalLine.objects.filter(purpose="file of evidence", actor_id=office.farzona.pk).exists()


def test_it_takes_a_file_in_on_its_page(office, case):
    told = {
        "file": SimpleUploadedFile("slip.jpg", a_picture().read()), "kind": "receipt", "words": "Transfer of 300",
        "dated": "2026-03", "given_by": "she herself",
    }  # fmt: skip
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/evidence/new/", told, follow=True)
    assert "Transfer of 300" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"dated": "last spring"}, "Write a year"),
        ({"words": ""}, "Say in a sentence what it shows."),
        ({"file": SimpleUploadedFile("a.exe", b"MZ\x90\x00" * 50)}, "Files of this kind are not taken in"),
        ({"file": SimpleUploadedFile("a.jpg", b"")}, "The file is empty."),
    ],
    ids=["date", "no words", "program", "empty"],
)  # fmt: skip
def test_it_says_what_is_wrong_and_keeps_what_was_typed(office, case, wrong, said):
    told = {
        "file": SimpleUploadedFile("a.jpg", a_picture().read()),
        "kind": "receipt",
        "words": WORDS,
        "given_by": "her sister",
    }
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/evidence/new/", told | wrong)
    shown = answer.content.decode()
    assert (answer.status_code, said in shown, "her sister" in shown) == (422, True, True)


@pytest.mark.parametrize("boxes", ["here", "1 2 3", "0 0 0 9", "0 0 2000 5"])
def test_it_says_how_parts_are_written(office, case, boxes):
    row = a_message(office, case)
    answer = at(office.farzona).post(address(case, row, "redact/"), {"boxes": boxes, "words": "for the court"})
    assert (answer.status_code, "Write four numbers" in answer.content.decode()) == (422, True)


def test_it_blacks_out_only_pictures(office, case):
    row = a_message(office, case, io.BytesIO(b"talaq, talaq, talaq"))
    with pytest.raises(FileRefused):
        actions.redact(
            actor=office.farzona, case=case, of=row, decision=decided(office, case), boxes=[Box(0, 0, 9, 9)], words="x"
        )  # fmt: skip


def test_it_takes_a_form_that_is_sent_twice_once(office, case):
    client = at(office.farzona)
    for _time in range(2):
        told = {
            "file": SimpleUploadedFile("a.jpg", a_picture().read()),
            "kind": "photo",
            "words": "x",
            "form_key": "k1",
        }
        client.post(f"/desk/cases/{case.code}/evidence/new/", told)
    assert Evidence.objects.count() == 1


def test_it_shows_evidence_of_its_own_case_alone(office, case):
    row = a_message(office, gulnoras(office))
    assert at(office.farzona).get(address(case, row)).status_code == 404


def test_it_shows_evidence_on_the_case(office, case):
    a_message(office, case)
    assert WORDS in page(office.farzona, f"/desk/cases/{case.code}/")
