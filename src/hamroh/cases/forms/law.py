"""Forms of the law: looked through, changed, refused; days off as they were announced."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamroh.cases.forms.matters import EARLIEST, LATEST, Day
from hamroh.cases.models import ChangeSort
from hamroh.kernel.law import Certainty, Limit, Rule
from hamroh.kernel.law.announced import MOST
from hamroh.kernel.law.calendars import movable
from hamroh.kernel.law.changes import (
    LONGEST,
    NUMBERS,
    Unfit,
    as_row,
    cell_of,
    is_firmer,
    says_otherwise,
    text_of,
    value_text,
)
from hamroh.kernel.law.changes import Change as KernelChange
from hamroh.kernel.law.dates import DAY, PartialDate
from hamroh.kernel.law.packs import matters
from hamroh.kernel.law.parameters import UNKNOWN, kinds, read_parameters
from hamroh.kernel.text import sort_key
from hamroh.web.texts import pick

LINE = 300
PACKS = [("TJ", _("Tajikistan")), ("AZ", _("Azerbaijan")), ("RU", _("Russia")), ("TREATY", _("Treaties"))]
CERTAINTIES = [
    (Certainty.A, _("A: the text itself was seen")), (Certainty.B, _("B: a lawyer, an office or the press says so")),
    (Certainty.C, _("C: inferred, nobody has seen it")),
]  # fmt: skip
LIMITS = [
    (Limit.HEADING, pgettext_lazy("limit", "Only the heading was seen")),
    (Limit.CONTRADICTED, pgettext_lazy("limit", "Another source says otherwise")),
    (Limit.REPEALED, pgettext_lazy("limit", "It is repealed")),
    (Limit.OURS, pgettext_lazy("limit", "No act says it: it is how we work it out")),
    (Limit.PAIR, pgettext_lazy("limit", "It holds between two states only where neither objected")),
]  # fmt: skip
#: how a number of each type is written
HOW: Mapping[str, Any] = {
    "share": _("A share above 0 and at most 1, such as 1/4."),
    "percent": _("A percentage from 0 to 100, such as 0.1."),
    "amount": _("A sum from 0 on, such as 260.00."),
    "number": _("A whole number from 0 on, such as 10."),
    "range": _("One whole number, or the least and the greatest, such as 30 180."),
    "date": _("A day as year-month-day, such as 2026-11-30."),
    "dates": _("Two days as year-month-day, the first and the last."),
    "partial": _("A year, a month or a day: 2026, 2026-11 or 2026-11-30."),
    "flag": _("One of the words yes and no, in English."),
}  # fmt: skip
#: what columns are called where a difference is shown
COLUMNS: Mapping[str, Any] = {
    "article": _("Article"), "from": _("In force from"), "to": _("In force until"),
    "text_as_of": _("Text with changes up to"), "review": _("To be read again by"), "certainty": _("Certainty"),
    "verified_by": _("Checked by a lawyer"), "verified_on": _("On which day did she compare them?"),
    "source_title": _("Source"), "source_address": _("Where it is to be found"), "limits": _("Limits"),
    "says": _("What it says, in English"), "says_tg": _("What it says, in Tajik"),
    "says_az": _("What it says, in Azerbaijani"), "says_ru": _("What it says, in Russian"),
    "quote": _("In the words of the act"), "doubt": _("What is doubtful"),
}  # fmt: skip
_PREFIX = "n_"


def _line(label: Any, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(**{"label": label, "max_length": LINE, "required": False, "widget": widget} | options)


def _words(label: Any, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(**{"label": label, "max_length": LONGEST, "required": False, "widget": widget} | options)


def _partial(value: str) -> None:
    try:
        known = PartialDate.of(value) if value else None
    except ValueError:
        raise forms.ValidationError(HOW["partial"]) from None
    if known and not EARLIEST.replace(year=1900) <= known.first <= LATEST:
        raise forms.ValidationError(_("Check the year of this day."))


def _matters() -> list[tuple[str, Any]]:
    """What rules are about, in the order of the reader's alphabet."""
    lang = get_language() or "en"
    found = [(code, pick(words, lang).text) for code, words in matters().items()]
    return [("", _("any")), *sorted(found, key=lambda each: sort_key(each[1], lang))]


class LookFor(forms.Form):
    """Which rules are looked for."""

    of = forms.ChoiceField(label=_("By the law of which country?"), choices=PACKS, required=False)
    q = _line(_("Words or article"), max_length=100)
    matter = forms.ChoiceField(label=_("About what?"), choices=_matters, required=False)
    certainty = forms.ChoiceField(label=_("Certainty"), choices=[("", _("any")), *CERTAINTIES], required=False)
    late = forms.BooleanField(label=_("To be read again"), required=False)
    changed = forms.BooleanField(label=_("Changed by us"), required=False)


class ChangeRule(forms.Form):
    """A text of a rule, to be changed: what differs of it is the change. Who compared it, and when, is asked anew each time."""

    sort = forms.ChoiceField(
        label=_("What happened?"), widget=forms.RadioSelect,
        choices=[(each, each.label) for each in (ChangeSort.AMENDED, ChangeSort.CORRECTED)],
        error_messages={"required": _("Choose one of the two.")},
    )  # fmt: skip
    since = Day(label=_("From which day does the new text hold?"), required=False)
    says = _words(COLUMNS["says"], required=True)
    says_tg, says_az, says_ru = (_words(COLUMNS[f"says_{lang}"]) for lang in ("tg", "az", "ru"))
    article = _line(COLUMNS["article"])
    first = _line(
        COLUMNS["from"], validators=[_partial], help_text=_("As far as it is known. Empty: no day is stated.")
    )
    to = _line(COLUMNS["to"], validators=[_partial])
    text_as_of = _line(COLUMNS["text_as_of"], validators=[_partial])
    certainty = forms.ChoiceField(label=COLUMNS["certainty"], choices=CERTAINTIES, widget=forms.RadioSelect)
    limits = forms.MultipleChoiceField(
        label=COLUMNS["limits"], choices=LIMITS, required=False, widget=forms.CheckboxSelectMultiple
    )
    source_title = _line(
        COLUMNS["source_title"], help_text=_("Who says so, and when: a gazette, an office, a newspaper.")
    )
    source_address = _line(
        COLUMNS["source_address"], help_text=_("An address or a page, as text: nothing is opened from here.")
    )
    quote = _words(COLUMNS["quote"], help_text=_("Only where the text itself was seen."))
    doubt = _words(COLUMNS["doubt"])
    verified_by = _line(_("Which lawyer compared it with the source?"), max_length=120)
    verified_on = Day(label=COLUMNS["verified_on"], to_come=False, required=False)
    review = Day(label=COLUMNS["review"])
    why = _words(
        _("Why? What did you see?"),
        required=True,
        help_text=_("Everybody who looks after the law reads this: no names of clients."),
    )
    base = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rule: Rule, today: dt.date, **kwargs: Any) -> None:
        self.rule, self.today = rule, today
        row = as_row(rule)
        told: dict[str, Any] = {
            name: row[name] for name in COLUMNS if name not in ("from", "limits", "verified_by", "verified_on")
        }
        told |= {"first": row["from"], "limits": row["limits"].split(), "base": rule.edition}
        super().__init__(*args, **kwargs)
        self.initial = told
        for name, value in rule.parameters.items():
            kind = kinds()[name]
            if kind.type in NUMBERS:
                self.fields[_PREFIX + name] = _line(
                    kind.means.capitalize(), initial=value_text(value), required=True, help_text=HOW[kind.type]
                )

    def numbers(self) -> list[Any]:
        """The fields of the rule's numbers."""
        return [self[name] for name in self.fields if name.startswith(_PREFIX)]

    def clean_review(self) -> dt.date:
        day: dt.date = self.cleaned_data["review"]
        if day.isoformat() != as_row(self.rule)["review"] and day <= self.today:
            raise forms.ValidationError(_("Choose a day to come: then it is read again."))
        return day

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for name in [each for each in self.fields if each.startswith(_PREFIX) and each in told]:
            self._read_number(name)
        if told.get("sort") == ChangeSort.AMENDED and not told.get("since") and "since" not in self.errors:
            self.add_error("since", _("Say from which day the law was changed."))
        if not self.errors:
            self._stands()
        return told

    def _read_number(self, name: str) -> None:
        """A number in the form of the pack; a comma may stand for the point."""
        kind = kinds()[name.removeprefix(_PREFIX)]
        typed = " ".join(self.cleaned_data[name].split())
        typed = typed.replace(",", ".") if kind.type in ("percent", "amount") else typed
        try:
            value = read_parameters(f"{kind.name}={typed}")[kind.name]
        except ValueError:
            self.add_error(name, HOW[kind.type])
        else:
            self.cleaned_data[name] = UNKNOWN if value is None else value_text(value)

    def _stands(self) -> None:
        """Whether the whole can be a text of the rule; each fault stands at the field where it is put right."""
        told = self.cleaned_data
        if told["sort"] == ChangeSort.CORRECTED:
            told["since"] = None
        if told["certainty"] != Certainty.C and not told["source_title"]:
            self.add_error("source_title", _("Certainty A and B need a source: what nobody saw is C."))
        if told["quote"] and told["certainty"] != Certainty.A:
            self.add_error("quote", _("The words of an act stand only where its text was seen (A)."))
        if Limit.OURS in told["limits"] and told["certainty"] != Certainty.C:
            self.add_error("certainty", _("What no act says is C."))
        if bool(told["verified_by"]) != bool(told["verified_on"]):
            missing = "verified_on" if told["verified_by"] else "verified_by"
            self.add_error(missing, _("Who compared it and on which day stand together or not at all."))
        first = told["since"].isoformat() if told["since"] else told["first"]
        if first and told["to"] and PartialDate.of(told["to"]).last < PartialDate.of(first).first:
            self.add_error("to", _("It ends before it begins."))
        if not self.errors:
            self._compared()

    def _compared(self) -> None:
        """What is said more firmly, or otherwise, is compared anew: a name of an earlier day does not answer for it."""
        told = self.cleaned_data
        named = {"verified_by": "?", "verified_on": self.today.isoformat()}
        try:
            new = text_of(self.rule, KernelChange("", self.rule.id, self.values | named, since=told["since"]))
        except Unfit:
            return  # whoever proposes it is told why
        needed = is_firmer(self.rule, new) or (new.certainty is not Certainty.C and says_otherwise(self.rule, new))
        if needed and not told["verified_by"]:
            self.add_error(
                "verified_by",
                _("What is said more firmly, or otherwise, needs the lawyer who compared it with its source."),
            )

    @property
    def values(self) -> dict[str, str]:
        """The columns that differ, as a pack writes them."""
        told, before = self.cleaned_data, as_row(self.rule)
        after = {
            name: told[name] for name in COLUMNS if name in told and name not in ("limits", "review", "verified_on")
        }
        after |= {
            "from": told["first"],
            "limits": " ".join(sorted(told["limits"])),
            "review": told["review"].isoformat(),
        }
        after["verified_on"] = told["verified_on"].isoformat() if told["verified_on"] else ""
        if not told["verified_by"]:
            after |= {name: before[name] for name in ("verified_by", "verified_on")}
        if told["since"]:
            after["from"] = before["from"]  # the day of the change itself says it
        numbers = {name.removeprefix(_PREFIX): told[name] for name in self.fields if name.startswith(_PREFIX)}
        cells = dict(part.split("=", 1) for part in cell_of(self.rule.parameters).split("; ") if part) | numbers
        after["parameters"] = "; ".join(f"{name}={value}" for name, value in cells.items())
        return {name: value for name, value in after.items() if value != before[name]}


class Refuse(forms.Form):
    words = _words(_("Why not?"), required=True)


class TakeBack(forms.Form):
    why = _words(_("Why is it taken back?"), required=True)


class Days(forms.Form):
    """Days off of a year as a state announced them: each movable holiday from a day to a day, and days that were moved."""

    source = _line(
        _("Which decision says so, of which day?"),
        required=True,
        error_messages={"required": _("Name the decision or who reports it.")},
    )
    certainty = forms.ChoiceField(
        label=_("Certainty"), choices=CERTAINTIES[:2], widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )  # fmt: skip
    off = _words(
        _("Further days off, one a line"), help_text=_("Such as days off that were moved there. As year-month-day.")
    )
    working = _words(_("Days of rest on which people work, one a line"), help_text=_("As year-month-day."))
    why = _words(_("What is to be kept in mind?"))

    def __init__(self, *args: Any, state: str, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state, self.year = state, year
        self.kept = movable(state)
        lang = get_language() or "en"
        for number, holiday in enumerate(self.kept):
            name = holiday.names[lang]
            self.fields[f"first{number}"] = Day(label=_("%(name)s: first day") % {"name": name}, required=False)
            self.fields[f"last{number}"] = Day(label=_("%(name)s: last day") % {"name": name}, required=False)
        names = [f"{end}{number}" for number in range(len(self.kept)) for end in ("first", "last")]
        self.order_fields(["source", "certainty", *names, "off", "working", "why"])

    def clean_off(self) -> list[str]:
        return self._list("off")

    def clean_working(self) -> list[str]:
        return self._list("working")

    def _list(self, name: str) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        try:
            days = sorted({dt.date.fromisoformat(line) for line in lines})
        except ValueError:
            raise forms.ValidationError(
                _("Write each day on a line of its own as year-month-day, such as 2026-11-30.")
            ) from None
        if any(day.year != self.year for day in days):
            raise forms.ValidationError(_("Every day must be of the year %(year)s.") % {"year": self.year})
        return [day.isoformat() for day in days]

    def clean(self) -> dict[str, Any]:
        told, holidays = self.cleaned_data, []
        for number, holiday in enumerate(self.kept):
            holidays += [(holiday.names["en"], day.isoformat()) for day in self._span(number)]
        told["holidays"] = holidays
        if both := {*told.get("off", ()), *(day for _name, day in holidays)} & set(told.get("working", ())):
            self.add_error("working", _("%(day)s is named as a day off and as a working day.") % {"day": min(both)})
        count = len(holidays) + len(told.get("off", ())) + len(told.get("working", ()))
        if not self.errors and not count:
            self.add_error(None, _("Name at least one day."))
        if count > MOST:
            self.add_error(None, _("These are more days than any state announces for a year. Check them."))
        return told

    def _span(self, number: int) -> list[dt.date]:
        first, last = (self.cleaned_data.get(f"{end}{number}") for end in ("first", "last"))
        if last and not first:
            self.add_error(f"first{number}", _("Say the first day, too."))
        if not first:
            return []
        last = last or first
        if last < first:
            self.add_error(f"last{number}", _("It ends before it begins."))
        elif (first.year, last.year) != (self.year, self.year):
            self.add_error(f"first{number}", _("Every day must be of the year %(year)s.") % {"year": self.year})
        elif (last - first).days >= MOST:
            self.add_error(f"last{number}", _("These are more days than any state announces for a year. Check them."))
        else:
            return [first + DAY * count for count in range((last - first).days + 1)]
        return []

    @property
    def values(self) -> dict[str, Any]:
        told = self.cleaned_data
        named = {name: told[name] for name in ("source", "certainty", "holidays", "off", "working")}
        return {"state": self.state, "year": self.year, **named}
