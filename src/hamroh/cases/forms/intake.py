"""The questions of an intake, one page each. A form gives its answer as plain JSON (``told``) and takes it back (``asked_again``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamroh.cases.forms.safety import QUIET, Terms
from hamroh.cases.models import Channel, ContactWay, Way
from hamroh.cases.models.casework import Domain
from hamroh.kernel import risk
from hamroh.kernel.safecontact import Body

#: messages of these ways may say a greeting, since she chose to be written to
WRITTEN = (ContactWay.SMS, ContactWay.MESSENGER, ContactWay.EMAIL)
_YEAR = forms.NumberInput(attrs={"inputmode": "numeric", **QUIET})


class Question(forms.Form):
    """One page. ``buttons`` are answers that a press gives at once."""

    buttons: Any = ()
    buttons_title: Any = ""

    @classmethod
    def asked_again(cls, told: Mapping[str, Any]) -> dict[str, Any]:
        """What was answered, as initial values."""
        return dict(told)

    def told(self) -> dict[str, Any]:
        """The answer as it is stored."""
        return dict(self.cleaned_data)


class Pressed(Question):
    answer = forms.ChoiceField(
        widget=forms.HiddenInput, error_messages={"required": _("Press one of the answers."), "invalid_choice": _("Press one of the answers.")}
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = self.buttons  # type: ignore[attr-defined]


class ChannelQuestion(Pressed):
    buttons = Channel.choices


class ConsentQuestion(Pressed):
    buttons = [
        (Way.VOICE.value, _("She agrees, by her word")), (Way.SIGNATURE.value, _("She agrees and signs")),
        (Way.WITNESS.value, _("She agrees, by a mark before a witness")), ("no", _("She does not agree")),
    ]  # fmt: skip

    def told(self) -> dict[str, Any]:
        return {**super().told(), "lang": get_language() or "en"}


class NameQuestion(Question):
    name = forms.CharField(
        label=_("Her name"), max_length=200, widget=forms.TextInput(attrs=QUIET),
        help_text=_("As she wants to be called here. It need not be the name in her passport."),
    )  # fmt: skip
    born = forms.IntegerField(label=_("Year of birth"), required=False, widget=_YEAR, min_value=1900, max_value=2100)
    home = forms.CharField(
        label=_("Her village or town"), max_length=200, required=False, widget=forms.TextInput(attrs=QUIET)
    )
    district = forms.ChoiceField(
        label=_("Her district"), required=False, help_text=_("For who answers for it, and for counts without names."),
    )  # fmt: skip
    answer = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    buttons_title = _("Or press her district: that goes on, too")

    def offer(self, grouped: Any, usual: Any) -> None:
        """The districts of her country by region, and those that are pressed most as buttons."""
        known = {key: name for _region, found in grouped for key, name in found}
        self.fields["district"].choices = [("", _("Not known yet")), *grouped]  # type: ignore[attr-defined]
        self.buttons = [(key, known[key]) for key in usual if key in known]

    def clean(self) -> dict[str, Any]:
        """A pressed button is the answer; one that was not offered is none."""
        pressed = self.cleaned_data.pop("answer", "")
        if pressed and pressed in dict(self.buttons):
            self.cleaned_data["district"] = pressed
        return self.cleaned_data


class WayQuestion(Pressed):
    buttons = [*ContactWay.choices, ("none", _("Not at all: she comes herself"))]


class ReachQuestion(Terms):
    """Who else answers, when, and what is said; the number is needed, the rest as far as she tells."""

    buttons = ()
    way = ""
    field_order = ("value", "shares", "pretext", "otherwise", "days", "first", "last")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].required = True

    @classmethod
    def asked_again(cls, told: Mapping[str, Any]) -> dict[str, Any]:
        return dict(told)

    def told(self) -> dict[str, Any]:
        most = Body.NEUTRAL if self.way in WRITTEN else Body.NOTHING
        return {"value": self.cleaned_data["value"], **self.terms(), "most": most.name}


class Words(Question):
    words = forms.CharField(
        label=_("In her words"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 7, **QUIET})
    )


_CHILD = re.compile(r"^(?P<name>.*?)[\s,;]*(?P<born>(?:19|20)\d\d)?\s*$")


class ChildrenQuestion(Question):
    """One child a line, with the year of birth where it is known."""

    lines = forms.CharField(
        label=_("Her children"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4, **QUIET}),
        help_text=_("One child on each line: name and year of birth, such as: Yosin 2015. Empty where there are none."),
    )  # fmt: skip

    def clean_lines(self) -> list[dict[str, Any]]:
        found = [_child(line) for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if any(not child["name"] for child in found):
            raise forms.ValidationError(_("A line has a year and no name. Write who it is, if only “the elder son”."))
        if len(found) > 20:
            raise forms.ValidationError(_("At most 20 children can be entered here."))
        return found

    @classmethod
    def asked_again(cls, told: Mapping[str, Any]) -> dict[str, Any]:
        lines = (f"{child['name']} {child['born'] or ''}".strip() for child in told.get("children", ()))
        return {"lines": "\n".join(lines)}

    def told(self) -> dict[str, Any]:
        return {"children": self.cleaned_data["lines"]}


def _child(line: str) -> dict[str, Any]:
    match = _CHILD.match(line.strip())
    assert match is not None
    return {"name": match["name"].strip()[:200], "born": int(match["born"]) if match["born"] else None}


COUNTRIES = [
    ("", pgettext_lazy("country", "Not known")), ("RU", pgettext_lazy("country", "Russia")),
    ("KZ", pgettext_lazy("country", "Kazakhstan")), ("TJ", pgettext_lazy("country", "Tajikistan")),
    ("AZ", pgettext_lazy("country", "Azerbaijan")), ("TR", pgettext_lazy("country", "Türkiye")),
    ("PL", pgettext_lazy("country", "Poland")), ("XX", pgettext_lazy("country", "Another country")),
]  # fmt: skip
SINCE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")


class HusbandQuestion(Question):
    name = forms.CharField(
        label=_("Her husband’s name"), max_length=200, required=False, widget=forms.TextInput(attrs=QUIET),
        help_text=_("Empty where there is none, or she does not want to say."),
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Where is he?"), choices=COUNTRIES, required=False)
    since = forms.CharField(
        label=_("Since when no word from him?"), max_length=30, required=False, widget=forms.TextInput(attrs=QUIET),
        help_text=_("The year, or year and month: 2024 or 2024-03."),
    )  # fmt: skip

    def clean_since(self) -> str:
        told = str(self.cleaned_data["since"]).strip()
        if told and not SINCE.fullmatch(told):
            raise forms.ValidationError(_("Write the year, or year and month, such as 2024 or 2024-03."))
        return told


class RiskQuestion(Question):
    """What she said yes to; what is not ticked was asked and is a no."""

    buttons = [("none", _("None of these")), ("later", _("Not asked now: she is not alone"))]
    yes = forms.MultipleChoiceField(
        label=_("What did she say yes to?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Ask only where nobody listens. Read each question to her; tick where she says yes."),
    )  # fmt: skip
    answer = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=[("none", ""), ("later", "")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or "en"
        choices = [(each.code, each.texts.get(lang) or each.texts["en"]) for each in risk.tool().first]
        self.fields["yes"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        pressed, ticked = self.cleaned_data.get("answer"), self.cleaned_data.get("yes")
        if not pressed and not ticked and not self.errors:
            self.add_error("yes", _("Tick what she said yes to, or press one of the other answers."))
        if pressed and ticked:
            self.add_error("yes", _("Something is ticked: press “Go on”, or take the ticks away."))
        return self.cleaned_data

    @classmethod
    def asked_again(cls, told: Mapping[str, Any]) -> dict[str, Any]:
        return {"yes": [code for code, said in told.get("answers", {}).items() if said == risk.Said.YES]}

    def told(self) -> dict[str, Any]:
        if self.cleaned_data.get("answer") == "later":
            return {"answers": {}}
        yes = set(self.cleaned_data["yes"])
        return {"answers": {each.code: "yes" if each.code in yes else "no" for each in risk.tool().first}}


class NeedsQuestion(Words):
    domains = forms.MultipleChoiceField(
        label=_("What is it about?"), choices=Domain.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("words", "domains")


@dataclass(frozen=True)
class Step:
    """One page of the intake: its code in the address, its question as a heading, a hint, its form."""

    code: str
    title: Any
    form: type[Any]
    hint: Any = ""


STEPS = (
    Step("consent", _("Does she agree that we work on her case?"), ConsentQuestion, _("Read this to her, slowly.")),
    Step("name", _("What is she called?"), NameQuestion),
    Step("way", _("How may we reach her safely?"), WayQuestion, _("The way that she chooses, not the easiest for us.")),
    Step("reach", _("What must we know to reach her safely?"), ReachQuestion),
    Step("story", _("What happened?"), Words, _("Let her tell. Write her words, not what they are in law.")),
    Step("children", _("Who are her children?"), ChildrenQuestion),
    Step("husband", _("Who is her husband, and where?"), HusbandQuestion),
    Step("risk", _("Is there danger?"), RiskQuestion),
    Step("needs", _("What does she want most?"), NeedsQuestion),
)
BY_CODE = {step.code: step for step in STEPS}


def path(answers: Mapping[str, Any]) -> list[Step]:
    """The steps that are asked, after what was answered: who is not to be reached is not asked how."""
    skipped = {"reach"} if answers.get("way", {}).get("answer") == "none" else set()
    return [step for step in STEPS if step.code not in skipped]
