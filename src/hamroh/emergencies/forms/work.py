"""Forms of needs, the roster, tasks and reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts.models import User
from hamroh.directory.forms.fields import TextsField
from hamroh.directory.forms.named import PlaceField
from hamroh.emergencies.forms.fields import ON_A_WALL, Person, line, moment, number
from hamroh.emergencies.models import Duty, Sector
from hamroh.vault.rules import phone_tail
from hamroh.web.fields import choice, day, paragraph


class NewNeed(forms.Form):
    place = PlaceField(label=_("Place"))
    sector = choice(_("What kind of help?"), Sector.choices)
    item = line(_("What is needed?"), help_text=ON_A_WALL)
    quantity = number(_("How many?"))
    by_date = day(_("Until when?"), required=False)
    words = paragraph(_("More, for those who lead"))


class NewResponse(forms.Form):
    giver = line(_("Who gives it?"), help_text=_("An organisation or office, no person."))
    quantity = number(_("How many?"))
    is_delivered = choice(
        _("Has it arrived?"),
        [("yes", pgettext_lazy("delivered", "It has arrived")), ("no", pgettext_lazy("delivered", "It is promised"))],
        radio=True,
    )
    on_date = day(_("On which day?"))


class NewShift(forms.Form):
    person = Person(pgettext_lazy("duty", "Who?"))
    duty = choice(pgettext_lazy("duty", "As what?"), Duty.choices)
    starts_at = moment(_("From when?"))
    ends_at = moment(_("To when?"))
    phone = line(_("How is she rung?"), required=False, length=40, help_text=_("Only those who lead see it."))

    def __init__(self, *args: Any, people: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].among(people)  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and phone_tail(phone) is None:
            raise forms.ValidationError(_("A telephone number has at least 6 digits."))
        return phone


class NewTask(forms.Form):
    assignee = Person(_("Who does it?"))
    title = line(_("What has to be done?"), help_text=ON_A_WALL)
    due_at = moment(pgettext_lazy("task", "Until when?"))
    words = paragraph(_("More, for her and those who lead"))

    def __init__(self, *args: Any, people: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["assignee"].among(people)  # type: ignore[attr-defined]


class GivenAnew(forms.Form):
    assignee = Person(_("Who does it?"))
    due_at = moment(pgettext_lazy("task", "Until when?"))
    words = paragraph(_("Why?"))

    def __init__(self, *args: Any, people: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["assignee"].among(people)  # type: ignore[attr-defined]


class Said(forms.Form):
    words = paragraph(_("What came of it?"))


class NewReport(forms.Form):
    words = TextsField(
        label=_("What is the situation, in a few sentences?"), rows=5, required=False,
        help_text=_("What the figures cannot say. Name no person and no household."),
    )  # fmt: skip

    def clean_words(self) -> dict[str, str]:
        texts: dict[str, str] = self.cleaned_data["words"]
        if any(len(text) > 4000 for text in texts.values()):
            raise forms.ValidationError(_("This is too long: at most 4,000 signs."))
        return texts
