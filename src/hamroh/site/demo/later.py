"""Later releases of what the printed profile of the demonstration says: brought in as files of statistics are."""

import hashlib
from decimal import Decimal
from itertools import groupby

from hamroh.accounts.models import Organisation, User
from hamroh.evidence.actions.importing import Release, import_figures
from hamroh.evidence.incoming import Incoming
from hamroh.kernel.datafiles import rows

FILE = "profile/azerbaijan-later.csv"
AREA = "AZE"


def load_later(*, analyst: User, organisation: Organisation) -> int:
    """Every source of the file as a release of its own; how many figures came in."""
    told = sorted(rows(FILE), key=lambda row: (row["source"], row["released"]))
    brought = 0
    for (source, released), group in groupby(told, key=lambda row: (row["source"], row["released"])):
        figures = [_figure(number, row) for number, row in enumerate(group, 1)]
        digest = hashlib.sha256("\n".join(map(repr, figures)).encode()).hexdigest()
        release = Release(key=source, label=f"{released}, {AREA}", digest=digest, released=released)
        import_figures(actor=analyst, organisation=organisation, release=release, figures=figures)
        brought += len(figures)
    return brought


def _figure(number: int, row: dict[str, str]) -> Incoming:
    return Incoming(
        line=number, column="value", indicator=row["indicator"], area=AREA, dims=(), period=row["period"], value=Decimal(row["value"]),
        printed=row["value"],
    )  # fmt: skip
