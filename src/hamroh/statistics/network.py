"""The network's board: tables that organisations let out for everybody, side by side, and nothing that did not leave."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from hamroh.accounts import rowsecurity
from hamroh.accounts.models import Organisation
from hamroh.kernel.disclosure import ALL
from hamroh.statistics import boards, drawings
from hamroh.statistics.boards import Answer, Line, Listing, Part, Row, Shown
from hamroh.statistics.released import ReleasedTable, tables
from hamroh.vault.models import Audience, FiguresRelease
from hamroh.web.dates import day as day_in
from hamroh.web.templatetags.hamroh import number
from hamroh.web.texts import pick

NETWORK = "network"
#: the newest tables that a page adds up
MOST = 200


def released() -> QuerySet[FiguresRelease]:
    """What every organisation let out for everybody, the last first."""
    rows = FiguresRelease.objects.filter(audience=Audience.PUBLIC, refusal="", table__isnull=False)
    return rows.select_related("population").order_by("-made_at", "pk")


def _rows(_actor: Any, _house: Organisation) -> list[FiguresRelease]:
    with rowsecurity.opened_for_all():
        return list(released()[:MOST])


def houses(rows: Sequence[FiguresRelease]) -> dict[Any, str]:
    lang = get_language() or "en"
    found = Organisation.objects.filter(pk__in={row.organisation_id for row in rows})
    return {each.pk: pick(each.names, lang).text or each.code for each in found}


def _lines(_actor: Any, rows: Sequence[FiguresRelease]) -> list[Line]:
    names, lang = houses(rows), get_language() or "en"
    return [
        Line(
            ReleasedTable.of(row).title, reverse("boards:table", args=(row.pk,)),
            f"{names.get(row.organisation_id, '')}, {day_in(row.made_at.date(), lang)}",
        )
        for row in rows
    ]  # fmt: skip


def shown(actor: Any, house: Organisation) -> Shown:
    """How many tables of how many organisations, and the newest whole count of each for each kind of figures."""
    rows = _rows(actor, house)
    found, names = tables(rows), houses(rows)
    sharing = {row.organisation_id for row in rows}
    to = reverse("boards:list", args=(NETWORK, "tables"))
    said = ngettext("%(count)s table was let out for everybody.", "%(count)s tables were let out for everybody.", len(rows)) % {"count": number(len(rows))}  # fmt: skip
    who = ngettext("%(count)s organisation shares its figures.", "%(count)s organisations share their figures.", len(sharing)) % {"count": number(len(sharing))}  # fmt: skip
    answers = [Answer(said, len(rows), to if rows else ""), Answer(who, len(sharing), reverse("boards:list", args=(NETWORK, "houses")) if rows else "")]  # fmt: skip
    table, told = [], []
    for row, each in _newest(rows, found):
        count = each.published.shown.get(tuple(ALL for _dimension in each.published.shape.dimensions))
        if count is not None:
            title = f"{names.get(row.organisation_id, '')}: {each.title}"
            table.append(Row(title, [(count, reverse("boards:table", args=(row.pk,)))]))
            told.append((title, count))
    note = _("A table is whole only as it left: what is withheld there is withheld here.")
    return Shown(answers, [_("Counted")], table, drawings.bars(_("What organisations counted"), told), note)


def _newest(
    rows: Sequence[FiguresRelease], found: Sequence[ReleasedTable]
) -> list[tuple[FiguresRelease, ReleasedTable]]:
    """The newest table of each organisation and each kind of figures."""
    newest: dict[tuple[Any, str], tuple[FiguresRelease, ReleasedTable]] = {}
    for row, each in zip(rows, found, strict=True):
        newest.setdefault((row.organisation_id, each.register), (row, each))
    return list(newest.values())


def _sharing(_actor: Any, _house: Organisation) -> list[Organisation]:
    with rowsecurity.opened_for_all():
        ids = set(released()[:MOST].values_list("organisation_id", flat=True))
    return list(Organisation.objects.filter(pk__in=ids).order_by("code"))


def _house_lines(_actor: Any, rows: Sequence[Organisation]) -> list[Line]:
    lang = get_language() or "en"
    return [Line(pick(each.names, lang).text or each.code) for each in rows]


boards.declare(
    Part(
        NETWORK, "released", 10, gettext_lazy("What was let out"), shown,
        lists={
            "tables": Listing(gettext_lazy("Tables for everybody"), _rows, _lines),
            "houses": Listing(gettext_lazy("Organisations that share figures"), _sharing, _house_lines),
        },
    )
)  # fmt: skip
