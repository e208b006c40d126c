"""Records that come and leave as files in tests: a file of another repository, and a consent to pass somebody on."""

import io
from typing import Any

import pyzipper

from hamroh.tracing import exchange
from hamroh.tracing.actions import consents, imports, passing
from hamroh.tracing.models import Pool, PoolImport, RecordFile, Request
from hamroh.tracing.pfif.reading import Found, people
from hamroh.tracing.rows import RECORDS
from tracing_world import Search

WORDS, SIGN = "They look for him where he works; agreed on 3 March.", "A letter of the repository, 2 March"
HOME = "example.org"


def xml(*records: str, version: str = "1.4") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<p:pfif xmlns:p="http://zesty.ca/pfif/{version}">{"".join(records)}</p:pfif>'.encode()


def record(name: str = "1", inside: str = "", **fields: str) -> str:
    """A record of a repository elsewhere; an empty field is left out."""
    told = {
        "person_record_id": f"{HOME}/{name}", "source_date": "2026-11-01T00:00:00Z", "full_name": "Zafar Kurbonov Rahimovich",
        "date_of_birth": "1988", "sex": "male", "home_city": "Kulyab",
    } | fields  # fmt: skip
    return f"<p:person>{''.join(f'<p:{each}>{value}</p:{each}>' for each, value in told.items() if value)}{inside}</p:person>"


def tombstone(name: str = "1", **fields: str) -> str:
    gone = dict.fromkeys(("full_name", "date_of_birth", "sex", "home_city"), "")
    return record(
        name, **{**gone, "expiry_date": "2026-11-20T00:00:00Z", "source_date": "2026-11-20T00:00:00Z", **fields}
    )


def note(**fields: str) -> str:
    told = {
        "note_record_id": f"{HOME}/n",
        "author_name": "Somon",
        "source_date": "2026-11-01T00:00:00Z",
        "text": "Zwqxnote",
    } | fields
    return f"<p:note>{''.join(f'<p:{each}>{value}</p:{each}>' for each, value in told.items() if value)}</p:note>"


def tried(search: Search, pool: Pool, *records: str, sign: str = SIGN) -> PoolImport:
    """A file that waits for a word, its records tried."""
    header, rows, digest = exchange.read_records(xml(*records), sign=sign)
    mapping = {RECORDS: 0}
    row = imports.hand_over(actor=search.bahrom, pool=pool, header=header, rows=rows, digest=digest, mapping=mapping)
    imports.choose_columns(actor=search.bahrom, row=row, mapping=mapping)
    return row


def taken_in(search: Search, pool: Pool, *records: str, **more: Any) -> PoolImport:
    row = tried(search, pool, *records, **more)
    imports.take_in(actor=search.bahrom, row=row)
    imports.work_off(row.pk)
    row.refresh_from_db()
    return row


def agreed(search: Search, row: Request, given: str = "given", to: Any = None) -> None:
    """Whoever asks says what she thinks of the other organisation's search."""
    to = to or search.office.other
    consents.answer(actor=row.owner, request=row, given=given, way="voice", lang="tg", to_organisation=to)


def asked_for(search: Search, who: Any = None, **more: Any) -> RecordFile:
    wish = {"to": search.office.other, "words": WORDS, "locked_by": "password"} | more
    return passing.ask_file(actor=who or search.bahrom, organisation=search.centre, wish=passing.Wish(**wish))


def opened(content: bytes, password: str) -> dict[str, bytes]:
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        archive.setpassword(password.encode())
        return {name: archive.read(name) for name in archive.namelist()}


def left(search: Search, row: RecordFile, who: Any = None) -> list[Found]:
    """Who stands in the file, as another repository reads it."""
    password = passing.make_file(actor=who or search.bahrom, file=row)
    content = passing.fetch_file(actor=who or search.bahrom, file=RecordFile.objects.get(pk=row.pk))
    return list(people(opened(content, password)["records.xml"]))
