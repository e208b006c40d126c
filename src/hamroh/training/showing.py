"""What pages show of training, in the words of the reader."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.directory.forms.fields import SPOKEN
from hamroh.kernel.cascades import Range, Step, Why
from hamroh.kernel.gains import Gain, Kind
from hamroh.training.models import Age, Round, Sex
from hamroh.training.selectors import Cascade
from hamroh.training.states import RoundLife
from hamroh.web import dates
from hamroh.web.texts import pick


def lang() -> str:
    return get_language() or "en"


def number_words(row: Round) -> str:
    """6th of 12, said so that every language can: round 6 of 12."""
    if row.number and row.of_number:
        return _("Round %(number)s of %(of)s") % {"number": row.number, "of": row.of_number}
    return _("Round %(number)s") % {"number": row.number} if row.number else pgettext("training", "Round")


def period(starts: str, ends: str) -> str:
    """The days of a round as far as they are known."""
    first, last = (dates.partial(each, lang()) if each else "" for each in (starts, ends))
    if first and last and first != last:
        return f"{first} – {last}"
    return first or (_("until %(day)s") % {"day": last} if last else _("day not known"))


def title_of(row: Round) -> str:
    """Course and number, on one line."""
    name = str(pick(row.course.names, lang()))
    return f"{name}: {number_words(row)}" if row.number else name


def language_name(code: str) -> str:
    return dict(SPOKEN).get(code, code)


def shown_moves(row: Round, *, may_plan: bool) -> list[dict[str, Any]]:
    """What can become of a round now. Who only trains in it begins and ends it."""
    found = RoundLife.moves(row.state)
    mine = [
        name
        for name in found
        if may_plan or (name in ("running", "held") and row.state in ("announced", "running", "held"))
    ]
    return [{"after": name, "word": MOVES(name)} for name in mine]


def MOVES(name: str) -> str:  # noqa: N802 - a table that is read when the language is known
    return {
        "planned": pgettext("move of a round", "Plan it again"), "announced": pgettext("move of a round", "Announce it"),
        "running": pgettext("move of a round", "It has begun"), "held": pgettext("move of a round", "It is over"),
        "dropped": pgettext("move of a round", "Call it off"),
    }[name]  # fmt: skip


def shown_beside(row: Round, beside: Any) -> dict[str, Any]:
    """Groups that were counted and the parents of a round, in words."""
    return {
        "counted": [{"row": each, "words": group_words(each)} for each in beside.counted],
        "parents": [{"row": each, "title": title_of(each.parent)} for each in beside.grown],
        "title": title_of(row), "period": period(row.starts, row.ends), "language": language_name(row.language) if row.language else "",
    }  # fmt: skip


def group_words(row: Any) -> str:
    """Who was counted: women, 18 to 29, border police, AF."""
    words = [
        Sex(row.sex).label if row.sex else "", Age(row.age).label if row.age in Age.values else "", row.role, row.agency, row.country,
    ]  # fmt: skip
    return ", ".join(str(word) for word in words if word) or _("nothing else is known")


# -- the cascade -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Branch:
    """A round as the list beside the picture tells it; ``href`` is empty where she may not open it."""

    key: str
    title: str
    when: str
    depth: int
    heads: str
    new: str
    again: str
    also: str
    code: str


@dataclass(frozen=True)
class ShownCascade:
    """The cascade in words."""

    branches: list[Branch]
    total: str
    heads: str
    why: list[str]
    fault: str
    titles: Mapping[str, str]


def shown_cascade(found: Cascade, actor: Any) -> ShownCascade:
    """Every round of the tree with what it added; a round opens only for who may see it."""
    titles = {key: title_of(row) for key, row in found.rounds.items()}
    mine = set(
        policy.visible(
            actor, "round.see", Round.objects.filter(pk__in=[row.pk for row in found.rounds.values()])
        ).values_list("code", flat=True)
    )
    steps = found.steps
    branches = []
    for node in found.nodes:
        row, step = found.rounds[node.key], steps.get(node.key)
        new, again = (said_range(step.new), said_range(step.again)) if step and step.heads else ("", "")
        branches.append(
            Branch(
                node.key, titles[node.key], period(row.starts, row.ends), node.depth, _heads(step), new, again,
                "; ".join(titles[key] for key in node.also), row.code if row.code in mine else "",
            )
        )  # fmt: skip
    total = said_range(found.reach.total) if found.reach else ""
    heads = dates.number(found.reach.heads, lang()) if found.reach else ""
    return ShownCascade(
        branches,
        total,
        heads,
        [why_words(why) for why in found.reach.why] if found.reach else [],
        titles.get(found.fault, ""),
        titles,
    )


def _heads(step: Step | None) -> str:
    """How many came; of a round of which nobody said it, that."""
    if step is None or not step.heads:
        return pgettext("number", "not known")
    number = dates.number(step.heads, lang())
    return _("%(number)s or more") % {"number": number} if step.new.is_open else number


def said_range(value: Range) -> str:
    """A number of people, or from one to another."""
    low, high = dates.number(value.low, lang()), dates.number(value.high, lang())
    if value.is_open:
        return _("%(number)s or more") % {"number": low}
    return low if value.low == value.high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def why_words(why: Why) -> str:
    """Why a number is exact or a range."""
    return {
        Why.KNOWN: _("Where everybody is known by name and telephone, each is counted once."),
        Why.STATED: _("Where people were only counted, somebody said how many of them had come before."),
        Why.PARTLY: _("Of some earlier rounds nobody said how many came again."),
        Why.UNSTATED: _(
            "Where people were only counted and nobody said how many had come before, the number lies between two."
        ),
        Why.ALIKE: _("Two of the same name may be one person: the lower number counts them once."),
        Why.MIXED: _("Some are known and others were only counted: the same person may be among both."),
        Why.AT_LEAST: _("A number was written as “more than”."),
    }[why]


# -- tests -----------------------------------------------------------------------------------------------------------


def gain_words(gain: Gain) -> list[str]:
    """What the tests showed, with how many people it is about, and whether each was compared with herself."""
    if gain.kind is Kind.NOTHING or gain.before is None or gain.after is None or gain.gain is None:
        return [_("A gain needs a test before and one after.")]
    said = [
        _("Before %(before)s, after %(after)s of %(most)s points.")
        % {"before": points(gain.before), "after": points(gain.after), "most": gain.most},
        _("Gain: %(gain)s points.") % {"gain": signed(gain.gain)},
    ]
    if gain.kind is Kind.PAIRED:
        said.append(
            ngettext(
                "%(n)s person sat both tests and is compared with herself.",
                "%(n)s people sat both tests, and each is compared with herself.",
                gain.n,
            )
            % {"n": gain.n}
        )
    else:
        said.append(
            _(
                "Scores were only counted (%(before)s before, %(after)s after): two means are compared, not people. Those who left early may make it look better."
            )
            % {"before": gain.n_before, "after": gain.n_after}
        )
    return said


def points(value: Fraction) -> str:
    return dates.number(round(float(value), 1), lang(), 1)


def signed(value: Fraction) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{points(abs(value))}"


def today_or(text: str, today: dt.date) -> dt.date:
    """A day that an address names; today where it names none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return today
