"""The supervisor's board: what presses, who carries how much, what waits for a second person. Nothing sealed is opened for it."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from hamroh.accounts import policy
from hamroh.accounts.models import BreakGlass, Organisation
from hamroh.cases import selectors as cases
from hamroh.cases.models import Risk
from hamroh.cases.selectors.team import Filter, deadlines_ahead, filtered
from hamroh.cases.states import AT_REST
from hamroh.statistics import boards, drawings
from hamroh.statistics.boards import Answer, Part, Row, Shown
from hamroh.web.templatetags.hamroh import number

TEAM = "team"


def _listed(actor: Any, house: Organisation, by: Filter) -> tuple[int, str]:
    """How many cases a filter of the list leaves, and where they are listed."""
    rows = cases.cases(actor=actor, organisation=house)
    count = filtered(actor=actor, organisation=house, rows=rows, by=by).count()
    return count, f"{reverse('cases:list')}?{by.query}"


def pressing(actor: Any, house: Organisation) -> Shown | None:
    """Danger, days that come, and what is late."""
    if not policy.allowed(actor, "case.approve"):
        return None
    found = {
        "unseen": _listed(actor, house, Filter(unseen=True)), "high": _listed(actor, house, Filter(state="open", risk="high")),
        "late": _listed(actor, house, Filter(late=True)),
    }  # fmt: skip
    days = deadlines_ahead(actor=actor, organisation=house).count()
    unseen, high, late = (found[name][0] for name in ("unseen", "high", "late"))
    return Shown(
        [
            _answer(ngettext("No supervisor has looked at the danger in %(count)s case yet.", "No supervisor has looked at the danger in %(count)s cases yet.", unseen), found["unseen"], "risk"),
            _answer(ngettext("%(count)s open case is of high danger.", "%(count)s open cases are of high danger.", high), found["high"], "risk"),
            _answer(ngettext("Something is overdue in %(count)s case.", "Something is overdue in %(count)s cases.", late), found["late"], "due"),
            _answer(ngettext("%(count)s day of a matter is over or comes within the fortnight.", "%(count)s days of matters are over or come within the fortnight.", days), (days, reverse("cases:deadlines")), "due"),
        ]
    )  # fmt: skip


def _answer(said: str, found: tuple[int, str], state: str) -> Answer:
    count, href = found
    return Answer(said % {"count": number(count)}, count, href if count else "", state if count else "done")


def waiting(actor: Any, house: Organisation) -> Shown | None:
    """What a second person has to look at."""
    if not policy.allowed(actor, "case.approve"):
        return None
    closing = _listed(actor, house, Filter(state="closing"))
    answers = [_answer(ngettext("%(count)s case waits for approval to close.", "%(count)s cases wait for approval to close.", closing[0]), closing, "due")]  # fmt: skip
    if policy.allowed(actor, "access.review"):
        rows = BreakGlass.objects.filter(reviewed_at__isnull=True).exclude(user=actor)
        glasses = policy.visible(actor, "access.review", rows).count()
        said = ngettext("%(count)s emergency opening waits to be reviewed.", "%(count)s emergency openings wait to be reviewed.", glasses)  # fmt: skip
        answers.append(_answer(said, (glasses, reverse("day:reviews")), "risk"))
    return Shown(answers)


def carried(actor: Any, house: Organisation) -> Shown | None:
    """Who carries how much; each number is the list of that worker's cases."""
    if not policy.allowed(actor, "case.assign"):
        return None
    load = cases.load(actor=actor, organisation=house)
    nobodys = sum(each.open for each in load if each.owner is None)
    whole = sum(each.open for each in load)
    to = reverse("cases:list")
    rows = [_row(each, to) for each in load]
    answers = [
        _answer(ngettext("%(count)s case is open.", "%(count)s cases are open.", whole), (whole, f"{to}?state=open"), "now"),
        _answer(ngettext("%(count)s open case is nobody’s.", "%(count)s open cases are nobody’s.", nobodys), (nobodys, f"{to}?state=open&whose=nobody"), "due"),
    ]  # fmt: skip
    columns = [_("Open cases"), _("High danger"), pgettext("case", "Waits for approval to close")]
    return Shown(answers, columns, rows)


def _row(load: Any, to: str) -> Row:
    whose = f"owner={load.owner.pk.hex}" if load.owner else "whose=nobody"
    told = ((load.open, "state=open"), (load.high, "state=open&risk=high"), (load.closing, "state=closing"))
    cells = [(count, f"{to}?{query}&{whose}" if count else "") for count, query in told]
    return Row(str(load.owner) if load.owner else _("Nobody’s"), cells)


def danger(actor: Any, house: Organisation) -> Shown | None:
    """Open cases by how much danger there is, as a table and a picture."""
    if not policy.allowed(actor, "case.approve"):
        return None
    rows = cases.cases(actor=actor, organisation=house).exclude(status__in=AT_REST).order_by()
    counts = dict(rows.values_list("risk").annotate(Count("pk")))
    to, labels = reverse("cases:list"), [(code, str(label)) for code, label in reversed(Risk.choices)]
    told = [(label, counts.get(code, 0)) for code, label in labels]
    table = [Row(label, [(counts.get(code, 0), f"{to}?state=open&risk={code}" if counts.get(code) else "")]) for code, label in labels]  # fmt: skip
    return Shown(columns=[_("Open cases")], rows=table, picture=drawings.bars(_("Open cases by danger"), told))


boards.declare(Part(TEAM, "pressing", 10, gettext_lazy("What presses"), pressing))
boards.declare(Part(TEAM, "waiting", 20, gettext_lazy("What waits for a second person"), waiting))
boards.declare(Part(TEAM, "carried", 30, gettext_lazy("Who carries how much"), carried))
boards.declare(Part(TEAM, "danger", 40, gettext_lazy("Danger"), danger))
