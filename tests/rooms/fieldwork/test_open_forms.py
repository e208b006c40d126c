"""What only the organisation opens is fetched whole from the desk, and opened on a machine of its own by its private key."""

import base64
import json
import uuid
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.urls import reverse

from desk_world import at
from field_world import CANARY, Field, filled, new_instance, picture, received
from hamroh.fieldwork import packages, sealedforms, shutforms
from hamroh.fieldwork.models import Submission
from hamroh.site.commands.forms import open_forms
from sealed_world import sealed, sealing


class Keys:
    """A pair that is kept outside."""

    def __init__(self) -> None:
        self.public, self.private = sealedforms.new_pair()

    @property
    def pem(self) -> bytes:
        return sealedforms.as_pem(self.private)


@pytest.fixture(scope="module")
def keys() -> Keys:
    return Keys()


def by_app(keys: Keys) -> tuple[bytes, bytes]:
    name = new_instance()
    xml = filled(f"<words>{CANARY}</words><photo>1.jpg</photo>", instance=name)
    envelope, files = sealed(keys, name, xml, [("1.jpg", b"picture")])
    return xml, shutforms.of_app(envelope, files)


def by_browser(keys: Keys) -> tuple[bytes, bytes]:
    name = new_instance()
    xml = filled(f"<words>{CANARY}</words>", instance=name)
    head = {"device": "device-1", "version": str(uuid.uuid4()), "instance": name, "key": "abcd-1234"}
    whole, parts = packages.sealed(head, {"form.xml": xml, "1.jpg": b"picture"}, keys.public)
    rows = [{"head": whole, "parts": [base64.b64encode(part).decode() for part in parts]}]
    return xml, json.dumps({"kind": packages.KIND, "packages": rows}).encode()


@pytest.mark.parametrize("make", [by_app, by_browser])
def test_it_opens_what_was_sealed_on_a_device(keys: Keys, make: object) -> None:
    xml, parcel = make(keys)  # type: ignore[operator]
    (form,) = shutforms.opened(parcel, shutforms.key_of_pem(keys.pem))
    assert (form.xml, dict(form.files)) == (xml, {"1.jpg": b"picture"})


@pytest.mark.parametrize("make", [by_app, by_browser])
def test_it_opens_nothing_by_another_key(keys: Keys, make: object) -> None:
    _xml, parcel = make(Keys())  # type: ignore[operator]
    with pytest.raises(shutforms.WillNotOpen):
        list(shutforms.opened(parcel, keys.private))


@pytest.mark.parametrize("what", [b"", b"{}", b"PK\x03\x04 nothing", b"<data/>"])
def test_it_refuses_what_is_no_parcel(keys: Keys, what: bytes) -> None:
    with pytest.raises(shutforms.WillNotOpen):
        list(shutforms.opened(what, keys.private))


def test_it_says_that_a_file_is_missing(keys: Keys) -> None:
    envelope, _files = sealed(keys, new_instance(), filled(), [("1.jpg", b"picture")])
    with pytest.raises(shutforms.WillNotOpen, match="missing"):
        list(shutforms.opened(shutforms.of_app(envelope, {}), keys.private))


def test_it_writes_forms_into_a_folder_and_nothing_outside_it(keys: Keys, tmp_path: Path) -> None:
    name = new_instance()
    envelope, files = sealed(keys, name, filled(instance=name), [("../../out.jpg", b"picture")])
    (tmp_path / "a.zip").write_bytes(shutforms.of_app(envelope, files))
    (tmp_path / "key.pem").write_bytes(keys.pem)
    to = tmp_path / "deep" / "to"
    asked = [str(tmp_path / "a.zip"), "--key", str(tmp_path / "key.pem"), "--to", str(to)]
    assert CliRunner().invoke(open_forms, asked).exit_code == 0
    assert sorted(each.name for each in tmp_path.rglob("*") if each.is_file()) == [
        "a.zip", "file-out.jpg", "form.xml", "key.pem",
    ]  # fmt: skip
    assert {each.stat().st_mode & 0o077 for each in to.rglob("*")} == {0}


def test_it_overwrites_nothing(keys: Keys, tmp_path: Path) -> None:
    _xml, parcel = by_app(keys)
    (tmp_path / "a.zip").write_bytes(parcel)
    (tmp_path / "key.pem").write_bytes(keys.pem)
    asked = [str(tmp_path / "a.zip"), "--key", str(tmp_path / "key.pem"), "--to", str(tmp_path / "to")]
    assert [CliRunner().invoke(open_forms, asked).exit_code for _each in range(2)] == [0, 1]


def test_it_hands_over_a_shut_form_whole(field: Field) -> None:
    key, pem, device = sealing(field, is_kept_here=False)
    name = new_instance()
    xml = filled(f"<words>{CANARY}</words><photo>1.jpg</photo>", instance=name)
    envelope, files = sealed(key, name, xml, [("1.jpg", picture())])
    received(device, envelope, files)
    row = Submission.objects.get()
    answer = at(field.manizha).get(reverse("field-results:original", args=[row.code]))
    (form,) = shutforms.opened(answer.content, shutforms.key_of_pem(pem))
    assert (form.xml, dict(form.files)) == (xml, {"1.jpg": picture()})
