"""The form of a letter: what the file says, to be changed before it is printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.cases.lettering import FACTS, FORMS

LONGEST = 600
#: the fact that lets a letter go to anybody; facts that say to whom one goes; a letter that is given to her
ADDRESSEE, ADDRESSES, HER = "addressee", ("addressee", "court", "office"), "her"
LANGUAGES = {"tg": _("Tajik"), "az": _("Azerbaijani"), "ru": _("Russian")}


class LetterForm(forms.Form):
    """One field for each fact that the letter asks for; any of them may stay empty and is then a gap to be filled in by hand."""

    def __init__(
        self, *args: Any, facts: Sequence[str], languages: Sequence[str], to: Sequence[tuple[str, Any]] = (), **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        if ADDRESSEE in facts:
            self.fields["to"] = forms.ChoiceField(
                label=_("To whom does it go?"), choices=[(HER, _("To her: she decides who sees it")), *to], widget=forms.RadioSelect,
                help_text=_("Others stand here once she said yes to them; officials, after she heard what may follow."),
                error_messages={"required": _("Choose to whom it goes.")},
            )  # fmt: skip
        self.fields["lang"] = forms.ChoiceField(
            label=_("In which language?"),
            choices=[(lang, LANGUAGES[lang]) for lang in languages],
            widget=forms.RadioSelect,
        )
        for name in facts:
            self.fields[_field(name)] = forms.CharField(
                label=FACTS[name],
                max_length=LONGEST,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        self.facts = facts
        self.fields["form"] = forms.ChoiceField(
            label=_("As what?"), choices=[("pdf", "PDF"), ("docx", "Word")], widget=forms.RadioSelect, initial="pdf"
        )
        self.fields["purpose"] = forms.CharField(
            label=_("What is it taken out for?"), max_length=120,
            help_text=_("It is written down beside your name. Name nobody here."),
            error_messages={"required": _("Say in a few words what it is taken out for.")},
        )  # fmt: skip
        assert set(FORMS) == {code for code, _name in self.fields["form"].choices}  # type: ignore[attr-defined]

    @property
    def addressed(self) -> list[str]:
        """The words that say on the letter to whom it goes."""
        return [self.told[name] for name in ADDRESSES if name in self.facts]

    @property
    def told(self) -> Mapping[str, str]:
        return {name: self.cleaned_data[_field(name)].strip() for name in self.facts}


def _field(name: str) -> str:
    """A fact's name as a field's, which knows no dots."""
    return f"fact_{name.replace('.', '_')}"


def as_initial(facts: Mapping[str, str]) -> dict[str, str]:
    return {_field(name): value for name, value in facts.items()}


def follow(typed: Mapping[str, str], before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """What was typed, where words that still stand as the file said them ``before`` are those that it says ``now``."""
    unchanged = {
        _field(name): now.get(name, said)
        for name, said in before.items()
        if typed.get(_field(name), "").strip() == said.strip()
    }
    return {**{name: typed.get(name, "") for name in typed}, **unchanged}
