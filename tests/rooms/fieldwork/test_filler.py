"""The interface of the filler: what a browser may fetch, and what it sealed is taken once, whole, and from nobody else."""

import base64
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from desk_world import at
from field_world import CANARY, Field, cotton, filled, new_instance, opened, picture, small_form
from filler_world import OURS, Browser, browser, package
from hamroh.fieldwork import packages, shutforms
from hamroh.fieldwork.actions import equipping
from hamroh.fieldwork.models import Device, FormKey, FormVersion, Submission
from hamroh.fieldwork.views import filler, filler_api


@pytest.fixture
def version(field: Field) -> FormVersion:
    return opened(field, small_form())


@pytest.fixture
def phone(field: Field, version: FormVersion) -> Browser:
    return browser(field)


# -- bringing a browser in


def test_it_brings_a_browser_in_by_whoever_fills_forms(field: Field) -> None:
    answer = at(field.madina).post(reverse("filler:here"), {"organisation": field.centre.pk, "label": "Phone 7"})
    device = Device.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, "/fill/")
    assert (device.holder, device.label, device.kind) == (field.madina, "Phone 7", "browser")


def test_it_gives_the_token_to_no_script_and_to_the_interface_alone(field: Field) -> None:
    answer = at(field.madina).post(reverse("filler:here"), {"organisation": field.centre.pk, "label": ""})
    cookie = answer.cookies[filler.COOKIE]
    assert (bool(cookie["httponly"]), cookie["path"], cookie["samesite"]) == (True, "/fill/api/", "Strict")


def test_it_brings_no_browser_in_for_an_organisation_of_others(field: Field) -> None:
    answer = at(field.madina).post(reverse("filler:here"), {"organisation": field.other.pk, "label": "x"})
    assert (answer.status_code, Device.objects.count()) == (422, 0)


def test_it_keeps_the_page_from_who_fills_no_forms(field: Field) -> None:
    assert at(field.parviz).get(reverse("filler:here")).status_code == 404


def test_it_makes_the_first_key_of_an_organisation_and_no_second_one(field: Field) -> None:
    browser(field)
    browser(field)
    key = FormKey.objects.get()
    assert (bool(key.private), key.made_by) == (True, None)


# -- what it may fetch


def test_it_fetches_the_open_forms_and_their_text(phone: Browser, version: FormVersion) -> None:
    told = phone.get("forms").json()["forms"]
    assert [each["form"] for each in told] == ["small"]
    assert phone.get("form", version=version.pk).content.decode() == version.xml


def test_it_tells_the_device_its_key_and_nothing_of_a_person(phone: Browser) -> None:
    told = phone.get("device").json()
    assert set(told) == {"code", "label", "key"}


def test_it_fetches_no_form_of_another_organisation(field: Field, version: FormVersion) -> None:
    theirs = browser(field, field.nargis, field.other)
    assert theirs.get("forms").json() == {"forms": []}
    assert theirs.get("form", version=version.pk).status_code == 404


def test_it_reads_nothing_back(field: Field, phone: Browser) -> None:
    opened(field)
    sent = phone.send(*package(phone, FormVersion.objects.get(form__form_id="cotton_visit"), **_cotton()))
    answers = [phone.get(name).content.decode() for name in ("device", "forms")]
    assert sent.status_code == 201
    assert CANARY not in sent.content.decode() + "".join(answers)


@pytest.mark.parametrize("name", ["device", "forms"])
def test_it_knows_nobody_without_the_cookie(field: Field, name: str) -> None:
    answer = Client().get(reverse(f"filler:api-{name}"), headers=OURS)
    assert (answer.status_code, answer.json()["code"]) == (401, "unknown")


def test_it_says_of_every_answer_that_it_is_ours(phone: Browser) -> None:
    answers = [phone.get("device"), phone.get("forms"), phone.send({}, []), Client().get("/fill/api/forms")]
    assert {each.headers.get("X-Filler") for each in answers} == {"1"}


def test_it_takes_no_session_for_a_device(field: Field) -> None:
    assert at(field.madina).get(reverse("filler:api-forms"), headers=OURS).status_code == 401


def test_it_answers_no_form_of_another_site(phone: Browser) -> None:
    answer = phone.client.get(reverse("filler:api-forms"))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_from_here")


def test_it_lets_a_revoked_device_neither_fetch_nor_send(field: Field, phone: Browser, version: FormVersion) -> None:
    made = package(phone, version)
    equipping.revoke_device(actor=field.manizha, device=phone.device)
    answers = [phone.get("forms"), phone.get("form", version=version.pk), phone.send(*made)]
    assert {(each.status_code, each.json()["code"]) for each in answers} == {(403, "revoked")}
    assert Submission.objects.count() == 0


def test_it_lists_forms_in_so_many_queries_however_many_there_are(
    field: Field, phone: Browser, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        opened(field, small_form(f"small-{number}"))
    with django_assert_max_num_queries(16):
        assert len(phone.get("forms").json()["forms"]) == 5


# -- what it sends


def _cotton(instance: str = "") -> dict[str, Any]:
    instance = instance or new_instance()
    return {"xml": cotton(instance), "instance": instance}


def test_it_takes_what_was_sealed(phone: Browser, version: FormVersion) -> None:
    answer = phone.send(*package(phone, version))
    row = Submission.objects.get()
    assert (answer.status_code, answer.json()) == (201, {"outcome": "taken"})
    assert (row.device, row.version, row.is_shut) == (phone.device, version, False)


def test_it_takes_the_same_package_once(phone: Browser, version: FormVersion) -> None:
    made = package(phone, version)
    answers = [phone.send(*made) for _each in range(3)]
    assert {each.status_code for each in answers} == {201}
    assert Submission.objects.count() == 1


def test_it_takes_a_form_in_pieces(phone: Browser, version: FormVersion) -> None:
    instance = new_instance()
    xml = filled("<words>a</words><photo>p.jpg</photo>", instance=instance)
    head, parts = package(phone, version, xml=xml, files={"p.jpg": picture()}, instance=instance)
    phone.send(head, parts, only=[0])
    without = Submission.objects.get().is_whole
    phone.send(head, parts, only=[0, 1])
    assert (without, Submission.objects.get().is_whole) == (False, True)


@pytest.mark.parametrize("said", ["device", "version", "instance", "parts", "key"])
def test_it_opens_nothing_whose_head_was_changed(field: Field, phone: Browser, version: FormVersion, said: str) -> None:
    head, parts = package(phone, version)
    second = equipping.make_key(actor=field.manizha, organisation=field.centre, is_kept_here=True)[0]
    other = {
        "device": browser(field).device.code, "version": str(opened(field, small_form("other")).pk), "instance": new_instance(),
        "parts": 2, "key": second.code,
    }  # fmt: skip
    answer = phone.send({**head, said: other[said]}, parts)
    assert (answer.status_code, answer.json()["code"]) == (400, "will_not_open")
    assert Submission.objects.count() == 0


def test_it_opens_no_part_in_the_place_of_another(phone: Browser, version: FormVersion) -> None:
    head, parts = package(phone, version, files={"p.jpg": picture()})
    assert phone.send(head, parts[::-1]).json()["code"] == "will_not_open"


def test_it_opens_no_part_of_another_package(phone: Browser, version: FormVersion) -> None:
    (head, _parts), (_head, others) = package(phone, version), package(phone, version)
    assert phone.send(head, others).json()["code"] == "will_not_open"


def test_it_takes_nothing_that_says_another_name_within(phone: Browser, version: FormVersion) -> None:
    answer = phone.send(*package(phone, version, xml=filled(instance=new_instance())))
    assert (answer.status_code, answer.json()["code"]) == (400, "not_the_same")


def test_it_takes_nothing_that_another_organisation_sealed(field: Field, phone: Browser, version: FormVersion) -> None:
    theirs = browser(field, field.nargis, field.other)
    answer = theirs.send(*package(phone, version))
    assert (answer.status_code, answer.json()["code"]) == (400, "other_device")


def test_it_takes_what_her_own_other_browser_sealed_before_its_cookie_was_lost(
    field: Field, phone: Browser, version: FormVersion
) -> None:
    assert browser(field).send(*package(phone, version)).status_code == 201


def test_it_takes_nothing_that_a_revoked_browser_sealed(field: Field, phone: Browser, version: FormVersion) -> None:
    made = package(phone, version)
    equipping.revoke_device(actor=field.manizha, device=phone.device)
    assert browser(field).send(*made).json()["code"] == "other_device"


@pytest.mark.parametrize("head", ["", "[]", "{", '{"kind": 1}', "[" * 3000, '{"parts": true}'])
def test_it_reads_no_head_that_is_none(phone: Browser, head: str) -> None:
    files = {"part-0": SimpleUploadedFile("blob", b"x" * 40)}
    answer = phone.client.post(reverse("filler:api-packages"), {"head": head, **files}, headers=OURS)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_head")


def test_it_refuses_a_request_that_is_too_large(
    phone: Browser, version: FormVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filler_api, "LARGEST", 500)
    assert phone.send(*package(phone, version)).status_code == 413


def test_it_still_takes_what_is_on_its_way_while_a_form_closes(
    field: Field, phone: Browser, version: FormVersion
) -> None:
    from hamroh.fieldwork.actions import forming

    forming.move(actor=field.parviz, version=version, after="closing")
    assert phone.get("forms").json() == {"forms": []}
    assert phone.send(*package(phone, version)).status_code == 201


def test_it_keeps_shut_what_was_sealed_to_a_key_that_the_organisation_keeps_alone(
    field: Field, phone: Browser, version: FormVersion
) -> None:
    equipping.make_key(actor=field.manizha, organisation=field.centre, is_kept_here=False)
    made = package(phone, version, files={"p.jpg": picture()})
    answers = [phone.send(*made) for _each in range(2)]
    row = Submission.objects.get()
    assert ({each.status_code for each in answers}, row.is_shut, row.is_whole) == ({201}, True, True)
    assert row.attachments.count() == 2


def test_it_hands_a_shut_form_over_so_that_its_organisation_opens_it_elsewhere(
    field: Field, phone: Browser, version: FormVersion
) -> None:
    _key, pem = equipping.make_key(actor=field.manizha, organisation=field.centre, is_kept_here=False)
    phone.send(*package(phone, version, files={"p.jpg": picture()}))
    answer = at(field.manizha).get(reverse("field-results:original", args=[Submission.objects.get().code]))
    (form,) = shutforms.opened(answer.content, shutforms.key_of_pem(pem))
    assert dict(form.files) == {"p.jpg": picture()}


# -- by hand


def carried(*made: tuple[dict[str, Any], list[bytes]]) -> SimpleUploadedFile:
    rows = [{"head": head, "parts": [base64.b64encode(part).decode() for part in parts]} for head, parts in made]
    return SimpleUploadedFile("forms.hamroh", json.dumps({"kind": packages.KIND, "packages": rows}).encode())


def test_it_takes_a_file_of_sealed_forms_once(field: Field, phone: Browser, version: FormVersion) -> None:
    made = [package(phone, version) for _each in range(2)]
    pages = [at(field.madina).post(reverse("filler:bring"), {"file": carried(*made)}) for _each in range(2)]
    assert ["New: 2" in pages[0].content.decode(), "Here before: 2" in pages[1].content.decode()] == [True, True]
    assert Submission.objects.count() == 2


def test_it_takes_the_others_of_a_file_when_one_was_changed(field: Field, phone: Browser, version: FormVersion) -> None:
    head, parts = package(phone, version)
    wrong = ({**head, "instance": new_instance()}, parts)
    at(field.madina).post(reverse("filler:bring"), {"file": carried(wrong, package(phone, version))})
    assert Submission.objects.count() == 1


def test_it_takes_no_file_of_a_revoked_device(field: Field, phone: Browser, version: FormVersion) -> None:
    made = package(phone, version)
    equipping.revoke_device(actor=field.manizha, device=phone.device)
    page = at(field.madina).post(reverse("filler:bring"), {"file": carried(made)})
    assert ("or was revoked" in page.content.decode(), Submission.objects.count()) == (True, 0)


def test_it_takes_no_file_of_another_organisation(field: Field, phone: Browser, version: FormVersion) -> None:
    at(field.nargis).post(reverse("filler:bring"), {"file": carried(package(phone, version))})
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"x", b"[]", b"{}", b'{"kind": "hamroh-filler-1", "packages": [1]}'])
def test_it_says_that_a_file_is_none_of_sealed_forms(field: Field, content: bytes) -> None:
    file = SimpleUploadedFile("forms.hamroh", content)
    assert at(field.madina).post(reverse("filler:bring"), {"file": file}).status_code == 422


# -- the page


def test_it_serves_the_page_to_nobody_in_particular(field: Field) -> None:
    assert at(field.madina).get("/fill/").content == Client(headers={"Accept-Language": "en"}).get("/fill/").content


def test_it_names_the_way_without_script(field: Field) -> None:
    assert "<noscript>" in Client().get("/fill/").content.decode()


def test_it_lets_only_own_scripts_run_and_asks_nobody_outside() -> None:
    policy = Client().get("/fill/")["Content-Security-Policy"]
    wanted = {"script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'", "default-src 'none'"}
    assert wanted <= set(policy.split("; "))
    assert "http" not in policy


def test_it_keeps_every_file_that_the_page_needs() -> None:
    script = Client().get("/fill/worker.js").content.decode()
    kept = json.loads(script.split("self.FILES=", 1)[1].split(";\n", 1)[0])
    assert {Client().get(path).status_code for path in kept} == {200}
