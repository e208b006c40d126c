"""Later releases of public databases: what they say today of figures that the demonstration's printed profile has."""

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from hamroh.evidence.actions import Release, import_figures
from hamroh.evidence.exchange.bringing import facts_of_source
from hamroh.evidence.incoming import Incoming
from hamroh.evidence.models import Vintage
from hamroh.kernel.datafiles import document, rows

FILE = "demo/releases.csv"
Row = dict[str, str]


def load_releases() -> None:
    """Bring each release in as its analyst would from a file; one that is there already is left alone."""
    from hamroh.accounts.models import Organisation, User
    from hamroh.site.demo.figures import FILE as PROFILES

    told = document(PROFILES)
    take_in(User.objects.get(username=told["analyst"]), Organisation.objects.get(code=told["organisation"]))


def take_in(actor: Any, organisation: Any) -> None:
    """The releases of the file, each as one import."""
    for (key, label, released), said in groupby(
        rows(FILE), key=lambda row: (row["source"], row["label"], row["released"])
    ):
        lines = list(said)
        release = Release(key, label, _digest(lines), released, facts=facts_of_source(key))
        if not Vintage.objects.filter(source__key=key, label=label).exists():
            import_figures(actor=actor, organisation=organisation, release=release, figures=_figures(lines))


def _figures(lines: Sequence[Row]) -> list[Incoming]:
    return [
        Incoming(number, "value", row["indicator"], row["area"], (), row["period"], Decimal(row["value"]), printed=row["value"])
        for number, row in enumerate(lines, 1)
    ]  # fmt: skip


def _digest(lines: Sequence[Row]) -> str:
    return hashlib.sha256("\n".join(",".join(row.values()) for row in lines).encode()).hexdigest()
