"""Forms of activities, campaigns and lessons, and of what stands beside them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.directory.forms.fields import SPOKEN, TextsField
from hamroh.directory.forms.named import PartyField, PlaceField
from hamroh.projects.forms.fields import NOT_SAID, ThemesField
from hamroh.projects.forms.parts import RowField
from hamroh.projects.models import Channel, HowKnown, Indicator, MaterialKind
from hamroh.training.models import Age, Sex
from hamroh.web.fields import Line, SomeDay, choice, whole

_SOURCE = _("Where is this told?")
_MOST = 2_000_000_000


class WorkForm(forms.Form):
    """A record that may belong to a project."""

    project = Line(
        pgettext_lazy("work", "Code of its project"), length=12, required=False, help_text=_("Where it is part of one.")
    )

    def __init__(self, *args: Any, mine: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._mine = mine
        self.settle()

    def settle(self) -> None:
        """Choices that depend on what she may see."""

    def clean_project(self) -> Any:
        typed = self.cleaned_data["project"].strip().lower()
        row = self._mine.filter(code=typed).first() if typed else None
        if typed and row is None:
            raise ValidationError(said("There is no project of this code."))
        return row

    @classmethod
    def of(cls, row: Any) -> dict[str, Any]:
        told = {name: getattr(row, name) for name in cls.base_fields}
        told |= {"project": row.project.code if row.project else ""}
        if "themes" in told:
            told["themes"] = list(row.themes.all())
        if "place" in told:
            told["place"] = row.place.key if row.place else ""
        return told

    @property
    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ActivityForm(WorkForm):
    whats = TextsField(label=_("What is done?"), help_text=_("In one language at least. Name no person."))
    who = PartyField(_("Who does it?"), required=False, help_text=_("As the directory names it."))
    who_name = Line(_("Or who is not in the directory"), length=200, required=False)
    place = PlaceField(
        label=_("Where?"), required=False, help_text=_("A district or a town. Never where somebody stays in safety.")
    )
    spot = Line(_("In which house or village?"), required=False)
    is_hidden = forms.BooleanField(label=_("Never told outside"), required=False)
    starts, ends = SomeDay(_("First day"), required=False), SomeDay(_("Last day"), required=False)
    sector = Line(_("Code of the sector"), length=20, required=False)
    indicator = RowField(queryset=Indicator.objects.none(), required=False, label=_("Which indicator does it serve?"))
    source = Line(_SOURCE, length=300, required=False)
    remark = Line(pgettext_lazy("project", "Remark"), length=300, required=False)

    def settle(self) -> None:
        rows = Indicator.objects.filter(project__in=self._mine).order_by("project", "code")
        self.fields["indicator"].queryset = rows  # type: ignore[attr-defined]


class CampaignForm(WorkForm):
    titles = TextsField(label=_("What is it called?"), help_text=_("In one language at least. Name no person."))
    abouts = TextsField(label=_("What is made known?"), required=False, rows=3)
    themes = ThemesField(_("Themes"))
    starts, ends = SomeDay(_("First day"), required=False), SomeDay(_("Last day"), required=False)
    source = Line(_SOURCE, length=300, required=False)
    remarks = TextsField(label=_("What is not known, and why?"), required=False)
    is_public = forms.BooleanField(
        label=_("Anybody may read this"), required=False, help_text=_("Where its project is public, too.")
    )


class LessonForm(WorkForm):
    titles = TextsField(
        label=_("What was learned?"), help_text=_("In one sentence, in one language at least. Name no person.")
    )
    texts = TextsField(label=_("What happened, and what would be done otherwise?"), required=False, rows=4)
    themes = ThemesField(_("Themes"))
    on_date = SomeDay(_("When?"), required=False)
    source = Line(_SOURCE, length=300, required=False)
    is_public = forms.BooleanField(
        label=_("Anybody may read this"), required=False, help_text=_("Where its project is public, too.")
    )


class ReachForm(forms.Form):
    number = whole(_("How many people?"), least=1, most=_MOST, required=True)
    at_least = forms.BooleanField(label=_("There were more than that"), required=False)
    group = Line(
        _("Who were they?"), length=120, required=False, help_text=_("Families, officials, pupils. Name no person.")
    )
    sex = choice(pgettext_lazy("sex", "Women or men?"), Sex.choices, empty=NOT_SAID)
    age = choice(_("Age"), Age.choices, empty=NOT_SAID)


class MaterialForm(forms.Form):
    kind = choice(_("What was made?"), MaterialKind.choices)
    title = Line(_("What is it called?"), length=200)
    language = choice(_("In which language?"), SPOKEN, empty=NOT_SAID)
    copies = whole(_("How many copies?"), most=_MOST)
    record_code = Line(_("Its code in the library"), length=20, required=False)


class ReachedForm(forms.Form):
    number = whole(pgettext_lazy("figure", "How many?"), least=1, most=_MOST, required=True)
    at_least = forms.BooleanField(label=_("There were more than that"), required=False)
    per_month = forms.BooleanField(label=_("In each month"), required=False)
    how_known = choice(
        _("How is that known?"), HowKnown.choices, radio=True, help_text=_("Numbers that are known in different ways are never added.")
    )  # fmt: skip
    channel = choice(_("By which way?"), Channel.choices)
    place = PlaceField(label=_("Where?"), required=False)
    language = choice(_("In which language?"), SPOKEN, empty=NOT_SAID)
    on_date = SomeDay(_("When?"), required=False)
    source = Line(_SOURCE, length=300, required=False)


#: kind of a record -> its form, what a new one is called, what a change is called
FORMS: dict[str, tuple[type[WorkForm], Any, Any]] = {
    "activity": (ActivityForm, _("A new activity"), _("Change what is known")),
    "campaign": (CampaignForm, _("A new campaign"), _("Change what is known")),
    "lesson": (LessonForm, _("A lesson"), _("Change what is known")),
}
#: what stands beside which kind of record, with its form and what a new one is called
BESIDE: dict[str, tuple[str, type[forms.Form], Any]] = {
    "reach": ("activity", ReachForm, _("For whom it was")), "material": ("campaign", MaterialForm, _("What was made")),
    "reached": ("campaign", ReachedForm, _("Whom it reached")),
}  # fmt: skip
