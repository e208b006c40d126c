"""Forms of reviews and of publication."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.evidence.actions.reviewing import LONGEST
from hamroh.evidence.exchange.wordcomments import LARGEST
from hamroh.evidence.models import Outcome, ReviewRole
from hamroh.web.texts import LANGUAGES

_OFF = {"autocomplete": "off"}
_NAMES = {"en": "English", "az": "Azərbaycanca", "ru": "Русский", "tg": "Тоҷикӣ"}


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, widget=widget, error_messages={"invalid": _("Write the day as 2026-11-30.")}, **more
    )


def _words(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows, **_OFF}), **more)


def _line(label: Any, most: int = 200, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs=_OFF), **more)


class OpenRound(forms.Form):
    deadline_date = _day(_("Until which day?"), help_text=_("The draft is lent until the end of that day."))
    asks = _words(
        _("What do you ask of the reviewers?"), 3, required=False, help_text=_("They read it above the draft.")
    )


class MoveDeadline(forms.Form):
    deadline_date = _day(_("Until which day?"), help_text=_("The draft is lent until the end of that day."))
    reason = _words(_("Why is it moved?"), 2, help_text=_("The reviewers read it."))


class AskReviewer(forms.Form):
    """Whom to ask: by the user name, which they tell you."""

    organisation = forms.ChoiceField(label=_("For which organisation do they speak?"))
    username = _line(
        _("User name"), 60, help_text=_("They tell it to you. They need to be a guest or an analyst there.")
    )
    role = forms.ChoiceField(
        label=pgettext_lazy("review", "As what?"), choices=ReviewRole.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, organisations: Sequence[tuple[Organisation, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._houses = {str(each.pk): each for each, _name in organisations}
        choices = [("", _("choose one")), *((str(each.pk), name) for each, name in organisations)]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]

    @property
    def house(self) -> Organisation:
        return self._houses[self.cleaned_data["organisation"]]


class Say(forms.Form):
    """A comment on a block, or on one figure in it."""

    figure = forms.ChoiceField(label=_("On which figure?"), required=False)
    text = _words(_("Your comment"), 5)

    def __init__(self, *args: Any, figures: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(figures)
        if choices:
            self.fields["figure"].choices = [("", _("on all of it")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["figure"]


class Reply(forms.Form):
    text = _words(_("Your answer"), 3)


class Settle(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of it.")},
    )
    reason = _words(
        _("Why?"), 3, required=False, help_text=_("Needed where it is rejected. Whoever commented reads it.")
    )
    figure = _line(
        _("Code of the new figure"), 60, required=False, help_text=_("Needed where a new figure was recorded.")
    )


class Upload(forms.Form):
    file = forms.FileField(
        label=_("The copy with comments"), help_text=_("The .docx that was taken from here."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than %(size)d MB.") % {"size": LARGEST // 2**20})
        return file


class Endorse(forms.Form):
    body = _line(_("Which body stands behind it?"), help_text=_("Such as a council, a ministry, a meeting of experts."))
    endorsed_date = _day(_("On which day?"))
    document = _line(_("By which document?"), 300, required=False, help_text=_("Its name and number, or its address."))


class InLanguages(forms.Form):
    """The same words in one language at least."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for lang in LANGUAGES:
            self.fields[f"text_{lang}"] = _words(_NAMES[lang], 3, required=False)

    @property
    def texts(self) -> dict[str, str]:
        return {lang: self.cleaned_data.get(f"text_{lang}", "") for lang in LANGUAGES}


class Correct(InLanguages):
    """What a published edition says wrongly."""

    block = forms.ChoiceField(label=_("In which block?"), required=False)
    figure = _line(_("Code of the figure that holds instead"), 60, required=False)

    def __init__(self, *args: Any, blocks: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["block"].choices = [("", _("in none or in several")), *blocks]  # type: ignore[attr-defined]
