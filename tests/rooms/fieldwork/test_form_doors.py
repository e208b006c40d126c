"""Every address of forms, devices and keys: who may open it, who may send its form; to others it is not there."""

import pytest
from django.urls import reverse

from desk_world import at, employ
from field_world import equipped, opened, small_form
from hamroh.accounts.models import Role
from hamroh.fieldwork import desk_urls
from hamroh.fieldwork.actions import equipping, forming

#: of the own organisation; ``nargis`` and ``sabina`` are of the other one
PLANS, KEEPS, GUARDS = frozenset({"parviz", "manizha"}), frozenset({"manizha", "temur"}), frozenset({"manizha"})
SEES = PLANS | {"madina", "zebo"}
NOBODY = frozenset[str]()
#: route -> who may GET, who may POST; None where the method is not answered. Lists open for who has a role in any house.
EXPECTED = {
    "forms": (SEES | {"nargis", "sabina"}, None), "bring": (PLANS | {"sabina"}, PLANS | {"sabina"}), "form": (SEES, None),
    "assign": (PLANS, PLANS), "end-assignment": (None, PLANS), "version": (SEES, None), "move": (None, PLANS),
    "media": (PLANS, PLANS), "download": (SEES, None), "devices": (KEEPS | {"sabina"}, None),
    "make-device": (KEEPS | {"sabina"}, KEEPS | {"sabina"}), "revoke-device": (None, KEEPS),
    "keys": (GUARDS | {"sabina"}, GUARDS | {"sabina"}), "retire-key": (None, GUARDS),
}  # fmt: skip
FOUND = {200, 302, 422}


@pytest.fixture
def people(field):
    sabina = employ("sabina", field.other, Role.SUPERVISOR)
    office = field.office
    return {
        "parviz": field.parviz, "manizha": field.manizha, "madina": field.madina, "zebo": office.zebo, "temur": office.temur,
        "nargis": field.nargis, "sabina": sabina,
    }  # fmt: skip


@pytest.fixture
def addresses(field):
    """Each route with one of everything that it names, all of the own organisation."""
    version = opened(field, small_form())
    assignment = forming.assign(actor=field.parviz, form=version.form)
    key, _pem = equipping.make_key(actor=field.manizha, organisation=field.centre, is_kept_here=True)
    form, device = version.form.code, equipped(field).device.code
    of_form, of_version = {"code": form}, {"code": form, "pk": version.pk}
    named = {
        "form": of_form, "assign": of_form, "end-assignment": {"code": form, "pk": assignment.pk}, "version": of_version,
        "move": of_version, "media": of_version, "download": {**of_version, "what": "form.xml"}, "revoke-device": {"code": device},
        "retire-key": {"code": key.code},
    }  # fmt: skip
    return {name: reverse(f"fieldwork-desk:{name}", kwargs=named.get(name, {})) for name in EXPECTED}


def test_it_states_who_may_for_every_route():
    assert {each.name for each in desk_urls.urlpatterns} == set(EXPECTED)


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_opens_to_who_may_and_to_nobody_else(people, addresses, method):
    wrong = []
    for who, user in people.items():
        client = at(user)
        for name, allowed in EXPECTED.items():
            may = allowed[method == "post"]
            status = getattr(client, method)(addresses[name]).status_code
            if status != 405 if may is None else (status in FOUND) != (who in may):
                wrong.append((who, name, status))
    assert not wrong


def test_it_sends_a_stranger_to_the_door(addresses, client):
    assert {
        client.get(address).status_code for name, address in addresses.items() if EXPECTED[name][0] is not None
    } == {302}
