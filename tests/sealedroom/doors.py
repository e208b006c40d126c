"""Puts canaries in through every door of an installation with the sealed room, in a process of its own: ``main`` prints what
the doors answered."""

import datetime as dt
import io
import json
import sys
from pathlib import Path
from typing import Any

from sealedroom import hiding

#: secrets of four scripts: each is told at one door and must be found nowhere
WORDS = {"tg": "Ҷғқканара", "ru": "Щыюканарей", "az": "Ğəşkanarey", "en": "Zwqxcanary"}
DOORS = (
    "name", "phone", "document", "story", "note", "rename", "glass", "file", "typed", "fault", "place", "moved", "phrase",
    "taken", *hiding.DOORS,
)  # fmt: skip
PASSWORD = "a long walk to the river"
#: told openly, so that it must be found: the sweep looks where it says
OPEN = "Zwqxopenly told office"


def canary(door: str, script: str) -> str:
    """A secret that is like no other; a phone is one in digits."""
    if door == "phone":
        return f"+99293{7_340_917 + 1_111 * sorted(WORDS).index(script)}"
    return f"{WORDS[script]}{DOORS.index(door)}{door}"


def main(home: Path) -> None:
    import django

    django.setup()
    answers = [_tell(script) for script in WORDS]
    _openly()
    (home / "answers.json").write_text(json.dumps(answers), encoding="utf-8")


def _tell(script: str) -> dict[str, Any]:
    from django.db import transaction
    from django.test import Client

    from hamroh.accounts import actions
    from hamroh.accounts.models import Role, User
    from hamroh.vault import files
    from sealedroom.models import Matter, Note

    said = {door: canary(door, script) for door in DOORS}
    people = {
        role: actions.add_member(
            actor=None, username=f"{role}-{script}", display_name=role, role=role, organisation_code=f"house-{script}",
            password=PASSWORD,
        )
        for role in (Role.SUPERVISOR, Role.LAWYER)
    }  # fmt: skip
    organisation = people[Role.LAWYER].memberships.get().organisation
    matter = Matter(
        organisation=organisation, owner=people[Role.LAWYER], opened_week=dt.date(2026, 11, 16), name=said["name"],
        phone=said["phone"], document=said["document"], story={"what": said["story"]},
    )  # fmt: skip
    matter.save()
    _searched(matter, said["name"])
    _taken_out(organisation, people[Role.LAWYER], said["taken"])
    Note.objects.create(organisation=organisation, matter=matter, text=said["note"])
    content = io.BytesIO(f"a letter\n{said['file']}\n".encode())
    with transaction.atomic():
        files.store(
            content, name=f"{said['file']}.txt", organisation_id=organisation.pk,
            record=("sealedroom.matter", str(matter.pk)), actor=people[Role.LAWYER],
        )  # fmt: skip
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    client.force_login(User.objects.get(pk=people[Role.LAWYER].pk))
    client.session.put_secret("draft", said["typed"].encode())
    answers = _knock(client, matter, said) | _hide(client, organisation, said)
    answers |= hiding.tell(client, organisation, people[Role.LAWYER], said)
    actions.access.break_glass(
        actor=people[Role.SUPERVISOR], record=matter, reason="danger", words=f"{said['glass']} he is at the door"
    )
    return answers


def _searched(matter: Any, name: str) -> None:
    """The name among those that are found in any spelling, and the files that a search leaves."""
    from hamroh.vault import journal, pools
    from sealedroom.naming import KIND, Opener

    pools.put(KIND, matter.organisation_id, [{"id": str(matter.pk), "name": name}])
    with journal.openings("command"):
        pools.search(KIND, matter.organisation_id, {"name": name}, opener=Opener(matter.owner))


def _taken_out(organisation: Any, lawyer: Any, name: str) -> None:
    """A case, and the file of it that waits to be fetched."""
    from hamroh.cases import actions
    from hamroh.cases.actions import exports
    from hamroh.cases.selectors.exports import Scope
    from hamroh.vault import journal

    told = actions.Told(name=name)
    with journal.openings("command"):
        case = actions.open_case(actor=lawyer, organisation=organisation, client=told, channel="visit", country="TJ")
        wish = exports.Wish(Scope(organisation, "court", case=case), ["cases", "people"], f"{name} asks", "password")
        exports.make_export(actor=lawyer, export=exports.ask_export(actor=lawyer, wish=wish))


def _knock(client: Any, matter: Any, said: dict[str, str]) -> dict[str, int]:
    """What is typed into pages: kept sealed, refused, or failing."""
    typed = said["typed"]
    room = f"/desk/sealed/{matter.pk}/"
    asked = {
        "read": client.get(room),
        "rename": client.post(f"{room}rename/", {"name": said["rename"]}),
        "fault": client.post("/desk/sealed/fault/", {"said": said["fault"]}),
        "words": client.post("/ru/info/w", {"w": typed, "a": "0"}),
        "place": client.post("/ru/info/v", {"v": typed, "a": "0"}),
        "search": client.get("/ru/search/", {"q": typed}),
        "sign in": client.post("/accounts/sign-in/", {"login": "somebody", "password": typed}),
        "no such form": client.post("/desk/directory/new/", {"names_en": typed}),
    }
    return {door: answer.status_code for door, answer in asked.items()}


def _hide(client: Any, organisation: Any, said: dict[str, str]) -> dict[str, int]:
    """A key of her own, and what only it opens: told, read, held back with all that was typed, and guessed at."""
    from hamroh.vault import actions
    from sealedroom.models import Shelter

    actions.make_recovery(actor=None, organisation_id=organisation.pk)
    client.post("/accounts/confirm/", {"password": PASSWORD})
    words = f"{said['phrase']} four quiet rivers"
    make, shut, room = "/accounts/security/key/make/", "/accounts/security/key/shut/", "/desk/sealed/shelters/"
    asked = {
        "key": client.post(make, {"passphrase": words, "again": words}),
        "hide": client.post(f"{room}add/", {"code": "S1", "address": said["place"]}),
    }
    place = f"{room}{Shelter.objects.get(organisation=organisation).pk}/"
    asked["find"] = client.get(place)
    client.post(shut)
    typed = {"address": said["moved"]}
    asked["held back"] = client.post(f"{place}move/", typed)
    asked["guessed"] = client.post(f"{place}move/", typed | {"own_key_passphrase": f"{words} and more"})
    asked["moved"] = client.post(f"{place}move/", typed | {"own_key_passphrase": words})
    return {door: answer.status_code for door, answer in asked.items()}


def _openly() -> None:
    from hamroh.accounts.models import Organisation

    Organisation.objects.create(code="openly", names={"en": OPEN}, country="tj")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
