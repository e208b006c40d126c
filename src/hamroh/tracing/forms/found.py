"""Forms about somebody who was found: a talk, what he wishes, letters, and where he is."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.models import ContactWay
from hamroh.kernel.retention import Unit, after
from hamroh.tracing.actions.approaching import MONTHS, MOST_MONTHS, Talked, Wished
from hamroh.tracing.actions.letters import LONGEST
from hamroh.tracing.actions.places import Order
from hamroh.tracing.actions.telling import SPOKEN_WAYS
from hamroh.tracing.models import Ground, HisWay, Talk, Wish
from hamroh.tracing.reading import CHECKS, seen_in
from hamroh.vault.rules import phone_tail
from hamroh.web.fields import without_controls

LINE, LONG_TEXT = 200, 2000
YES_NO = [("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No"))]
_QUIET = {"autocomplete": "off"}
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
#: what a reader does with a letter
VERDICTS = [
    ("approved", pgettext_lazy("letter", "It may go")), ("returned", pgettext_lazy("letter", "Send it back, to be written anew")),
    ("refused", pgettext_lazy("letter", "Refuse it")),
]  # fmt: skip
#: how somebody is spoken with; nobody is asked in writing, since nobody knows who reads
TALKED = [(each.value, each.label) for each in (ContactWay.VISIT, ContactWay.CALL, ContactWay.PERSON)]
#: why a lawyer opens a place; the code stands in the journal
WHY = [
    ("claim", pgettext_lazy("why", "To write it into a claim")), ("serve", pgettext_lazy("why", "So that papers of the court reach him")),
    ("enforce", pgettext_lazy("why", "For the enforcement office")), ("check", pgettext_lazy("why", "To see whether it still holds")),
]  # fmt: skip
Choices = Sequence[tuple[str, Any]]


def _line(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LINE, required=False, widget=forms.TextInput(attrs=_QUIET), **more)


def _words(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, **_QUIET})
    return forms.CharField(label=label, **{"max_length": LONG_TEXT, "required": False, "widget": area, **more})


class TalkForm(forms.Form):
    """One try to speak with him."""

    record = forms.ChoiceField(label=_("By which list is he reached?"), widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=Talk.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )  # fmt: skip
    on_date = forms.DateField(label=_("On which day?"), widget=_DAY)
    way = forms.ChoiceField(label=_("In which way?"), choices=TALKED, widget=forms.RadioSelect)
    place = _line(_("Where did you speak?"), help_text=_("A place where nobody knew why. It is sealed."))
    proof = _line(
        _("How did he show who he is?"), help_text=_("A paper, or what only he can know: ask, and do not tell him the answer."),
    )  # fmt: skip
    words = _words(_("What else must be known for the next time?"))

    def __init__(self, *args: Any, records: Choices, today: dt.date, **kwargs: Any) -> None:
        kwargs["initial"] = {"on_date": today, "record": records[0][0] if records else ""}
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["record"].choices = records  # type: ignore[attr-defined]
        if len(records) == 1:
            self.fields["record"].widget = forms.HiddenInput()

    def clean_on_date(self) -> dt.date:
        return not_ahead(self.cleaned_data["on_date"], self.today)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("outcome") == Talk.SPOKEN and not (told.get("proof") or "").strip():
            self.add_error("proof", _("Write how he showed who he is. Without that he was not spoken with."))
        return told

    def talked(self) -> Talked:
        told = self.cleaned_data
        return Talked(
            outcome=told["outcome"], on=told["on_date"], way=told["way"], place=told["place"], proof=told["proof"],
            words=told["words"],
        )  # fmt: skip


def not_ahead(day: dt.date, today: dt.date) -> dt.date:
    if day > today:
        raise forms.ValidationError(_("This day is still ahead."))
    return day


class WishForm(forms.Form):
    """His answer to every wish, each of which has to be asked."""

    phone = _line(
        _("The number that he names"), help_text=_("Only where he agrees that they learn how he can be reached.")
    )
    terms = _line(_("When and how they may ring"), help_text=_("Write no place here: it is passed on as it stands."))
    way = forms.ChoiceField(label=_("How did he say so?"), choices=HisWay.choices, widget=forms.RadioSelect)
    on_date = forms.DateField(label=_("On which day?"), widget=_DAY)
    until_date = forms.DateField(label=_("Until when does it count? Then he is asked again."), widget=_DAY)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        kwargs["initial"] = {"on_date": today, "until_date": after(today, Unit.MONTHS, MONTHS)}
        super().__init__(*args, **kwargs)
        self.today = today
        for wish in Wish:
            self.fields[f"w_{wish}"] = forms.ChoiceField(
                label=wish.label, choices=YES_NO, widget=forms.RadioSelect,
                error_messages={"required": _("Ask this, and choose an answer.")},
            )  # fmt: skip

    def asked(self, words: Mapping[str, str]) -> list[tuple[Any, str]]:
        """Each question with the words that are read to him."""
        return [(self[f"w_{wish}"], words[wish]) for wish in Wish.values]

    def clean_on_date(self) -> dt.date:
        return not_ahead(self.cleaned_data["on_date"], self.today)

    def clean_until_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["until_date"]
        if not self.today <= day <= after(self.today, Unit.MONTHS, MOST_MONTHS):
            raise forms.ValidationError(_("Choose a day from today on, at most a year ahead."))
        return day

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get(f"w_{Wish.CONTACT}") == "yes" and phone_tail(told.get("phone") or "") is None:
            self.add_error("phone", _("Write the number that he names. It has at least 6 digits."))
        return told

    def wished(self) -> Wished:
        told = self.cleaned_data
        yes = frozenset(wish for wish in Wish.values if told[f"w_{wish}"] == "yes")
        terms = {"phone": without_controls(told["phone"]), "words": without_controls(told["terms"])}
        return Wished(yes, told["way"], told["on_date"], told["until_date"], terms)


class LetterForm(forms.Form):
    """A short letter with family news. Numbers and links are refused while it is written."""

    body = forms.CharField(
        label=_("The letter"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8, **_QUIET}),
        help_text=_("Family news, at most 1500 letters: health, children, births and deaths, greetings. No place, no number, no money."),
        error_messages={"required": _("Write the letter.")},
    )  # fmt: skip

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if seen_in(body):
            raise forms.ValidationError(
                _("There is a number or a link in it. Such a letter does not go: leave it out.")
            )
        return body


class ReadForm(forms.Form):
    """What a reader finds in a letter, and what becomes of it."""

    after = forms.ChoiceField(
        label=_("What becomes of the letter?"), choices=VERDICTS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of it.")},
    )  # fmt: skip
    words = _words(_("Why?"), help_text=_("Needed where it does not go. Whoever wrote it reads this."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in CHECKS.items():
            self.fields[f"c_{code}"] = forms.ChoiceField(
                label=words, choices=YES_NO, widget=forms.RadioSelect, error_messages={"required": _("Look for this, and choose.")},
            )  # fmt: skip
        self.order_fields([*(f"c_{code}" for code in CHECKS), "after", "words"])

    def found(self) -> dict[str, bool]:
        return {code: self.cleaned_data[f"c_{code}"] == "yes" for code in CHECKS}


class ReleaseForm(forms.Form):
    """On what ground a lawyer is to learn where he is. The place is asked for later, once a second person agreed."""

    matter = forms.ChoiceField(label=_("For which matter?"))
    lawyer = forms.ChoiceField(label=_("For which lawyer?"))
    ground = forms.ChoiceField(
        label=_("On what ground?"), choices=Ground.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the ground.")},
    )  # fmt: skip
    document = _line(_("Number of the document"), help_text=_("Needed where a court or the enforcement office asks."))
    issuer = _line(_("Who issued it?"))
    on_date = forms.DateField(label=_("Of which day?"), widget=_DAY, required=False)
    words = _words(_("What else speaks for it?"))

    def __init__(self, *args: Any, matters: Choices, lawyers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].choices = matters  # type: ignore[attr-defined]
        self.fields["lawyer"].choices = lawyers  # type: ignore[attr-defined]

    def order(self) -> Order:
        told = self.cleaned_data
        return Order(told["ground"], told["document"], told["issuer"], told["on_date"], told["words"])


class PlaceForm(forms.Form):
    """Where he is; from then on the lawyer alone reads it."""

    address = forms.CharField(
        label=_("Where does he live?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2, **_QUIET}),
        error_messages={"required": _("Write where he lives.")},
    )  # fmt: skip
    words = _words(_("What else must the lawyer know?"))


class Opened(forms.Form):
    """Asked before a place is opened."""

    why = forms.ChoiceField(
        label=_("Why do you open it now?"), choices=WHY, widget=forms.RadioSelect,
        error_messages={"required": _("Choose why. It is written down beside your name.")},
    )  # fmt: skip


class ReachForm(forms.Form):
    """In which way she is told by mouth."""

    way = forms.ChoiceField(
        label=_("In which way is it told?"), choices=[(each.value, each.label) for each in SPOKEN_WAYS], widget=forms.RadioSelect,
        error_messages={"required": _("Choose a way.")},
    )  # fmt: skip
