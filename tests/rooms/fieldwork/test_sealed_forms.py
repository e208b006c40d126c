"""Forms that were sealed on their device, and lists that grow by what is filled."""

import re

import pytest

from field_world import CANARY, Tablet, equipped, filled, new_instance, opened, picture, received, small_form
from hamroh import vault
from hamroh.accounts import policy
from hamroh.fieldwork.actions import equipping
from hamroh.fieldwork.models import Entity, EntityChange, Submission
from hamroh.vault import files as vault_files
from hamroh.vault.models import SealedFile
from sealed_world import sealed, sealing


def told(field, row, name):
    return vault.open(row, name, decision=policy.require(field.manizha, "submission.read", row), purpose="test")


def test_it_opens_what_was_sealed_on_its_device(field):
    key, _pem, device = sealing(field)
    name = new_instance()
    xml = filled(f"<words>{CANARY}</words><photo>1.jpg</photo>", instance=name)
    envelope, files = sealed(key, name, xml, [("1.jpg", picture())])
    received(device, envelope, files)
    row = Submission.objects.get()
    assert not row.is_shut
    assert told(field, row, "xml") == envelope
    assert told(field, row, "opened_xml") == xml
    assert told(field, row, "answers")["/data/words"] == CANARY


def test_it_opens_pictures_that_came_in_pieces(field):
    key, _pem, device = sealing(field)
    name = new_instance()
    xml = filled("<photo>1.jpg</photo><words>x</words>", instance=name)
    envelope, files = sealed(key, name, xml, [("1.jpg", picture())])
    for part in ({}, {"1.jpg.enc": files["1.jpg.enc"]}, {"submission.xml.enc": files["submission.xml.enc"]}):
        received(device, envelope, part)
    row = Submission.objects.get()
    slot = row.attachments.get(path="/data/photo")
    file = SealedFile.objects.get(pk=slot.file_id)
    decision = policy.require(field.manizha, "submission.read", row)
    assert b"".join(vault_files.read(file, decision=decision, purpose="test"))[:2] == b"\xff\xd8"


def test_it_keeps_shut_what_only_the_organisation_opens(field):
    key, pem, device = sealing(field, is_kept_here=False)
    name = new_instance()
    envelope, files = sealed(key, name, filled(instance=name))
    received(device, envelope, files)
    row = Submission.objects.get()
    assert row.is_shut
    assert row.is_whole
    assert pem.startswith(b"-----BEGIN PRIVATE KEY")


def test_it_keeps_shut_what_was_sealed_to_another_key(field):
    _key, _pem, device = sealing(field)
    other, _pem = equipping.make_key(actor=field.manizha, organisation=field.centre, is_kept_here=True)
    name = new_instance()
    envelope, files = sealed(other, name, filled(instance=name))
    assert received(device, envelope, files).outcome == "taken"
    assert Submission.objects.get().is_shut


# -- lists

SAVES = (
    '<bind nodeset="/data/words" entities:saveto="village" type="string"/>'
    '<instance id="homes" src="jr://file-csv/homes.csv"/>'
)


def listing(field):
    opened(field, small_form(binds=SAVES).replace(b'<bind nodeset="/data/words" type="string"/>', b""))
    return equipped(field)


def entity(pk, *, create="", update="", base="", label="Home 7"):
    return (
        f'<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="homes" id="{pk}" create="{create}" update="{update}" '
        f'baseVersion="{base}"><label>{label}</label></entity>'
    )


def values(field, row):
    decision = policy.require(field.madina, "entity.take", row)
    return vault.open(row, "values", decision=decision, purpose="test")


def test_it_makes_a_row_of_a_list(field):
    device = listing(field).device
    received(device, filled("<words>Sari Osiyo</words>", meta=entity("a1", create="1")))
    row = Entity.objects.get()
    assert (row.entity_id, row.version, row.conflicts) == ("a1", 1, False)
    assert values(field, row) == {"village": "Sari Osiyo"}


def test_it_changes_a_row_that_was_known_as_it_stands(field):
    device = listing(field).device
    received(device, filled("<words>One</words>", meta=entity("a1", create="1")))
    received(device, filled("<words>Two</words>", meta=entity("a1", update="1", base="1")))
    row = Entity.objects.get()
    assert (row.version, row.conflicts, values(field, row)) == (2, False, {"village": "Two"})


def test_it_tells_two_changes_apart_that_did_not_know_of_each_other(field):
    device = listing(field).device
    received(device, filled("<words>One</words>", meta=entity("a1", create="1")))
    for words in ("Two", "Three"):
        received(device, filled(f"<words>{words}</words>", meta=entity("a1", update="1", base="1")))
    assert Entity.objects.get().conflicts
    assert EntityChange.objects.count() == 3


@pytest.mark.parametrize("times", [2])
def test_it_makes_a_row_once_however_often_the_form_comes(field, times):
    device = listing(field).device
    xml = filled("<words>One</words>", meta=entity("a1", create="1"))
    for _each in range(times):
        received(device, xml)
    assert Entity.objects.get().version == 1


def test_it_hands_the_list_to_the_next_form(field):
    held = listing(field)
    received(held.device, filled("<words>Sari Osiyo</words>", meta=entity("a1", create="1")))
    tablet = Tablet(held)
    address = re.search(
        "<manifestUrl>https?://testserver(.+?)</manifestUrl>", tablet.get("/openrosa/formList").content.decode()
    )[1]
    manifest = tablet.get(address).content.decode()
    assert '<mediaFile type="entityList"><filename>homes.csv</filename>' in manifest
    file = re.search("<downloadUrl>https?://testserver(.+?)</downloadUrl>", manifest)[1]
    assert tablet.get(file).content.decode().splitlines() == ["name,label,__version,village", "a1,Home 7,1,Sari Osiyo"]
