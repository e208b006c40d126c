"""Who works in the field in tests: an office with a supervisor, a monitor and a programme manager, another organisation, a device."""

import hashlib
import io
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.test import Client

from cases_world import Office, open_office
from desk_world import employ
from hamroh.accounts.models import Organisation, Role, User
from hamroh.fieldwork.actions import equipping, forming, receiving
from hamroh.fieldwork.exchange import xlsforms
from hamroh.fieldwork.models import Device, FormVersion, Submission

DATA = Path(__file__).parent / "data" / "field"
COTTON = DATA / "cotton_visit.xlsx"
#: said in an answer, so that it must be found where answers are read and nowhere else
CANARY = "Zwqxquote my mother sent me"


@dataclass(frozen=True)
class Field:
    """An office that goes out: Madina monitors, Parviz plans, Manizha supervises; Nargis monitors for the other organisation."""

    office: Office
    madina: User  #: monitor
    parviz: User  #: programme manager
    nargis: User  #: monitor of the other organisation

    @property
    def centre(self) -> Organisation:
        return self.office.centre

    @property
    def other(self) -> Organisation:
        return self.office.other

    @property
    def manizha(self) -> User:
        return self.office.manizha


def open_field() -> Field:
    office = open_office()
    madina, parviz = (
        employ("madina", office.centre, Role.MONITOR),
        employ("parviz", office.centre, Role.PROGRAMME_MANAGER),
    )
    return Field(office, madina, parviz, employ("nargis", office.other, Role.MONITOR))


# -- forms


@cache
def made_of(path: Path = COTTON) -> xlsforms.Made:
    """The form of a workbook, made once for a run."""
    return xlsforms.make(path.read_bytes())


def small_form(form_id: str = "small", version: str = "1", more: str = "", binds: str = "") -> bytes:
    """A form of a few questions, written by hand: a text, a number, a picture, and whatever is wanted besides."""
    return f"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"
 xmlns:orx="http://openrosa.org/xforms" xmlns:entities="http://www.opendatakit.org/xforms/entities"><h:head><h:title>Small</h:title><model>
<instance><data id="{form_id}" version="{version}"><words/><count/><photo/>{more}<meta><instanceID/></meta></data></instance>
<bind nodeset="/data/words" type="string"/><bind nodeset="/data/count" type="int"/><bind nodeset="/data/photo" type="binary"/>{binds}
<bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/></model></h:head><h:body>
<input ref="/data/words"><label>Words</label></input><input ref="/data/count"><label>How many?</label></input>
<upload ref="/data/photo" mediatype="image/*"><label>Photo</label></upload></h:body></h:html>""".encode()


def brought(field: Field, xml: bytes = b"", *, actor: Any = None, organisation: Any = None, **more: Any) -> FormVersion:
    """A draft: the cotton form unless another one is given."""
    made = forming.Brought(xml, []) if xml else forming.Brought(made_of().xml, made_of().remarks)
    return forming.bring(actor=actor or field.parviz, organisation=organisation or field.centre, brought=made, **more)


def opened(field: Field, xml: bytes = b"", **more: Any) -> FormVersion:
    """The same, handed out."""
    version = brought(field, xml, **more)
    forming.move(actor=more.get("actor") or field.parviz, version=version, after="open")
    return version


# -- devices and what they send


def equipped(field: Field, holder: Any = None, *, actor: Any = None, organisation: Any = None) -> equipping.Equipped:
    """A device for Madina unless it is for somebody else."""
    return equipping.make_device(
        actor=actor or field.manizha,
        organisation=organisation or field.centre,
        holder=holder or field.madina,
        label="Tablet 3",
    )


def new_instance() -> str:
    return f"uuid:{uuid.uuid4()}"


def filled(
    answers: str = "<words>Good</words><count>3</count>", *, form_id: str = "small", version: str = "1", instance: str = "", meta: str = ""
) -> bytes:  # fmt: skip
    """A filled form as a device writes it."""
    stamp = f' version="{version}"' if version else ""
    return (
        f'<?xml version="1.0"?><data id="{form_id}"{stamp} xmlns:orx="http://openrosa.org/xforms">{answers}'
        f"<orx:meta><orx:instanceID>{instance or new_instance()}</orx:instanceID>{meta}</orx:meta></data>"
    ).encode()


def cotton(instance: str = "", *, pupils: int = 2, photo: str = "") -> bytes:
    """A visit to a field and a school in Farkhor, with pupils who were asked."""
    pupil = (
        f"<pupil><sex>f</sex><age>14</age><consent>both</consent><picked>yes</picked><days>12</days><rate>0.5</rate>"
        f"<who_made>school</who_made><quote>{CANARY}</quote></pupil>"
    )
    picture = f"<photo>{photo}</photo>" if photo else "<photo/>"
    answers = (
        "<start>2026-11-21T08:00:00.000+05:00</start><end>2026-11-21T08:40:00.000+05:00</end><today>2026-11-21</today>"
        "<visit><visit_date>2026-11-21</visit_date><ngo>ngo1</ngo><province>khatlon</province><district>farkhor</district>"
        "<jamoat>Dehqonobod</jamoat><gps>37.5 69.4 0.0 5.0</gps></visit><field><at_field>yes</at_field><adults>12</adults>"
        f"<children>5</children><child_share>29.4</child_share>{picture}</field><school><enrolled>28</enrolled><present>6</present>"
        "<absent_pct>78.6</absent_pct><absent_reason>cotton ill</absent_reason></school>"
        f"{pupil * pupils}<n_pupils>{pupils}</n_pupils><followup>no</followup>"
    )
    return filled(answers, form_id="cotton_visit", version="2026112101", instance=instance)


def received(device: Device, xml: bytes, files: Mapping[str, bytes] | None = None) -> receiving.Receipt:
    held = {name: io.BytesIO(content) for name, content in (files or {}).items()}
    return receiving.receive(device=device, xml=xml, files=held)


def sent_in(field: Field, *, count: int = 1) -> list[Submission]:
    """Cotton visits as Madina's device sent them, under a form that is open."""
    opened(field)
    device = equipped(field).device
    return [received(device, cotton()).submission for _each in range(count)]


def picture(colour: str = "red", size: int = 40) -> bytes:
    """A photograph with a place in it."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (37.0, 30.0, 0.0), 3: "E", 4: (69.0, 24.0, 0.0)}
    out = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


class Tablet:
    """A device as the server sees it: digest access with a count, requests like those of an app that speaks OpenRosa."""

    def __init__(self, held: equipping.Equipped, client: Client | None = None, algorithm: str = "MD5") -> None:
        self.name, self.password, self.token = held.device.code, held.password, held.token
        self.client, self.algorithm, self.nonce, self.count = client or Client(), algorithm, "", 0

    def get(self, address: str, **more: Any) -> Any:
        return self._asked("GET", address, **more)

    def head(self, address: str, **more: Any) -> Any:
        return self._asked("HEAD", address, **more)

    def send(self, xml: bytes, files: Mapping[str, bytes] | None = None, address: str = "/openrosa/submission") -> Any:
        body, kind = multipart(xml, files or {})
        return self._asked("POST", address, data=body, content_type=kind)

    def _asked(self, method: str, address: str, **more: Any) -> Any:
        answer = self._once(method, address, **more)
        if answer.status_code == 401 and "WWW-Authenticate" in answer:
            self.nonce, self.count = nonce_of(answer["WWW-Authenticate"]), 0
            answer = self._once(method, address, **more)
        return answer

    def _once(self, method: str, address: str, **more: Any) -> Any:
        headers = {**more.pop("headers", {}), "X-OpenRosa-Version": "1.0"}
        if self.nonce:
            self.count += 1
            headers["Authorization"] = self.credentials(method, address)
        return self.client.generic(method, address, headers=headers, **more)

    def credentials(self, method: str, address: str, count: int = 0) -> str:
        number, mine = f"{count or self.count:08x}", "0a4f113b"
        hashed = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}[self.algorithm]

        def digest(words: str) -> str:
            return hashed(words.encode()).hexdigest()

        first, second = digest(f"{self.name}:Hamroh:{self.password}"), digest(f"{method}:{address}")
        response = digest(f"{first}:{self.nonce}:{number}:{mine}:auth:{second}")
        return (
            f'Digest username="{self.name}", realm="Hamroh", nonce="{self.nonce}", uri="{address}", algorithm={self.algorithm}, '
            f'qop=auth, nc={number}, cnonce="{mine}", response="{response}"'
        )


def nonce_of(challenge: str) -> str:
    found = re.search(r'nonce="([^"]+)"', challenge)
    assert found
    return found[1]


def multipart(xml: bytes, files: Mapping[str, bytes]) -> tuple[bytes, str]:
    """The body of a submission and its type."""
    line = "----aB03x"
    parts = [("xml_submission_file", "submission.xml", "text/xml", xml)]
    parts += [(name, name, "application/octet-stream", content) for name, content in files.items()]
    body = b"".join(
        f'--{line}\r\nContent-Disposition: form-data; name="{part}"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'.encode()
        + content + b"\r\n" for part, name, kind, content in parts
    )  # fmt: skip
    return body + f"--{line}--\r\n".encode(), f"multipart/form-data; boundary={line}"
