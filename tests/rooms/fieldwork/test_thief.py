"""What is said at the doors of fieldwork, in four scripts, stands readable in no page of the database, no file and no log."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from test_dump import shapes

from desk_world import TODAY, at
from field_world import Field, equipped, filled, multipart, opened, picture, small_form
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork.actions import days
from hamroh.fieldwork.models import Submission

SAVES = (
    '<bind nodeset="/data/words" entities:saveto="village" type="string"/>'
    '<instance id="homes" src="jr://file-csv/homes.csv"/>'
)
SCRIPTS = {"en": "Zwqxshe hides", "az": "Zwqxəğçı qız", "tg": "Ҷғқӣ пинҳон", "ru": "Ъщэыё прячется"}


def secret(door: str, script: str) -> str:
    return f"{SCRIPTS[script]} {door}"


def named(script: str) -> str:
    said = secret("row", script)
    return (
        f'<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="homes" id="row-{script}" create="1" update="" '
        f'baseVersion=""><label>{said}</label></entity>'
    )


def say_everywhere(field: Field) -> list[int]:
    """Each door once in each script: taken, told as a row of a list, broken off, of no form, as a day's place, as a review."""
    version = opened(field, small_form(binds=SAVES).replace(b'<bind nodeset="/data/words" type="string"/>', b""))
    client, send = Client(raise_request_exception=False), f"/openrosa/t/{equipped(field).token}/submission"
    place = AdminUnit.objects.create(key="tj-kt-vose", code=1923, level="district", names={"en": "Vose"})
    told = []
    for script in SCRIPTS:
        xml = filled(f"<words>{secret('words', script)}</words>", meta=named(script))
        broken = filled(f"<words>{secret('broken', script)}</words>")[:-9]
        nowhere = filled(f"<words>{secret('nowhere', script)}</words>", form_id="none")
        for content, files in ((xml, {"p.jpg": picture()}), (broken, {}), (nowhere, {})):
            body, kind = multipart(content, files)
            told.append(client.post(send, body, content_type=kind).status_code)
        days.plan_day(
            actor=field.office.zebo, organisation=field.centre, place=place, spot=secret("spot", script), on_date=TODAY,
            team=[field.madina],
        )  # fmt: skip
    for row, script in zip(Submission.objects.filter(form=version.form), SCRIPTS, strict=True):
        page = f"/desk/field/results/s/{row.code}/"
        told.append(at(field.madina).get(page).status_code)
        at(field.madina).post(f"{page}review/", {"state": "has_issues", "words": secret("review", script)})
    return told


@pytest.mark.skipif(connection.vendor != "sqlite", reason="pages of a database are SQLite’s")
def test_it_leaves_nothing_for_a_thief(field: Field, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    told = say_everywhere(field)
    loot = connection.connection.serialize()
    loot += b"".join(path.read_bytes() for path in settings.HOME.folder("files").rglob("*") if path.is_file())
    loot += "\n".join(f"{caplog.handler.format(record)} {record.args!r}" for record in caplog.records).encode()
    doors = ("words", "row", "broken", "nowhere", "spot", "review")
    readable = [
        secret(door, script)
        for door in doors
        for script in SCRIPTS
        if any(shape in loot for shape in shapes(secret(door, script)))
    ]
    assert readable == []
    assert told == [201, 400, 404] * 4 + [200] * 4
    assert b"row-tg" in loot  # what stands open is found: the sweep looks where it says
