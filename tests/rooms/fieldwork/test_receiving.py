"""What is filled is taken in once, whole and to the byte."""

import io

import pytest

from field_world import CANARY, cotton, equipped, filled, new_instance, opened, picture, received, small_form
from hamroh import vault
from hamroh.accounts import policy
from hamroh.fieldwork.actions import forming, receiving
from hamroh.fieldwork.models import Attachment, Submission
from hamroh.vault import files as vault_files
from hamroh.vault.models import SealedFile


@pytest.fixture
def device(field):
    opened(field, small_form())
    return equipped(field).device


def read(field, row, name):
    return vault.open(row, name, decision=policy.require(field.manizha, "submission.read", row), purpose="test")


def test_it_keeps_what_was_sent_to_the_byte(field, device):
    xml = filled()
    row = received(device, xml).submission
    assert read(field, Submission.objects.get(pk=row.pk), "xml") == xml


def test_it_reads_the_answers_by_their_paths(field):
    opened(field)
    row = received(equipped(field).device, cotton()).submission
    told = read(field, row, "answers")
    assert told["/data/school/enrolled"] == 28
    assert told["/data/school/absent_reason"] == ["cotton", "ill"]
    assert told["/data/school/absent_pct"] == "78.6"
    assert [each["/data/pupil/quote"] for each in told["/data/pupil"]] == [CANARY, CANARY]


def test_it_takes_the_same_once(device):
    xml = filled()
    assert [received(device, xml).outcome for _each in range(3)] == ["taken", "known", "known"]
    assert Submission.objects.count() == 1


def test_it_keeps_other_content_of_the_same_name_beside_it(device):
    name = new_instance()
    first = received(device, filled("<words>One</words>", instance=name))
    second = received(device, filled("<words>Two</words>", instance=name))
    assert second.outcome == "clash"
    assert first.submission.pk != second.submission.pk
    assert list(Submission.objects.values_list("clashes", flat=True)) == [True, True]


def test_it_knows_a_clash_when_it_comes_again(device):
    name = new_instance()
    received(device, filled("<words>One</words>", instance=name))
    second = filled("<words>Two</words>", instance=name)
    received(device, second)
    assert received(device, second).outcome == "known"
    assert Submission.objects.count() == 2


def test_it_waits_for_the_files_that_the_answers_name(device):
    xml = filled("<photo>1.jpg</photo>")
    row = received(device, xml).submission
    assert not Submission.objects.get(pk=row.pk).is_whole
    assert received(device, xml, {"1.jpg": picture()}).outcome == "added_files"
    assert Submission.objects.get(pk=row.pk).is_whole


def test_it_takes_the_place_out_of_a_picture(field, device):
    row = received(device, filled("<photo>1.jpg</photo>"), {"1.jpg": picture()}).submission
    file = SealedFile.objects.get(pk=row.attachments.get().file_id)
    decision = policy.require(field.manizha, "submission.read", row)
    content = b"".join(vault_files.read(file, decision=decision, purpose="test"))
    assert content[:2] == b"\xff\xd8"
    assert b"Exif" not in content


def test_it_stores_a_file_once(device):
    xml = filled("<photo>1.jpg</photo>")
    for _each in range(3):
        received(device, xml, {"1.jpg": picture()})
    assert SealedFile.objects.count() == 1


def test_it_keeps_another_file_of_the_same_name_beside_it(device):
    xml = filled("<photo>1.jpg</photo>")
    received(device, xml, {"1.jpg": picture("red")})
    outcomes = [received(device, xml, {"1.jpg": picture("blue")}).outcome for _each in range(2)]
    assert outcomes == ["added_files", "known"]
    assert Attachment.objects.exclude(file_id=None).count() == 2


def test_it_lets_go_of_files_that_nobody_asked_for(device):
    receipt = received(device, filled(), {"other.jpg": picture()})
    assert receipt.outcome == "taken"
    assert not Attachment.objects.exists()


def test_it_keeps_the_answers_where_a_file_is_refused(device):
    with pytest.raises(receiving.NotTaken) as fault:
        received(device, filled("<photo>1.jpg</photo>"), {"1.jpg": b"\x00\x01MZ not a picture"})
    assert fault.value.code == "file_refused"
    assert Submission.objects.get().is_whole is False


def test_it_takes_the_name_that_a_form_mends(device):
    before = new_instance()
    row = received(device, filled(meta=f"<orx:deprecatedID>{before}</orx:deprecatedID>")).submission
    assert row.deprecates == before


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"<data", "xml_broken"),
        (b"", "xml_broken"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><data id="small">&e;</data>', "xml_entities"),
        (b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><data>&b;</data>', "xml_entities"),
        (b"<a>" * 100 + b"</a>" * 100, "xml_deep"),
        (b"<d>" + b"<a/>" * 200_001 + b"</d>", "xml_crowded"),
        (b"<d>" + b"a" * 5_000_000 + b"</d>", "xml_large"),
        (b"<data><words>x</words></data>", "no_form"),
        (b'<data id="small" version="1"><words>x</words></data>', "no_instance"),
    ],
)
def test_it_refuses_what_is_no_filled_form(device, xml, code):
    with pytest.raises(receiving.NotTaken) as fault:
        received(device, xml)
    assert fault.value.code == code
    assert not Submission.objects.exists()


def test_it_refuses_a_form_that_is_not_here(device):
    for xml in (filled(form_id="other"), filled(version="9")):
        with pytest.raises(receiving.NotTaken) as fault:
            received(device, xml)
        assert fault.value.status == 404


def test_it_takes_from_a_form_that_is_closing_and_not_from_a_closed_one(field, device):
    version = opened(field, small_form(version="2"))
    late = filled(version="1")
    assert received(device, late).outcome == "taken"
    forming.move(actor=field.parviz, version=version, after="closed")
    with pytest.raises(receiving.NotTaken) as fault:
        received(device, filled(version="2"))
    assert fault.value.code == "form_closed"


def test_it_says_that_it_has_what_came_before_the_form_was_closed(field, device):
    xml = filled()
    version = received(device, xml).submission.version
    forming.move(actor=field.parviz, version=version, after="closed")
    assert received(device, xml).outcome == "known"


def test_it_does_not_take_from_somebody_of_another_organisation(field, device):
    theirs = equipped(field, field.nargis, actor=_supervisor_of_the_other(field), organisation=field.other).device
    with pytest.raises(receiving.NotTaken):
        received(theirs, filled())


def test_it_does_not_take_from_who_may_fill_no_more(field, device):
    field.madina.memberships.all().delete() if hasattr(field.madina, "memberships") else None
    from hamroh.accounts.models import Membership

    Membership.objects.filter(user=field.madina).delete()
    with pytest.raises(policy.Refused):
        received(device, filled())


def _supervisor_of_the_other(field):
    from desk_world import employ
    from hamroh.accounts.models import Role

    return employ("sabina", field.other, Role.SUPERVISOR)


def test_it_takes_a_form_that_says_no_version(device):
    assert received(device, filled(version="")).outcome == "taken"


def test_it_takes_in_with_few_queries(device, django_assert_max_num_queries):
    received(device, filled())
    with django_assert_max_num_queries(14):
        receiving.receive(device=device, xml=filled(), files={"x": io.BytesIO(b"")})
