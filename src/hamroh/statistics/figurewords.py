"""How the sixteen figures of work on cases read: what each is, what it counts over what, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from hamroh.kernel.indicators import Figure, Lack, Shape
from hamroh.web.templatetags.hamroh import number

#: title, and what it counts
WORDS: Mapping[str, tuple[Any, Any]] = {
    "cases": (_("Cases that were carried"), _("Cases that were open on some day of the quarter.")),
    "incidents": (_("Acts of violence that were written down"), _("Acts that were finished in the quarter, without those that were set aside.")),
    "delay": (_("How long until she told"), _("The middle of the days from the act until she told of it, where the day is known.")),
    "asked": (_("Danger was asked about"), _("Of the cases that were opened in the quarter, those in which the questions about danger were asked.")),
    "plan_at_once": (_("A safety plan within the hour"), _("Of the askings that showed high danger, those with a safety plan within an hour, or one from before.")),
    "planned": (_("A plan within two weeks"), _("Of the cases whose two weeks ended in the quarter, those with a goal in her words by then.")),
    "looked": (_("A supervisor looked within a day"), _("Of the askings that showed high danger, those that a supervisor looked at within 24 hours.")),
    "helped": (_("Cases in which something was done"), _("Of the cases that were carried, those with help given in the quarter.")),
    "referred": (_("Referrals for each case"), _("Referrals that were sent in the quarter, by the cases that were carried.")),
    "accepted": (_("Referrals that were accepted"), _("Of the referrals that were sent and answered, those that were accepted.")),
    "followed": (_("Danger was asked again in time"), _("Of the askings whose next one fell due in the quarter, those that were followed by one in time.")),
    "open_to_close": (_("From opening to closing"), _("The middle of the days from opening to closing, of cases that were closed in the quarter.")),
    "closed": (_("Cases that were closed"), _("Of the cases that were carried, those that were closed in the quarter.")),
    "satisfied": (_("Was she content?"), _("Nobody asks her yet in a way that is safe for her, so there is no figure.")),
    "load": (_("Open cases for each worker"), _("Cases that are open at the end and are somebody’s, by the people who may carry cases now.")),
    "supervised": (_("Workers for each supervisor"), _("People who may carry cases, by supervisors, as they are now.")),
}  # fmt: skip
LACKS: Mapping[Lack, Any] = {
    Lack.NOTHING: _("Nothing to count in this quarter."),
    Lack.NOT_KEPT: pgettext_lazy("figure", "Not kept."),
    Lack.NOT_KNOWN: _("Of some it is not known; they are left out."),
    Lack.WEEKS: _("A case keeps the week of its opening, not the day: counted from Monday."),
}


@dataclass(frozen=True)
class Said:
    """One figure in words. ``value`` is empty where there is none; ``of`` says over how many."""

    code: str
    title: str
    about: str
    value: str
    of: str
    lacks: list[str]


def told(figure: Figure) -> Said:
    """A figure as the reader reads it."""
    title, about = WORDS[figure.code]
    return Said(
        figure.code, str(title), str(about), _value(figure), _of(figure), [str(LACKS[each]) for each in figure.lacks]
    )


def _value(figure: Figure) -> str:
    if figure.value is None:
        return ""
    if figure.shape is Shape.SHARE:
        return f"{number(round(figure.value * 100))}\N{NO-BREAK SPACE}%"
    if figure.shape is Shape.MIDDLE:
        days = round(figure.value)
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days)}
    if figure.shape is Shape.RATIO:
        return str(number(round(figure.value, 1)))
    return str(number(int(figure.value)))


def _of(figure: Figure) -> str:
    if figure.value is None or figure.lower is None:
        return ""
    if figure.upper is None:
        return said("of %(count)s") % {"count": number(figure.lower)}
    if figure.shape is Shape.RATIO:
        return f"{number(figure.upper)} : {number(figure.lower)}"
    return said("%(upper)s of %(lower)s") % {"upper": number(figure.upper), "lower": number(figure.lower)}
