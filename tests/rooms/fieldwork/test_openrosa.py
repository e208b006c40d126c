"""What apps that speak OpenRosa are answered, over HTTP."""

import gzip
import hashlib
import re
import time

import pytest
from django.test import Client

from field_world import Tablet, cotton, equipped, filled, made_of, multipart, new_instance, opened, picture, small_form
from hamroh.fieldwork import digestaccess
from hamroh.fieldwork.actions import equipping, forming
from hamroh.fieldwork.models import Submission
from hamroh.vault.models import JournalLine

LIST, SEND = "/openrosa/formList", "/openrosa/submission"


@pytest.fixture
def tablet(field):
    opened(field, small_form())
    return Tablet(equipped(field))


# -- who asks


def test_it_asks_a_stranger_for_name_and_password(field):
    answer = Client().get(LIST)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith('Digest realm="Hamroh", qop="auth", algorithm=MD5')
    assert "algorithm=SHA-256" in answer["WWW-Authenticate"]


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
def test_it_knows_a_device_by_digest(field, algorithm):
    assert Tablet(equipped(field), algorithm=algorithm).get(LIST).status_code == 200


def test_it_knows_a_device_by_the_token_in_its_address(field):
    opened(field, small_form())
    held = equipped(field)
    answer = Client().get(f"/openrosa/t/{held.token}/formList")
    assert answer.status_code == 200
    assert f"/openrosa/t/{held.token}/forms/" in answer.content.decode()


def test_it_refuses_a_wrong_password(tablet):
    tablet.password = "wrong"
    assert tablet.get(LIST).status_code == 401


@pytest.mark.parametrize("address", [LIST, SEND, "/openrosa/t/{token}/formList", "/openrosa/t/{token}/submission"])
def test_it_knows_a_device_that_was_taken_back_no_more(field, address):
    held = equipped(field)
    equipping.revoke_device(actor=field.manizha, device=held.device)
    answer = Tablet(held).get(address.format(token=held.token))
    assert answer.status_code == (404 if "token" in address else 401)


def test_it_does_not_know_the_device_of_somebody_who_left(field):
    held = equipped(field)
    field.madina.is_active = False
    field.madina.save()
    assert Tablet(held).get(LIST).status_code == 401


def test_it_takes_a_count_of_a_nonce_once(tablet):
    tablet.get(LIST)
    again = {"Authorization": tablet.credentials("GET", LIST)}
    answer = tablet.client.get(LIST, headers=again)
    assert answer.status_code == 401
    assert "stale=true" in answer["WWW-Authenticate"]


def test_it_lets_a_nonce_grow_old(tablet, time_machine):
    tablet.get(LIST)
    time_machine.shift(digestaccess.LASTS + 60)
    answer = tablet._once("GET", LIST)
    assert "stale=true" in answer["WWW-Authenticate"]
    assert tablet.get(LIST).status_code == 200


def test_it_knows_its_own_nonces_from_made_up_ones(tablet):
    tablet.nonce = "bWFkZS51cC5ub25jZQ=="
    answer = tablet._once("GET", LIST)
    assert answer.status_code == 401
    assert "stale" not in answer["WWW-Authenticate"]


def test_it_takes_credentials_for_no_other_address(tablet):
    tablet.get(LIST)
    told = tablet.credentials("GET", "/openrosa/other", count=77)
    assert tablet.client.get(LIST, headers={"Authorization": told}).status_code == 401


def test_it_stops_looking_after_many_guesses(field):
    address = "/openrosa/t/" + "x" * 43 + "/formList"
    codes = [Client().get(address).status_code for _each in range(25)]
    assert codes[0] == 404
    assert codes[-1] == 429
    assert Client().get(LIST).status_code == 429


def test_it_writes_the_opening_of_a_password_down_once_in_a_while(tablet):
    for _each in range(3):
        tablet.get(LIST)
    assert JournalLine.objects.filter(verb="device.enter").count() == 1


# -- forms


def test_it_lists_open_forms_with_hash_and_address(tablet):
    answer = tablet.get(LIST)
    told = answer.content.decode()
    md5 = hashlib.md5(small_form()).hexdigest()
    assert answer["X-OpenRosa-Version"] == "1.0"
    assert "<formID>small</formID><name>Small</name><version>1</version>" in told
    assert f"<hash>md5:{md5}</hash>" in told


def test_it_gives_a_form_word_for_word(tablet):
    address = re.search("<downloadUrl>https?://testserver(.+?)</downloadUrl>", tablet.get(LIST).content.decode())[1]
    assert tablet.get(address).content == small_form()


def test_it_lists_no_draft_and_no_form_of_somebody_else(field, tablet):
    forming.bring(actor=field.parviz, organisation=field.centre, brought=forming.Brought(small_form("draft"), []))
    theirs = opened(field, small_form("zebos"))
    forming.assign(actor=field.parviz, form=theirs.form, person=field.office.zebo)
    assert re.findall("<formID>(.+?)</formID>", tablet.get(LIST).content.decode()) == ["small"]


def test_it_lists_one_form_where_one_is_asked_for(field, tablet):
    opened(field, small_form("second"))
    assert b"second" not in tablet.get(f"{LIST}?formID=small").content


def test_it_lists_older_versions_where_they_are_asked_for(field, tablet):
    opened(field, small_form(version="2"))
    assert re.findall("<version>(.+?)</version>", tablet.get(LIST).content.decode()) == ["2"]
    told = tablet.get(f"{LIST}?listAllVersions=true").content.decode()
    assert sorted(re.findall("<version>(.+?)</version>", told)) == ["1", "2"]


def test_it_gives_no_form_of_another_organisation(field, tablet):
    from desk_world import employ
    from hamroh.accounts.models import Role

    sabina = employ("sabina", field.other, Role.SUPERVISOR)
    theirs = opened(field, small_form("theirs"), actor=sabina, organisation=field.other)
    assert tablet.get(f"/openrosa/forms/{theirs.pk}.xml").status_code == 404
    assert tablet.get(f"/openrosa/forms/{theirs.pk}/manifest").status_code == 404


def test_it_gives_the_files_beside_a_form_with_their_hashes(field):
    wants = small_form(more="<place/>", binds='<instance id="places" src="jr://file-csv/places.csv"/>')
    version = opened(field, wants)
    content = b"name,label\nf,Farkhor\n"
    forming.add_media(actor=field.parviz, version=version, name="places.csv", content=content)
    tablet = Tablet(equipped(field))
    assert f"/openrosa/forms/{version.pk}/manifest" in tablet.get(LIST).content.decode()
    told = tablet.get(f"/openrosa/forms/{version.pk}/manifest").content.decode()
    assert f"<filename>places.csv</filename><hash>md5:{hashlib.md5(content).hexdigest()}</hash>" in told
    address = re.search("<downloadUrl>https?://testserver(.+?)</downloadUrl>", told)[1]
    assert tablet.get(address).content == content


# -- what was filled


def test_it_says_where_to_send_and_how_much(tablet):
    answer = tablet.head(SEND)
    assert answer.status_code == 204
    assert answer["Location"].endswith(SEND)
    assert int(answer["X-OpenRosa-Accept-Content-Length"]) > 10**6


def test_it_takes_a_filled_form(tablet):
    answer = tablet.send(filled())
    assert answer.status_code == 201
    assert '<message nature="submit_success">' in answer.content.decode()
    assert Submission.objects.count() == 1


def test_it_speaks_the_language_of_whoever_holds_the_device(field, tablet):
    field.madina.language = "tg"
    field.madina.save()
    assert "Гирифта шуд" in tablet.send(filled()).content.decode()


# the six behaviours that a public suite of tests asks of such servers


def test_it_answers_201_to_a_minimal_form(tablet):
    assert tablet.send(filled()).status_code == 201


def test_it_answers_201_to_the_same_again_and_keeps_one(tablet):
    xml = filled()
    assert [tablet.send(xml).status_code for _each in range(2)] == [201, 201]
    assert Submission.objects.count() == 1


def test_it_answers_201_to_a_file_in_a_second_request(tablet):
    xml = filled("<photo>1.jpg</photo>")
    assert tablet.send(xml).status_code == 201
    assert tablet.send(xml, {"1.jpg": picture()}).status_code == 201
    assert Submission.objects.get().is_whole


def test_it_answers_201_to_the_same_file_again_and_keeps_one(tablet):
    xml = filled("<photo>1.jpg</photo>")
    assert [tablet.send(xml, {"1.jpg": picture()}).status_code for _each in range(2)] == [201, 201]
    assert Submission.objects.get().attachments.count() == 1


def test_it_answers_201_to_a_new_file_beside_a_known_one(tablet):
    xml = filled("<photo>1.jpg</photo><photo>2.jpg</photo>")
    assert tablet.send(xml, {"1.jpg": picture()}).status_code == 201
    assert tablet.send(xml, {"1.jpg": picture(), "2.jpg": picture("blue")}).status_code == 201
    assert Submission.objects.get().attachments.exclude(file_id=None).count() == 2


def test_it_answers_201_to_another_file_of_the_same_name_and_keeps_both(tablet):
    xml = filled("<photo>1.jpg</photo>")
    codes = [tablet.send(xml, {"1.jpg": picture(colour)}).status_code for colour in ("red", "blue")]
    assert codes == [201, 201]
    assert Submission.objects.get().attachments.exclude(file_id=None).count() == 2


def test_it_answers_202_to_other_content_of_the_same_name(tablet):
    name = new_instance()
    codes = [tablet.send(filled(f"<words>{each}</words>", instance=name)).status_code for each in "ab"]
    assert codes == [201, 202]


def test_it_takes_nothing_of_a_body_that_was_cut(tablet):
    tablet.get(LIST)
    body, kind = multipart(filled("<photo>1.jpg</photo>"), {"1.jpg": picture(size=300)})
    for cut in (body[:-4], body[: len(body) // 2], body[:200]):
        answer = tablet._asked("POST", SEND, data=cut, content_type=kind)
        assert answer.status_code == 400
    assert not Submission.objects.exists()


def test_it_refuses_a_body_that_ended_before_its_length(tablet, rf):
    from hamroh.fieldwork import posted

    body, kind = multipart(filled(), {})
    request = rf.generic("POST", SEND, data=body, content_type=kind)
    request.META["CONTENT_LENGTH"] = str(len(body) + 1000)
    with pytest.raises(posted.Cut):
        posted.read(request)


def test_it_refuses_what_is_larger_than_anything_before_it_is_read(tablet):
    tablet.get(LIST)
    answer = tablet._asked(
        "POST", SEND, data=b"x", content_type="multipart/form-data; boundary=a", CONTENT_LENGTH=str(2 * 2**30)
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("xml", "status"),
    [
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><data id="small">&e;</data>', 400),
        (filled(form_id="nothing"), 404),
        (filled(version="77"), 404),
        (b"no xml at all", 400),
    ],
)
def test_it_says_in_an_envelope_why_it_takes_nothing(tablet, xml, status):
    answer = tablet.send(xml)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("text/xml")
    assert '<OpenRosaResponse xmlns="http://openrosa.org/http/response">' in answer.content.decode()


def test_it_does_not_show_what_was_sent_in_its_answer(tablet):
    answer = tablet.send(b'<data id="&lt;script&gt;alert(1)&lt;/script&gt;" version="1"><a/></data>')
    assert b"script" not in answer.content


def test_it_takes_a_form_with_letters_of_its_own_in_a_files_name(tablet):
    xml = filled("<photo>сурат ӯ.jpg</photo>")
    assert tablet.send(xml, {"сурат ӯ.jpg": picture()}).status_code == 201
    assert Submission.objects.get().is_whole


def test_it_takes_xml_that_comes_alone(tablet):
    answer = tablet._asked("POST", SEND, data=filled(), content_type="text/xml")
    assert answer.status_code == 201


def test_it_serves_and_takes_the_cotton_form(field):
    opened(field)
    tablet = Tablet(equipped(field))
    address = re.search("<downloadUrl>https?://testserver(.+?)</downloadUrl>", tablet.get(LIST).content.decode())[1]
    assert tablet.get(address).content == made_of().xml
    assert tablet.send(cotton(photo="f.jpg"), {"f.jpg": picture()}).status_code == 201
    assert Submission.objects.get().is_whole


def test_it_packs_a_form_where_the_app_can_unpack_it(field):
    version = opened(field)
    answer = Tablet(equipped(field)).get(f"/openrosa/forms/{version.pk}.xml", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.content) == made_of().xml


def test_it_answers_a_stranger_in_the_same_time_whatever_name_he_says(field):
    tablet = Tablet(equipped(field))
    tablet.get(LIST)
    tablet.name = "nobodyhere"
    before = time.perf_counter()
    assert tablet._once("GET", LIST).status_code == 401
    assert time.perf_counter() - before < 1
