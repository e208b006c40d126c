"""A project's money by currency, beside its budget. One currency is never turned into another."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.projects.reports import told
from hamroh.projects.reports.parts import Block, Cell, note, table
from hamroh.projects.reports.told import Content

#: what is told of each currency, in this order
COLUMNS = ("budget", "received", "received_so_far", "spent", "spent_so_far")


def blocks(content: Content, lang: str) -> Iterator[Block]:
    """One line a currency."""
    head = (
        pgettext("money", "Currency"), pgettext("money", "Budget of the project"), _("Received in this period"), _("Received so far"),
        _("Spent in this period"), _("Spent so far"),
    )  # fmt: skip
    rows = [
        (Cell(row["currency"]), *(told.cell(content["figures"].get(row["figures"].get(name, "")), lang) for name in COLUMNS))
        for row in content["money"]
    ]  # fmt: skip
    if rows:
        yield table(_("Money by currency"), head, rows, right=(1, 2, 3, 4, 5))
    if len(rows) > 1:
        yield note(_("Currencies are not converted into each other and not added up."))
