"""Devices and keys at the desk: made, shown once, taken back."""

import base64
import json
import re
import zlib

import pytest
from cryptography.hazmat.primitives import serialization

from desk_world import at, page
from field_world import Tablet, equipped, opened, small_form
from hamroh.accounts import policy
from hamroh.fieldwork.actions import equipping
from hamroh.fieldwork.models import Device, FormKey, FormVersion
from hamroh.fieldwork.views import devices as views

ROOT = "/desk/field/"


def test_it_shows_name_and_password_once(field):
    answer = at(field.manizha).post(f"{ROOT}devices/new/", {"holder": field.madina.pk, "label": "Tablet 3"})
    told = answer.content.decode()
    device = Device.objects.get()
    assert answer["Cache-Control"].count("no-store")
    assert device.code in told
    password = re.search(r'Password</dt><dd><span class="key">(\w{16})<', told)[1]
    assert password not in page(field.manizha, f"{ROOT}devices/")


def test_it_lets_the_app_in_with_what_was_shown(field):
    opened(field, small_form())
    assert Tablet(equipped(field)).get("/openrosa/formList").status_code == 200


def test_it_draws_the_settings_as_the_app_reads_them(field, monkeypatch):
    drawn = []
    monkeypatch.setattr(views.squares, "drawn", lambda text, _label: drawn.append(text) or "")
    views._square("https://centre.example/openrosa", equipped(field))
    settings = json.loads(zlib.decompress(base64.b64decode(drawn[0])))
    assert settings["general"]["server_url"] == "https://centre.example/openrosa"
    assert settings["general"]["username"] == Device.objects.get().code


def test_it_keeps_no_password_and_no_token(field):
    held = equipped(field)
    row = Device.objects.get()
    stored = f"{row.token_hash}{bytes(row.secret.ciphertext)!r}"
    assert held.password not in stored
    assert held.token not in stored


def test_it_takes_a_device_back(field):
    held = equipped(field)
    at(field.manizha).post(f"{ROOT}devices/{held.device.code}/revoke/")
    assert Device.objects.get().revoked_at
    assert Tablet(held).get("/openrosa/formList").status_code == 401


def test_it_gives_a_device_to_nobody_who_may_not_fill(field):
    for who in (field.parviz, field.nargis):
        with pytest.raises(equipping.CannotEquip):
            equipped(field, who)


def test_it_is_made_by_who_supervises(field):
    for who in (field.madina, field.nargis):
        with pytest.raises(policy.Refused):
            equipped(field, actor=who)
        assert at(who).get(f"{ROOT}devices/").status_code == 404


def test_it_shows_devices_of_the_own_organisation(field):
    code = equipped(field).device.code
    assert code in page(field.manizha, f"{ROOT}devices/")
    from desk_world import employ
    from hamroh.accounts.models import Role

    sabina = employ("sabina", field.other, Role.SUPERVISOR)
    assert code not in page(sabina, f"{ROOT}devices/")
    assert at(sabina).post(f"{ROOT}devices/{code}/revoke/").status_code == 404


# -- keys


def test_it_keeps_a_private_key_sealed(field):
    at(field.manizha).post(f"{ROOT}keys/", {"kept": "here"})
    assert FormKey.objects.get().private.ciphertext


def test_it_hands_a_private_key_over_once_and_keeps_none(field):
    answer = at(field.manizha).post(f"{ROOT}keys/", {"kept": "away"})
    key = FormKey.objects.get()
    private = serialization.load_pem_private_key(answer.content, None)
    told = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    assert base64.b64decode(key.public) == told
    assert key.private.ciphertext is None


def test_it_puts_the_public_key_into_a_form(field):
    key, _pem = equipping.make_key(actor=field.manizha, organisation=field.centre, is_kept_here=True)
    version = opened(field, small_form(), key=key)
    assert f'base64RsaPublicKey="{key.public}"' in version.xml
    assert FormVersion.objects.get().is_encrypted


def test_it_retires_a_key(field):
    key, _pem = equipping.make_key(actor=field.manizha, organisation=field.centre, is_kept_here=True)
    at(field.manizha).post(f"{ROOT}keys/{key.code}/retire/")
    assert FormKey.objects.get().retired_at
