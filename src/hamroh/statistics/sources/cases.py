"""Facts of cases: whoever came in a quarter belongs to it for good; a year later is added what became of her.

She is counted once, in the quarter in which she came. Where she said that she does not want to be counted she stands in totals alone:
every category of hers is *not known*.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.cases import figuresets
from hamroh.cases.figuresets import Districts
from hamroh.cases.models import Case, Channel, Consent, Matter, MatterKind, Part, Person, Purpose, Result, Risk, Service
from hamroh.cases.models.casework import Help
from hamroh.kernel.disclosure import Box, Published
from hamroh.statistics import facts
from hamroh.statistics.counting import PURPOSE
from hamroh.statistics.facts import DISTRICT, NONE, SEVERAL, UNKNOWN, Fact, Variable
from hamroh.statistics.quarters import Quarter
from hamroh.vault import opening
from hamroh.vault.decisions import Upkeep

#: the register of the figures of cases by months
POPULATION = "cases"
SEXES = (("f", pgettext_lazy("sex", "Woman")), ("m", pgettext_lazy("sex", "Man")))
BANDS = (
    ("0-17", pgettext_lazy("age", "Under 18")), ("18-29", pgettext_lazy("age", "18 to 29")), ("30-44", pgettext_lazy("age", "30 to 44")),
    ("45-59", pgettext_lazy("age", "45 to 59")), ("60", pgettext_lazy("age", "60 and more")),
)  # fmt: skip
OPEN, ENDED = "open", "ended"
_MANY = ((NONE, _("Not one")), (SEVERAL, _("Several")))
#: what is known when she comes
CAME = (
    Variable(DISTRICT, _("District"), is_sensitive=True), Variable("sex", _("Sex"), SEXES),
    Variable("age", _("Age"), BANDS, groups={"young": ("0-17", "18-29"), "older": ("30-44", "45-59", "60")},
             group_words={"young": _("Under 30"), "older": _("30 and more")}),
    Variable("channel", pgettext_lazy("statistics", "How she came"), Channel.choices),
    Variable("risk", _("Risk"), Risk.choices, is_sensitive=True),
    Variable("matter", _("Matter"), (*MatterKind.choices, *_MANY), is_sensitive=True, name="first-matter"),
)  # fmt: skip
_TOGETHER = ("won", "partly", "agreed")
#: what became of her within a year
BECAME = (
    *(each for each in CAME if each.code in (DISTRICT, "sex", "age", "channel")),
    Variable("kind", _("Matter"), (*MatterKind.choices, *_MANY), is_sensitive=True),
    Variable("help", _("What was done for her"), (*Help.choices, *_MANY)),
    Variable("result", pgettext_lazy("figures", "Result"), (*Result.choices, (OPEN, _("Still open")), (ENDED, _("Ended without a result")), (SEVERAL, _("Several"))),
             is_sensitive=True, groups={"good": _TOGETHER}, group_words={"good": _("What she wanted, or a part of it")}),
)  # fmt: skip


def came(organisation: Organisation, quarter: Quarter) -> Iterator[Fact]:
    """Everybody who came in a quarter, as is known of her now."""
    cases = list(_cases(organisation, quarter))
    units, people, silent = Districts.of([organisation.country]), _people(cases, quarter), _silent(cases)
    kinds = _several(Matter, cases, "kind")
    for case in cases:
        told = {
            DISTRICT: units.around(case.area) or UNKNOWN, "channel": case.channel, "risk": case.risk,
            "matter": _one(kinds.get(case.pk, ())), **people.get(case.pk, {"sex": UNKNOWN, "age": UNKNOWN}),
        }  # fmt: skip
        yield Fact(case.pk, dict.fromkeys(told, UNKNOWN) if case.pk in silent else told)


def became(organisation: Organisation, quarter: Quarter) -> Iterator[Fact]:
    """The same people a year later: their matters, what was done for them, how it ended."""
    cases = {case.pk: case for case in _cases(organisation, quarter)}
    kinds, results = _several(Matter, cases.values(), "kind"), _several(Matter, cases.values(), "result")
    helps, silent = _several(Service, cases.values(), "kind"), _silent(cases.values())
    for fact in came(organisation, quarter):
        case = cases[fact.record]
        shared = {code: fact.told[code] for code in (DISTRICT, "sex", "age", "channel")}
        later = {
            "kind": _one(kinds.get(case.pk, ())), "help": _one(helps.get(case.pk, ())),
            "result": _result(case, results.get(case.pk, set())),
        }  # fmt: skip
        yield Fact(case.pk, shared | (dict.fromkeys(later, UNKNOWN) if case.pk in silent else later))


def empty_by_nature(tables: Sequence[Published]) -> Sequence[Box]:
    """What everybody knows to be nobody, as the figures by months say it: both are audited together."""
    found = figuresets.of(POPULATION)
    return found.empty(tables) if found else ()


def there(ids: Sequence[UUID]) -> set[UUID]:
    """Cases that are not erased."""
    return set(Case.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _cases(organisation: Organisation, quarter: Quarter) -> Any:
    rows = Case.objects.filter(
        organisation=organisation, opened_week__gte=quarter.start, opened_week__lt=quarter.end
    ).exclude(status="draft")
    return rows.only("pk", "organisation_id", "area", "channel", "risk", "closed_week", "opened_week").order_by("pk")


def _result(case: Case, results: set[str]) -> str:
    """How it ended: still open, without any result, one, or several."""
    if case.closed_week is None:
        return OPEN
    return _one(results - {""}, ENDED)


def _one(values: Iterable[str], none: str = NONE) -> str:
    different = set(values)
    return none if not different else different.pop() if len(different) == 1 else SEVERAL


def _several(model: Any, cases: Iterable[Case], column: str) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for case, value in model.objects.filter(case__in=list(cases)).values_list("case_id", column):
        found.setdefault(case, set()).add(value)
    return found


def _silent(cases: Iterable[Case]) -> set[UUID]:
    """Who said last that she does not want to be counted."""
    rows = Consent.objects.filter(case__in=list(cases), purpose=Purpose.STATISTICS, about=None).order_by("made_at")
    last: Mapping[UUID, str] = dict(rows.values_list("case_id", "answer"))
    return {case for case, answer in last.items() if answer != "given"}


def _people(cases: Iterable[Case], quarter: Quarter) -> dict[UUID, dict[str, str]]:
    """Sex and age band of the clients: opened to be counted, and shown to nobody."""
    rows = Person.objects.filter(case__in=list(cases), part=Part.CLIENT)
    found: dict[UUID, dict[str, str]] = {}
    with opening.scoring(PURPOSE):
        for row in rows:
            told = opening.open_to_score(row, ("born", "facts"), decision=Upkeep(row.sealed_under()))
            sex = (told["facts"] or {}).get("sex") or UNKNOWN
            found[row.case_id] = {"sex": sex if sex in dict(SEXES) else UNKNOWN, "age": band(told["born"], quarter)}
    return found


def band(born: Any, quarter: Quarter) -> str:
    """The age band of a birth at the end of a quarter's year; not known where no year is."""
    year = (born or {}).get("year") if isinstance(born, dict) else None
    if not isinstance(year, int) or not 0 <= quarter.year - year <= 120:
        return UNKNOWN
    starts = [(int(code.partition("-")[0]), code) for code, _label in BANDS]
    return next(code for start, code in reversed(starts) if quarter.year - year >= start)


facts.declare(facts.FactSource(
    key="came", place=10, title=pgettext_lazy("statistics", "Who came"), unit=pgettext_lazy("statistics", "People who came"), register=POPULATION, measure=POPULATION, time="opened",
    lead=_("Everybody who came to us in a quarter, once, as it was known when the quarter closed."),
    variables=CAME, rows=came, there=there, empty=empty_by_nature,
))  # fmt: skip
facts.declare(facts.FactSource(
    key="became", place=20, title=pgettext_lazy("statistics", "What became of them"), unit=pgettext_lazy("statistics", "People who came"), register=POPULATION, measure=POPULATION, time="opened",
    lead=_("The same people a year later: what was done, and how it ended. Who came in a quarter belongs to it for good."),
    variables=BECAME, rows=became, there=there, empty=empty_by_nature, waits=4,
))  # fmt: skip
