"""An address of a secret place is tried through every door, and afterwards stands in no table, page, file or log."""

import io
import json
import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from crawler import walk
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client, override_settings
from openpyxl import Workbook
from pages import Page
from world import World

from hamroh.kernel.text import fold

pytestmark = pytest.mark.django_db
#: the same secret in three scripts, each with a word that is in no language
CANARIES = {"en": "Zwqxcanary street 7", "tg": "кӯчаи Ҷғқанарейка 7", "az": "Çğəkanareyka küçəsi 7"}
SECRETS = tuple({form(text.split()[at]) for at, text in ((0, CANARIES["en"]), (1, CANARIES["tg"]), (0, CANARIES["az"]))
                 for form in (str.casefold, fold)})  # fmt: skip
#: told openly, so that it must be found: the sweep looks where it says
OPEN = "Zwqxopenly avenue 9"
DESK = "/desk/directory/"
LISTS = ("organizations", "services", "locations", "service_at_locations", "taxonomy_terms")


class Kept(logging.Handler):
    """Every record of every logger, said in full."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{self.format(record)} {record.args!r}")


@dataclass
class Aftermath:
    """What the doors answered, and all places where something may have stayed; ``pages`` by address."""

    answers: list[tuple[str, int]] = field(default_factory=list)
    shown_to_editor: list[str] = field(default_factory=list)
    tables: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    files: str = ""
    log: str = ""


def texts(canary: dict[str, str], name: str) -> dict[str, str]:
    return {f"{name}_{lang}": text for lang, text in canary.items()}


def hidden_rows() -> list[dict[str, str]]:
    """Rows of the template that would tell where a secret place is, one way each."""
    lines = texts(CANARIES, "address") | texts(CANARIES, "directions")
    party = {"record": "party", "key": "canary-party", "kind": "registered_ngo", "name_en": "Canary keepers"}
    service = {"record": "service", "key": "canary-service", "party": "canary-party", "name_en": "Help"}
    place = {"record": "location", "key": "canary-place", "party": "canary-party"}
    return [
        party,
        {**place, "confidentiality": "secret", **lines},
        {**place, "key": "canary-office", "confidentiality": "phone_first", **lines},
        {**place, "key": "canary-house", "confidentiality": "public", "name_tg": "Паноҳгоҳи занон", **lines},
        {**place, "key": "canary-told", "confidentiality": "public", **lines},
        {**service, "secret_place": "yes", "locations": "canary-told"},
        {**service, "key": "canary-kind", "kinds": "hm0152", **lines},
    ]


def as_csv(rows: list[dict[str, str]]) -> bytes:
    header = list(dict.fromkeys(name for row in rows for name in row))
    return "\n".join(",".join(each) for each in [header, *([row.get(n, "") for n in header] for row in rows)]).encode()


def as_xlsx(rows: list[dict[str, str]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for line in as_csv(rows).decode().split("\n"):
        book.active.append(line.split(","))
    book.save(file)
    return file.getvalue()


def as_hsds() -> bytes:
    """A shelter as somebody else's HSDS would tell it."""
    lines = [
        {"id": "a", "address_1": text, "city": "x", "country": "TJ", "address_type": "physical"}
        for text in CANARIES.values()
    ]
    place = {"id": "l", "name": "House", "location_type": "physical", "addresses": lines, "description": CANARIES["en"]}
    service = {
        "id": "s", "name": "Shelter", "status": "active", "organization_id": "o",
        "service_at_locations": [{"id": "sl", "service_id": "s", "location_id": "l", "location": place}],
    }  # fmt: skip
    organization = {"id": "o", "name": "Keepers", "description": "x", "services": [service], "locations": [place]}
    return json.dumps({"organizations": [organization]}, ensure_ascii=False).encode()


def files() -> Iterator[tuple[str, bytes]]:
    told = f"{CANARIES['en']}.csv"
    yield "directory.csv", as_csv(hidden_rows())
    yield "directory.xlsx", as_xlsx(hidden_rows())
    yield "directory.json", as_hsds()
    yield "broken.csv", as_csv(hidden_rows()).decode().encode("utf-16")
    yield "broken.json", as_hsds()[:-9]
    yield "broken.xlsx", as_xlsx(hidden_rows())[:900] + CANARIES["tg"].encode()
    yield told, as_csv([{"record": "party", "key": "x", "kind": CANARIES["az"], "name_en": ""}])


def try_files(editor: Client, after: Aftermath) -> None:
    """Hand each file over, look at what is said, and say yes."""
    for name, content in files():
        answer: Any = editor.post(f"{DESK}import/", {"file": SimpleUploadedFile(name, content)})
        after.answers.append((name, answer.status_code))
        after.shown_to_editor.append(answer.content.decode())
        if answer.status_code == 302:
            after.shown_to_editor.append(editor.get(answer["Location"]).content.decode())
            editor.post(answer["Location"], {"do": "take"})


def try_forms(editor: Client, after: Aftermath, service: Any) -> None:
    """Pages of the desk: an office that only tells its district, a shelter with an office, words where codes belong."""
    party = f"{DESK}party/{service.party.code}/"
    place = {
        f"locations-0-{name}": text
        for name, text in (texts(CANARIES, "address") | texts(CANARIES, "directions")).items()
    }
    doors = {
        f"{party}edit/": place | {"locations-0-confidentiality": "area_only"},
        f"{DESK}new/": place | {"names_en": "Keepers", "kind": "poet", "locations-0-confidentiality": "public"},
        f"{party}service/": {
            "names_en": "Night",
            "kinds": "hm0152",
            "areas": CANARIES["tg"],
            "locations": CANARIES["en"],
        },
        f"{DESK}service/{service.code}/edit/": {
            "secret": "on",
            "areas": CANARIES["en"],
            "schedules-0-unit": CANARIES["az"],
        },
    }
    for address, told in doors.items():
        answer = editor.post(address, Page(editor.get(address).content.decode()).form("seen") | told)
        after.answers.append((address, answer.status_code))
    for tail, name in (("verify/", "next_review_date"), ("move/", "to")):
        editor.post(f"{DESK}service/{service.code}/{tail}", {name: CANARIES["en"]})
    editor.post(f"{party}consent/", {"how": "x", "text_version": "1", "given_date": CANARIES["en"], "expires_date": ""})


def try_public(visitor: Client, world: World) -> None:
    """What anybody may type or put into an address."""
    for lang, text in CANARIES.items():
        visitor.post(f"/{lang}/info/w", {"w": text})
        visitor.post(f"/{lang}/info/v", {"v": text, "a": "0"})
        visitor.post(f"/{lang}/info/e/{world.shelter}/r", {"reason": "moved", "text": text, "address": text})
        visitor.post(f"/{lang}/directory/s/{world.shelter}/wrong/", {"reason": text})
        visitor.post(f"/{lang}/directory/{world.party}/wrong/", {"reason": "moved", "note": text})
        visitor.post("/accounts/sign-in/", {"username": text, "password": text})


def tell_openly(editor: Client) -> None:
    """The address of an ordinary office, by the same door."""
    rows = [
        {"record": "party", "key": "open-party", "kind": "registered_ngo", "name_en": f"{OPEN} bureau", "state": "listed", "country": "tj"},
        {"record": "location", "key": "open-place", "party": "open-party", "confidentiality": "public", "address_en": OPEN},
    ]  # fmt: skip
    answer: Any = editor.post(f"{DESK}import/", {"file": SimpleUploadedFile("open.csv", as_csv(rows))})
    editor.post(answer["Location"], {"do": "take"})


def all_tables() -> str:
    """Every row of every table as text, inflated where it is deflated; what a full-text index tells nobody stands beside it."""
    said: list[str] = []
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {"search_tokens"}:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            said += (
                _said(value)
                for row in cursor.fetchall()
                for value in row
                if isinstance(value, str | bytes | memoryview)
            )
    return "\n".join(said)


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value.encode().decode("unicode_escape") if "\\u" in value and value.isascii() else value
    try:
        return zlib.decompress(value).decode(errors="replace")
    except zlib.error:
        return bytes(value).decode(errors="replace")


def all_pages(world: World) -> Iterator[tuple[str, str]]:
    """Public pages, everything that programs may read, and every export."""
    from hamroh.directory.exchange.exporting import as_csv as exported
    from hamroh.directory.exchange.exporting import public_lines
    from hamroh.directory.models import Party, Service

    client = Client()
    codes = [f"/en/directory/{code}/" for code in Party.objects.values_list("code", flat=True)]
    codes += [f"/en/directory/s/{code}/" for code in Service.objects.values_list("code", flat=True)]
    for visit in walk(client, each=1, most=120, starts=(*codes, f"/tg/info/e/{world.shelter}", "/tg/info/p/1438")):
        yield visit.address, visit.answer.content.decode()
    for name in LISTS:
        yield name, client.get(f"/api/hsds/{name}?per_page=500&full=true").content.decode()
    for name in ("parties", "services"):
        yield name, client.get(f"/api/v1/{name}?per_page=100").content.decode()
    yield "package", _unzipped(b"".join(client.get("/api/hsds/datapackage.zip")))  # type: ignore[arg-type]
    yield "export", "".join(exported(public_lines()))


def _unzipped(content: bytes) -> str:
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(content)) as package:
        return "\n".join(package.read(name).decode() for name in package.namelist())


@pytest.fixture(scope="module")
def aftermath(miniature: World, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Aftermath]:
    from hamroh.accounts.models import User
    from hamroh.directory.models import Service

    after, kept, folder = Aftermath(), Kept(), tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), transaction.atomic(), storage(folder), listening(kept):
        editor = Client()
        editor.force_login(User.objects.get(username="zarina"))
        try_files(editor, after)
        try_forms(editor, after, Service.objects.select_related("party").get(code=miniature.service))
        try_public(Client(), miniature)
        tell_openly(editor)
        after.tables = all_tables().casefold()
        after.files = "\n".join(
            path.name + path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file()
        )
        after.pages = {address: text.casefold() for address, text in all_pages(miniature)}
        after.log = "\n".join(kept.said).casefold()
        yield after
        transaction.set_rollback(True)


def storage(folder: Path) -> Any:
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    return override_settings(STORAGES=settings.STORAGES | {"default": backend})


class listening:
    """All loggers say everything to one handler; the database's own statements are left out."""

    def __init__(self, handler: Kept) -> None:
        self.handler, self.root, self.level = handler, logging.getLogger(), logging.getLogger().level

    def __enter__(self) -> None:
        self.root.addHandler(self.handler)
        self.root.setLevel(logging.DEBUG)

    def __exit__(self, *_error: object) -> None:
        self.root.removeHandler(self.handler)
        self.root.setLevel(self.level)


def told(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text.casefold()]


def test_it_refuses_at_every_form(aftermath: Aftermath) -> None:
    assert {status for address, status in aftermath.answers if address.startswith("/")} == {422}


def test_it_reads_or_refuses_every_file(aftermath: Aftermath) -> None:
    assert [(name, status) for name, status in aftermath.answers if status not in (302, 422)] == []


def test_it_repeats_nothing_of_a_file_to_the_editor(aftermath: Aftermath) -> None:
    assert [told(page) for page in aftermath.shown_to_editor if told(page)] == []


def test_it_stands_in_no_table(aftermath: Aftermath) -> None:
    assert told(aftermath.tables) == []


def test_it_stands_on_no_page_and_in_no_export(aftermath: Aftermath) -> None:
    assert [(address, told(text)) for address, text in aftermath.pages.items() if told(text)] == []


def test_it_stands_in_no_file(aftermath: Aftermath) -> None:
    assert told(aftermath.files) == []


def test_it_stands_in_no_log(aftermath: Aftermath) -> None:
    assert told(aftermath.log) == []


def test_it_would_find_what_is_told_openly(aftermath: Aftermath) -> None:
    """Otherwise the tests above would prove nothing."""
    opened = OPEN.split()[0].casefold()
    found = {
        address.rstrip("/").rpartition("/")[0] or address for address, text in aftermath.pages.items() if opened in text
    }
    assert opened in aftermath.tables
    assert {"/en/directory", "organizations", "locations", "parties", "package", "export"} <= found


def test_it_listens_to_the_log(aftermath: Aftermath) -> None:
    assert "/tg/info/w" in aftermath.log
