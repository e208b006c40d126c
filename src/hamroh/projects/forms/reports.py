"""Forms of reports to donors."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import Organisation
from hamroh.directory.forms.fields import TextsField
from hamroh.projects.actions.reports import LONGEST, Contents, ReportTold, ids
from hamroh.projects.models import DonorReport
from hamroh.projects.reports.templates import TEMPLATES, Section, template
from hamroh.projects.reports.words import LANGUAGE_NAMES
from hamroh.projects.selectors.reports import Choice
from hamroh.web.fields import OFF, SomeDay
from hamroh.web.texts import pick


class ReportForm(forms.Form):
    template = forms.ChoiceField(label=_("What kind of report?"), widget=forms.RadioSelect, initial="half_year")
    starts = SomeDay(_("From when?"), help_text=_("A day, a month or a year: 23.11.2026, 11.2026, 2026."))
    ends = SomeDay(_("Until when?"))
    languages = forms.MultipleChoiceField(
        label=_("In which languages will it be given out?"), choices=list(LANGUAGE_NAMES.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose a language at least.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or "en"
        self.fields["template"].choices = [(code, str(pick(template(code).titles, lang))) for code in TEMPLATES]  # type: ignore[attr-defined]

    @staticmethod
    def of(row: DonorReport) -> dict[str, Any]:
        return {name: getattr(row, name) for name in ("template", "starts", "ends", "languages")}

    def clean_languages(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["languages"])

    @property
    def told(self) -> ReportTold:
        return ReportTold(**self.cleaned_data)


class WordsForm(forms.Form):
    """The officer's own words of a section."""

    words = TextsField(label=_("Your words"), rows=8, required=False)

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = str(pick(section.asks, get_language() or "en"))

    def clean_words(self) -> dict[str, str]:
        words: dict[str, str] = self.cleaned_data["words"]
        if any(len(text) > LONGEST for text in words.values()):
            raise ValidationError(said("That is too long for one section."))
        return words


class ContentsForm(forms.Form):
    """What stands in a report beside words and figures of the project."""

    draws = forms.MultipleChoiceField(
        label=_("What is drawn from the project?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Risks are told to nobody outside unless you tick them."),
    )  # fmt: skip
    tables = forms.MultipleChoiceField(
        label=_("Which released tables?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only tables that were released for donors or for everybody are listed."),
    )  # fmt: skip
    stories = forms.MultipleChoiceField(
        label=_("Which stories?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only stories whose narrators allow it today are listed."),
    )  # fmt: skip

    def __init__(self, *args: Any, report: DonorReport, choice: Choice, words: Mapping[str, Any], **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        lang = get_language() or "en"
        self.drawn = [name for name in template(report.template).draws if name not in ("stories", "statistics")]
        self._choose("draws", [(name, str(words[name])) for name in self.drawn])
        self._choose("tables", [(pk, f"{table.title} ({table.made_at:%Y-%m-%d})") for pk, table in choice.tables.items()])  # fmt: skip
        self._choose("stories", [(str(row.pk), _beginning(str(pick(row.texts, lang)))) for row in choice.stories])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields[name]

    @staticmethod
    def of(row: DonorReport) -> dict[str, Any]:
        drawn = [name for name in template(row.template).draws if name not in row.left_out]
        return {"draws": drawn, "tables": row.tables, "stories": row.stories}

    @property
    def told(self) -> Contents:
        said_ = self.cleaned_data
        return Contents(
            stories=self._picked("stories"), tables=self._picked("tables"),
            left_out=tuple(name for name in self.drawn if name not in said_.get("draws", ())),
        )  # fmt: skip

    def _picked(self, name: str) -> tuple[str, ...]:
        if name not in self.fields:
            return ()
        return ids(self.cleaned_data[name], [key for key, _label in self.fields[name].choices])  # type: ignore[attr-defined]


def _beginning(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"


class SendBack(forms.Form):
    words = forms.CharField(
        label=_("Why does it go back?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, **OFF})
    )


class Give(forms.Form):
    """To whom a report is lent, and until when."""

    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none(), label=_("Of which organisation?"))
    username = forms.CharField(
        label=_("User name"), max_length=150, widget=forms.TextInput(attrs=OFF),
        help_text=_("A donor with an account in our organisation, or a guest, programme manager or supervisor of another one."),
    )  # fmt: skip
    until = forms.DateField(
        label=pgettext_lazy("loan", "Until which day?"), input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day like 23.11.2026.")},
    )  # fmt: skip

    def __init__(self, *args: Any, houses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = houses  # type: ignore[attr-defined]
        lang = get_language() or "en"
        self.fields["organisation"].label_from_instance = lambda house: str(pick(house.names, lang))  # type: ignore[attr-defined]
