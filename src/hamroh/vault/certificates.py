"""The certificate of a release: what was erased by which rule and by whose roles, with a MAC of the installation; nothing personal."""

import datetime as dt
import hmac
import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from hamroh.vault.models import JournalLine, Release, ReleaseLine
from hamroh.vault.states import ReleaseLife

FORMAT = "hamroh certificate of erasure 1"
#: backups are kept no longer: from then on no copy of ours holds what was erased
BACKUPS_KEPT = dt.timedelta(days=35)
MAC = "mac"


def certificate(release: Release, *, organisation: str) -> dict[str, Any]:
    """The certificate of a release that is done; ``organisation`` is the code by which it is known."""
    if release.state != ReleaseLife.done.name or release.released_at is None or release.ended_at is None:
        raise ValueError("a release has its certificate once it is done")
    lines = list(release.lines.order_by("journal_line"))
    gone: Counter[str] = Counter()
    for line in lines:
        gone.update(line.gone)
    told = {
        "format": FORMAT,
        "release": str(release.pk),
        "organisation": organisation,
        "record_class": release.record_class,
        "rule": release.rule,
        "ground": release.ground,
        "proposed": {"on": _day(release.proposed_at), "by": release.proposed_as},
        "released": {"on": _day(release.released_at), "by": release.released_as},
        "ended_on": _day(release.ended_at),
        "backups_hold_it_until": _day(release.ended_at + BACKUPS_KEPT),
        "records": dict(sorted(Counter(line.outcome for line in lines).items())),
        "rows": dict(sorted(gone.items())),
        "journal_lines": sorted(str(line.journal_line) for line in lines if line.outcome == ReleaseLine.ERASED),
    }
    return told | {MAC: _mac(told)}


def _day(moment: dt.datetime) -> str:
    return moment.date().isoformat()


def _mac(told: dict[str, Any]) -> str:
    """Under the journal's key: a certificate speaks of its lines, and the key is there while the vault is shut."""
    key = hmac.digest(settings.HOME.key("journal"), b"certificate of erasure v1", "sha256")
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(key, canonical.encode(), "sha256").hex()


@dataclass(frozen=True)
class Checked:
    """Whether this installation wrote it, and how many of the journal's lines that it names are there."""

    genuine: bool
    lines: int = 0
    lines_there: int = 0

    @property
    def holds(self) -> bool:
        return self.genuine and self.lines == self.lines_there

    def as_json(self) -> dict[str, Any]:
        return {"holds": self.holds, **asdict(self)}


def check(content: str) -> Checked:
    """Is this text a certificate of this installation, unchanged? Anything else is told so, never raised."""
    try:
        told = json.loads(content)
        said = told.pop(MAC)
        genuine = told["format"] == FORMAT and hmac.compare_digest(str(said), _mac(told))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Checked(genuine=False)
    if not genuine:
        return Checked(genuine=False)
    ids = [UUID(each) for each in told["journal_lines"]]
    there = JournalLine.objects.filter(pk__in=ids, verb="retention.erase").count()
    return Checked(genuine=True, lines=len(ids), lines_there=there)
