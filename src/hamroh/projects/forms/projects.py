"""The form of a project, and the question that the lists ask."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import User
from hamroh.directory.forms.fields import TextsField
from hamroh.directory.forms.named import PlaceField
from hamroh.projects.actions import ProjectTold
from hamroh.projects.forms.fields import ThemesField
from hamroh.projects.models import Kind, Project, Scope, Visible
from hamroh.projects.selectors import Wish
from hamroh.projects.states import STATUSES
from hamroh.web.fields import Line, SomeDay, choice, whole

ANY = pgettext_lazy("filter", "any")


class People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # generic for the checker alone
    """People who work here."""

    def among(self, people: list[User]) -> None:
        self.queryset = User.objects.filter(pk__in=[each.pk for each in people]).order_by("display_name")


class ProjectForm(forms.Form):
    titles = TextsField(label=_("What is it called?"), help_text=_("In one language at least. Name no person."))
    reference = Line(
        pgettext_lazy("project", "Our reference"), length=60, help_text=_("Short, and once only in your organisation: LEGAL-AID-2026.")
    )  # fmt: skip
    kind = choice(pgettext_lazy("project", "What is it?"), Kind.choices)
    scope = choice(_("Is it national or international?"), Scope.choices, radio=True, initial="national")
    part_of = Line(
        _("Code of the programme that it is part of"),
        length=12,
        required=False,
        help_text=_("Where it is part of one."),
    )
    objectives = TextsField(label=_("What is it to change?"), required=False, rows=3)
    abouts = TextsField(label=_("What is done?"), required=False, rows=3)
    for_whom = TextsField(label=_("For whom?"), required=False)
    subjects = ThemesField(_("Themes"))
    starts_planned = SomeDay(_("Planned first day"), required=False)
    ends_planned = SomeDay(_("Planned last day"), required=False)
    starts = SomeDay(_("Day on which it began"), required=False)
    ends = SomeDay(_("Day on which it ended"), required=False)
    stopped_date = SomeDay(_("Day on which it was stopped early"), required=False)
    stopped_why = TextsField(label=_("Why was it stopped?"), required=False)
    period_notes = TextsField(label=_("If a day is not known: why?"), required=False)
    visibility = choice(_("Who may read it?"), Visible.choices, radio=True, initial="organisation")
    owners = People(
        queryset=User.objects.none(), required=False, label=_("Who works on it?"), widget=forms.CheckboxSelectMultiple
    )
    source = Line(
        _("Where is this told?"), length=300, required=False, help_text=_("A document and its page, where the record is from one.")
    )  # fmt: skip
    remarks = TextsField(label=_("What else is not known, and why?"), required=False)

    def __init__(self, *args: Any, people: list[User], mine: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owners"].among(people)  # type: ignore[attr-defined]
        self._mine = mine

    def clean_titles(self) -> dict[str, str]:
        titles: dict[str, str] = self.cleaned_data["titles"]
        if any(len(text) > 300 for text in titles.values()):
            raise ValidationError(said("A title has at most 300 signs."))
        return titles

    def clean_part_of(self) -> Project | None:
        typed = self.cleaned_data["part_of"].strip().lower()
        row: Project | None = self._mine.filter(code=typed).first() if typed else None
        if typed and row is None:
            raise ValidationError(said("There is no project of this code."))
        return row

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("stopped_date") and not told.get("stopped_why"):
            self.add_error("stopped_why", said("Say why."))
        return told

    @classmethod
    def of(cls, row: Project) -> dict[str, Any]:
        plain = {name: getattr(row, name) for name in cls.base_fields if name not in ("part_of", "owners", "subjects")}
        return plain | {
            "part_of": row.part_of.code if row.part_of else "", "subjects": list(row.subjects.all()),
            "owners": [each for each in row.owners.split("/") if each],
        }  # fmt: skip

    def told(self, before: Project | None = None) -> ProjectTold:
        """What the form says; markers have no field of their own here and stay as they are."""
        return ProjectTold(**self.cleaned_data, policy_markers=before.policy_markers if before else ())


class WishForm(forms.Form):
    """What is looked for. Every answer narrows; none is needed."""

    q = Line(
        _("Words"), length=200, required=False, help_text=_("In any of the four languages. Every word must be there.")
    )
    theme = Line(
        _("Theme"), length=120, required=False, help_text=_("A word of the thesaurus: narrower ones are found, too.")
    )
    by = Line(pgettext_lazy("filter", "Organisation"), length=200, required=False, help_text=_("In any spelling."))
    place = PlaceField(label=pgettext_lazy("filter", "Place"), required=False)
    since = whole(_("From the year"), least=1990, most=2100)
    until = whole(_("To the year"), least=1990, most=2100)
    status = choice(pgettext_lazy("filter", "Status"), STATUSES, empty=ANY)
    scope = choice(pgettext_lazy("filter", "Scope"), Scope.choices, empty=ANY)

    @property
    def wish(self) -> Wish:
        """What was understood; what was not does not narrow, and the form says so."""
        told = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return Wish(
            told.get("q", ""), told.get("theme", ""), told.get("by", ""), told.get("since"), told.get("until"), told.get("status", ""),
            told.get("scope", ""), told.get("place"),
        )  # fmt: skip
