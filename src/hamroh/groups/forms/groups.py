"""Forms of groups, their members, and talks among peers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import User
from hamroh.directory.forms.fields import TextsField
from hamroh.directory.forms.named import PlaceField
from hamroh.groups.actions.members import LONGEST_TALK, MOST_MEMBERS
from hamroh.groups.forms.fields import Partial, number, several
from hamroh.groups.models import AgeBand, GroupKind, GroupRole, Sex, Theme
from hamroh.web.fields import Line, choice, day, paragraph

_ALIAS = _("A name she chooses for the group. Not her legal name, unless she wants to be called so.")


class NewGroup(forms.Form):
    names = TextsField(
        label=_("What is the group called?"), help_text=_("Name no person: the name of the group is seen by many.")
    )
    kind = choice(_("What kind of group is it?"), GroupKind.choices, radio=True)
    place = PlaceField(label=_("In which place?"), help_text=_("District or village, as the directory knows it."))
    founded = Partial(label=_("Since when?"), help_text=_("A year is enough: 2023, 05.2023 or 14.05.2023."))
    meets = Line(
        _("Where and when does it meet?"),
        length=200,
        required=False,
        help_text=_("Only those who run and guide the group see it."),
    )
    words = paragraph(_("What else must those know who run it?"))


class NewGroupFor(NewGroup):
    """The same by who leads: she says who runs it."""

    facilitator = forms.ModelChoiceField(
        label=_("Who runs it?"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet"),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["facilitator"].queryset = User.objects.filter(pk__in=[each.pk for each in people])  # type: ignore[attr-defined]


class ChangedGroup(NewGroup):
    def __init__(self, *args: Any, sees_words: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not sees_words:
            del self.fields["meets"], self.fields["words"]


class NewFacilitator(forms.Form):
    person = forms.ModelChoiceField(label=_("Who runs it?"), queryset=User.objects.none())
    from_date = day(_("Since which day?"))

    def __init__(self, *args: Any, people: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = User.objects.filter(pk__in=[each.pk for each in people])  # type: ignore[attr-defined]


# -- members ---------------------------------------------------------------------------------------------------------


class ChangedMember(forms.Form):
    alias = Line(pgettext_lazy("group", "Alias"), length=60, help_text=_ALIAS)
    sex = choice(pgettext_lazy("group", "Woman or man?"), Sex.choices, radio=True, empty=_("Not said"))
    age_band = choice(_("How old?"), AgeBand.choices, empty=_("Not said"))


class NewMember(ChangedMember):
    joined_date = day(_("Since which day is she in the group?"), required=False)
    roles = several(_("What is she in the group?"), GroupRole.choices)


class NewRole(forms.Form):
    role = choice(_("What is she in the group?"), GroupRole.choices)
    from_date = day(_("Since which day?"))


class Left(forms.Form):
    left_date = day(_("On which day did she leave?"))


class Talk(forms.Form):
    on_date = day(_("On which day?"), help_text=_("Only the week is kept."))
    minutes = number(_("How many minutes?"), least=5, most=LONGEST_TALK)
    came = number(_("How many came?"), least=1, most=MOST_MEMBERS)
    themes = several(
        _("What was it about?"), Theme.choices,
        help_text=_("Themes are kept only where three or more came. Who came, and who said what, is not written down."),
    )  # fmt: skip
