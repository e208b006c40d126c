"""The desk of the aid standard: what is to be put right, files of others, the table of activities; and who may."""

import io
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from desk_world import NOW, at, employ
from hamroh.accounts.models import Role, User
from hamroh.projects.exchange import iati_reading
from hamroh.projects.iati_desk_urls import urlpatterns
from hamroh.projects.models import Actual, Origin, Project, ProjectParty, ProjectPlace
from iati_world import Register, open_register
from vault_keys import settled

HOME, BRING, FOURW = (reverse(f"iati-desk:{name}") for name in ("home", "bring", "fourw"))
ROUTES = {each.name for each in urlpatterns}
#: Lola plans; Dilbar facilitates; Vusal plans in the other organisation
PLANS = frozenset({"lola", "vusal"})
EXPECTED = {"home": (PLANS, None), "bring": (PLANS, PLANS), "fourw": (PLANS, PLANS), "fourw-file": (PLANS, None)}
OTHERS = b"""<iati-activities version="2.03"><iati-activity xml:lang="en" default-currency="USD"><iati-identifier>XM-X-1</iati-identifier>
<reporting-org ref="XM-X" type="40"><narrative>Some Agency</narrative></reporting-org><title><narrative>Water for villages</narrative>
</title><description><narrative>Wells.</narrative></description><participating-org role="1" ref="XM-DAC-8-1"><narrative>N</narrative>
</participating-org><activity-status code="2"/><activity-date type="2" iso-date="2020-01-01"/><recipient-country code="TJ"/>
<sector vocabulary="1" code="14030" percentage="100"/><budget><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
<value value-date="2020-01-01">NaN</value></budget><result type="1"><title><narrative>Wells dug</narrative></title>
<indicator measure="1"><title><narrative>Wells</narrative></title><period><period-start iso-date="2020-01-01"/>
<period-end iso-date="2020-12-31"/><target value="5"/><actual value="4"/></period></indicator></result></iati-activity></iati-activities>"""


@pytest.fixture
def register(db, fresh_keys, settings, time_machine) -> Iterator[Register]:
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    found = open_register()
    settled(found.office.centre, found.office.other)
    employ("dilbar", found.house, Role.FACILITATOR)
    employ("vusal", found.office.other, Role.PROGRAMME_MANAGER)
    return found


def signed(name: str) -> Client:
    return at(User.objects.get(username=name))


def sent(client: Client, address: str, content: bytes, **more: str):
    return client.post(address, {"file": SimpleUploadedFile("f.xml", content), **more})


def said(client: Client, address: str = HOME) -> str:
    return client.get(address).content.decode()


def test_it_has_an_expectation_for_every_address():
    assert set(EXPECTED) == ROUTES


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_it_opens_to_whom_it_is_meant_for_and_to_nobody_else(register, name):
    address = reverse(f"iati-desk:{name}", kwargs={"lang": "en"} if name == "fourw-file" else {})
    for person in ("lola", "dilbar", "vusal", "zebo", "temur"):
        for method, who in zip(("get", "post"), EXPECTED[name], strict=True):
            status = getattr(signed(person), method)(address).status_code
            assert status == (
                405 if who is None else 200 if person in who and method == "get" else 422 if person in who else 404
            ), (person, method)


def test_it_asks_strangers_to_sign_in(register):
    assert {Client().get(address).status_code for address in (HOME, BRING, FOURW)} == {302}


def test_it_lists_what_is_to_be_put_right(register):
    Project.objects.update(ends="2099-01-01")
    assert "The actual end lies in the future." in said(signed("lola"))


def test_it_tells_on_the_page_of_the_project_what_is_to_be_put_right(register):
    Project.objects.update(ends="2099-01-01")
    page = said(signed("lola"), reverse("projects:project", kwargs={"code": register.project.code}))
    assert "The actual end lies in the future." in page


def test_it_shows_nothing_of_another_organisation(register):
    assert "TJ-2014-01" not in said(signed("vusal"))


def test_it_writes_nothing_before_it_was_looked_at(register):
    page = sent(signed("lola"), BRING, OTHERS, do="look").content.decode()
    assert ("Water for villages" in page, Project.objects.count()) == (True, 1)


def brought(register: Register, content: bytes = OTHERS, **more: str) -> Project:
    assert sent(signed("lola"), BRING, content, do="write", **more).status_code == 302
    return Origin.objects.get().project


def test_it_brings_a_project_as_a_draft_with_whence_it_came(register):
    row = brought(register)
    assert (row.visibility, row.titles, row.starts) == ("network", {"en": "Water for villages"}, "2020-01-01")
    assert row.source.startswith("Some Agency (XM-X), XM-X-1, sha256 ")
    assert ProjectParty.objects.get(project=row).party == register.norway
    assert ProjectPlace.objects.get(project=row).place.iso == "TJ"


def test_it_waits_for_an_approval_of_what_was_reached(register):
    assert Actual.objects.get(project=brought(register)).approved_at is None


def test_it_takes_no_number_that_is_none(register):
    assert brought(register).pk
    assert b"NaN" not in Client().get("/iati/activities.xml").content


def test_it_brings_nothing_twice(register):
    brought(register)
    assert (
        "As it is" in sent(signed("lola"), BRING, OTHERS, do="write").content.decode() or Project.objects.count() == 2
    )


NEWER = OTHERS.replace(b"Water for villages", b"Water for all")


def test_it_shows_what_a_newer_file_changes(register):
    brought(register)
    page = sent(signed("lola"), BRING, NEWER, do="look").content.decode()
    assert "<del>Water for villages</del> → <ins>Water for all</ins>" in page


@pytest.mark.parametrize(("more", "title"), [({}, "Water for villages"), ({"take_changes": "on"}, "Water for all")])
def test_it_never_writes_over_silently(register, more, title):
    brought(register)
    assert brought(register, NEWER, **more).titles["en"] == title


def test_it_refuses_a_number_that_is_ours(register):
    ours = OTHERS.replace(b"XM-X-1", b"TJ-2014-01")
    assert "A project of ours has this reference already." in sent(signed("lola"), BRING, ours).content.decode()


BOMB = b'<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><iati-activities version="2.03">&c;</iati-activities>'
THIEF = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><iati-activities version="2.03">&b;</iati-activities>'


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (BOMB, "declares"), (THIEF, "declares"), (b"<a>" * 100 + b"</a>" * 100, "deep"), (b"<iati-activities>", "broken"), (b"<a/>", "root"),
        (b"PK\x03\x04", "broken"), (b"<iati-activities version='2.03'/>", "root"),
    ],
)  # fmt: skip
def test_it_opens_no_hostile_file(content, fault):
    assert iati_reading.read(content).fault == fault


def test_it_opens_no_file_that_is_too_large():
    assert iati_reading.read(b" " * (20 * 2**20 + 1)).fault == "large"


def test_it_says_why_a_file_was_not_opened(register):
    page = sent(signed("lola"), BRING, BOMB)
    assert (page.status_code, "It was not opened." in page.content.decode()) == (422, True)


def test_it_gives_the_table_out_and_takes_it_back(register):
    client = signed("lola")
    table = client.get(reverse("iati-desk:fourw-file", kwargs={"lang": "tg"})).content
    assert table.startswith(b"PK")
    page = client.post(
        FOURW, {"file": io.BytesIO(b"#activity+name+i_en,#org+name,#date+start\nAdvice,Centre,2015\n"), "do": "write"}
    )
    assert (page.status_code, "1" in said(client, FOURW)) == (302, True)


def test_it_says_in_which_cell_a_row_is_wrong(register):
    page = signed("lola").post(
        FOURW, {"file": io.BytesIO(b"#activity+name+i_en,#org+name,#date+start\nAdvice,Centre,soon\n"), "do": "write"}
    )
    assert "C2: Write a day like 2026-03-18" in page.content.decode()
