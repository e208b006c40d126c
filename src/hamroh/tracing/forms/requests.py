"""Forms of requests: who is missed, the questions about violence, consent, notes and ends."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.cases.forms.dates import EARLIEST, PartialDateField, as_typed
from hamroh.cases.models import Answer, Way
from hamroh.tracing import screening
from hamroh.tracing.actions import Sought
from hamroh.tracing.naming import SPECIAL
from hamroh.vault.rules import phone_tail
from hamroh.web.fields import without_controls

LONGEST, SEVERAL, LONG_TEXT = 120, 8, 2000
_OFF = {"autocomplete": "off"}
_YEAR = forms.NumberInput(attrs={"inputmode": "numeric", **_OFF})
SEXES = [("m", pgettext_lazy("sex", "Male")), ("f", pgettext_lazy("sex", "Female"))]
TEXTS = ("work", "companions", "why", "said")


def _line(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=more.pop("max_length", LONGEST), required=more.pop("required", False),
        widget=forms.TextInput(attrs=_OFF), **more,
    )  # fmt: skip


def _words(label: Any, rows: int = 2, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONG_TEXT, required=False, widget=forms.Textarea(attrs={"rows": rows, **_OFF}), **more
    )


class Missed(forms.Form):
    """Who is missed. The name and the sex are needed, everything else as far as it is known."""

    name = _line(
        _("Name, as it was written or said last"),
        required=True,
        help_text=_("The name he was last called by, in any script."),
        error_messages={"required": _("Write the name. One word is enough.")},
    )
    father = _line(_("Father’s name"))
    maiden = _line(_("Surname before marriage"))
    spellings = _words(
        _("Other names and spellings"), help_text=_("One a line: in Cyrillic and Latin letters, in Arabic script, what friends call him."),
    )  # fmt: skip
    sex = forms.ChoiceField(
        label=_("Sex"), choices=SEXES, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )  # fmt: skip
    first = forms.IntegerField(
        label=_("Born in the year, or not before"), required=False, widget=_YEAR, min_value=EARLIEST, max_value=2100
    )
    last = forms.IntegerField(
        label=_("And not after"), required=False, widget=_YEAR, min_value=EARLIEST, max_value=2100,
        help_text=_("Only where the year is not known exactly."),
    )  # fmt: skip
    home = _line(
        _("Home district or village"), help_text=_("Where the family is from. Write no street and no house here.")
    )
    what = _words(_("The last news of him: what was it?"))
    on = PartialDateField(label=_("When was that?"), help_text=_("As far as it is known: 1992, 03.1992 or 14.03.1992."))
    place = _line(_("From where did it come?"))
    source = _line(_("Who brought it?"))
    work = _words(_("What work did he do, and for whom?"))
    companions = _words(_("Who went with him, or saw him there?"))
    phones = _words(_("Telephones by which he could be reached"), help_text=_("One number a line."))
    why = _words(_("Why is he looked for?"))
    said = _words(_("In the words of whoever asks"), rows=3)

    def clean_name(self) -> str:
        name = without_controls(self.cleaned_data["name"])
        if not any(map(str.isalpha, name)):
            raise forms.ValidationError(_("A name has letters."))
        return name

    def clean_spellings(self) -> list[str]:
        return self._several("spellings", LONGEST)

    def clean_phones(self) -> list[str]:
        found = self._several("phones", 40)
        if any(phone_tail(each) is None for each in found):
            raise forms.ValidationError(_("A telephone number has at least 6 digits."))
        return found

    def _several(self, field: str, longest: int) -> list[str]:
        lines = [without_controls(line) for line in self.cleaned_data[field].splitlines()]
        kept = list(dict.fromkeys(line for line in lines if line))
        if len(kept) > SEVERAL:
            raise forms.ValidationError(_("Write at most 8 lines."))
        if any(len(line) > longest for line in kept):
            raise forms.ValidationError(_("One of the lines is too long."))
        return kept

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        first, last = told.get("first"), told.get("last")
        if last and not first:
            self.add_error("first", _("Write the earlier year, too."))
        if first and last and not first <= last < first + 40:
            self.add_error("last", _("This year is before the other one, or too far from it."))
        return told

    def sought(self, kept: Mapping[str, Any] | None = None) -> Sought:
        """What was typed; ``kept`` are facts of before that this form does not ask for."""
        typed = self.cleaned_data
        names: list[Mapping[str, str]] = [{"kind": kind, "value": typed[kind]} for kind in SPECIAL if typed[kind]]
        names += [{"kind": "spelling", "value": each} for each in typed["spellings"]]
        first = typed["first"]
        news = {key: typed[key] for key in ("what", "on", "place", "source") if typed[key]}
        facts = {"sex": typed["sex"], **{key: typed[key] for key in TEXTS if typed[key]}}
        asker = {key: value for key, value in (kept or {}).items() if key not in ("sex", *TEXTS)}
        return Sought(
            name=typed["name"], names=names, born={"first": first, "last": typed["last"] or first} if first else None,
            home=without_controls(typed["home"]) or None, news=news or None, facts=asker | facts, phones=tuple(typed["phones"]),
        )  # fmt: skip


class Screened(forms.Form):
    """The questions about violence and protection, each of which needs an answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in screening.QUESTIONS.items():
            self.fields[f"q_{code}"] = forms.ChoiceField(
                label=words, choices=screening.SAID, widget=forms.RadioSelect,
                error_messages={"required": _("Ask this, and choose an answer.")},
            )  # fmt: skip

    @property
    def questions(self) -> list[Any]:
        return [self[f"q_{code}"] for code in screening.QUESTIONS]

    def answers(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"q_{code}"] for code in screening.QUESTIONS}


class NewRequest(Missed, Screened):
    """Everything that a request begins with, on one page."""

    asker = _line(
        _("Who asks?"),
        help_text=_("Name, and what she is to the person. How she can be reached safely stands in her case."),
    )
    photo = forms.FileField(
        label=_("A photo of the person"), required=False,
        help_text=_("A picture. Where and by whom it was taken is wiped from it."),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("How did whoever asks agree to the search?"), choices=Way.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Without consent nobody is looked for. Read the text, and ask.")},
    )  # fmt: skip

    def __init__(self, *args: Any, of_case: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_case:
            del self.fields["asker"]

    def sought(self, kept: Mapping[str, Any] | None = None) -> Sought:
        asker = without_controls(self.cleaned_data.get("asker", ""))
        return super().sought({**(kept or {}), **({"asker": asker} if asker else {})})


def initial_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the form of a request that is there; ``values`` are opened."""
    names, born, news, facts = (values.get(key) or {} for key in ("names", "born", "news", "facts"))
    special = {kind: next((each["value"] for each in names if each["kind"] == kind), "") for kind in SPECIAL}
    first, last = (born.get("first"), born.get("last")) if born else (None, None)
    return {
        **special, "name": values["name"], "spellings": "\n".join(e["value"] for e in names if e["kind"] not in SPECIAL),
        "sex": facts.get("sex", ""), "first": first, "last": last if last != first else None, "home": values.get("home") or "",
        "what": news.get("what", ""), "on": as_typed(news.get("on")), "place": news.get("place", ""),
        "source": news.get("source", ""), "phones": "\n".join(values.get("phones") or ()),
        **{key: facts.get(key, "") for key in TEXTS},
    }  # fmt: skip


class Photo(forms.Form):
    photo = forms.FileField(label=_("A photo of the person"), error_messages={"required": _("Choose the file.")})


class ConsentAnswer(forms.Form):
    """What whoever asks says to our own search, or to a partner's."""

    partner = forms.ChoiceField(label=_("Whose search is meant?"))
    given = forms.ChoiceField(label=_("What is the answer?"), choices=Answer.choices, widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("How was it given?"), choices=Way.choices, widget=forms.RadioSelect)
    words = _words(_("Anything that was added"))

    def __init__(self, *args: Any, partners: Sequence[tuple[Organisation, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(each.pk): each for each, _name in partners}
        named = [("", _("Our own search")), *((str(each.pk), name) for each, name in partners)]
        self.fields["partner"] = forms.ChoiceField(
            label=self.fields["partner"].label, choices=named, required=False
        )  # fmt: skip
        self.order_fields(["partner", "given", "way", "words"])

    @property
    def to(self) -> Organisation | None:
        return self.partners.get(self.cleaned_data["partner"])


class Renewal(forms.Form):
    way = forms.ChoiceField(
        label=_("How did whoever asks agree again?"), choices=Way.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Without consent nobody is looked for. Read the text, and ask.")},
    )  # fmt: skip


class Noted(forms.Form):
    words = forms.CharField(
        label=_("What was done or learned?"),
        min_length=3,
        max_length=LONG_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Reasoned(forms.Form):
    words = forms.CharField(
        label=_("Why?"), min_length=10, max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": _("Say a little more: at least 10 characters.")},
    )  # fmt: skip


class Moved(Reasoned):
    after = forms.ChoiceField(label=_("What has happened?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, moves: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = moves  # type: ignore[attr-defined]
        self.order_fields(["after", "words"])
