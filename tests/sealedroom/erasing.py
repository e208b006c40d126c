"""Seals two matters in a process of its own, erases one by two people, and tells what stood in the database before: ``main``."""

import datetime as dt
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

from sealedroom.doors import WORDS

NOTES = 8


def canaries() -> list[str]:
    """Forty secrets in four scripts."""
    return [f"{WORDS[script]}erased{number}" for script in WORDS for number in range(10)]


def main(home: Path) -> None:
    import django

    django.setup()
    organisation, people = _people()
    gone, kept = (_matter(organisation, prefix) for prefix in ("", "kept "))
    sealed = {"gone": _sealed(gone[0]), "kept": _sealed(kept[0])}
    row = _erase(organisation, people, gone[0])
    told = sealed | {
        "canaries": canaries(), "state": row.state, "erased": row.lines.filter(outcome="erased").count(),
        "there": [_is_there(each) for each in (kept[0], gone[0])],
        "file": {"gone": gone[1], "kept": kept[1]},
    }  # fmt: skip
    Path(os.environ["TMPDIR"], "sealed.json").write_text(json.dumps(told), encoding="utf-8")


def _people() -> tuple[Any, list[Any]]:
    from hamroh.accounts import actions

    people = [
        actions.add_member(
            actor=None, username=role, display_name=role, role=role, organisation_code="house", password=None
        )
        for role in ("supervisor", "auditor")
    ]
    return people[0].memberships.get().organisation, people


def _matter(organisation: Any, prefix: str) -> tuple[Any, str]:
    """A matter that was closed long ago, with every secret in one of its rows or in its file."""
    from django.db import transaction

    from hamroh.vault import files
    from sealedroom.models import Matter, Note

    said = [prefix + each for each in canaries()]
    with transaction.atomic():
        matter = Matter.objects.create(
            organisation=organisation, opened_week=dt.date(2018, 1, 1), closed_week=dt.date(2019, 3, 4), name=said[0],
            phone="+992 93 555-00-12" if prefix else "+992 93 734-09-17", document=said[1],
            story={"what": said[2 : -NOTES * 4]},
        )  # fmt: skip
        for each in said[-NOTES * 4 :]:
            Note.objects.create(organisation=organisation, matter=matter, text=each * 20)
        file = files.store(
            io.BytesIO("\n".join(said).encode()), name=f"{said[3]}.txt", organisation_id=organisation.pk,
            record=("sealedroom.matter", str(matter.pk)), actor=None,
        )  # fmt: skip
    return matter, file.pk.hex


def _sealed(matter: Any) -> dict[str, str]:
    """Every sealed value, blind index, row seal and wrapped key of a matter, as hex, as it stands in the database."""
    from django.db import connection

    found = {}
    asked = {
        "matter": ("SELECT * FROM sealedroom_matter WHERE id = %s", matter.pk.hex),
        "note": ("SELECT * FROM sealedroom_note WHERE matter_id = %s", matter.pk.hex),
        "file": ("SELECT * FROM vault_sealedfile WHERE record_id = %s", matter.pk.hex),
    }
    with connection.cursor() as cursor:
        for name, (sql, key) in asked.items():
            cursor.execute(sql, [key])
            for number, row in enumerate(cursor.fetchall()):
                found |= {
                    f"{name} {number} {at}": value[:300].hex()
                    for at, value in enumerate(row)
                    if isinstance(value, bytes)
                }
    return found


def _erase(organisation: Any, people: list[Any], matter: Any) -> Any:
    from django.utils import timezone

    from hamroh.accounts.actions import retention as actions
    from hamroh.vault.models import Release
    from sealedroom.keeping import MATTERS

    supervisor, auditor = people
    row = actions.propose(actor=supervisor, organisation=organisation, of=MATTERS, ids=[matter.pk])
    Release.objects.update(opens_at=timezone.now())
    row.refresh_from_db()
    actions.release(actor=auditor, organisation=organisation, row=row)
    actions.night()
    row.refresh_from_db()
    return row


def _is_there(matter: Any) -> bool:
    return type(matter).objects.filter(pk=matter.pk).exists()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
