"""Forms about her safety: how she is reached, what she agreed to, how much danger there is, what she does then."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import Organisation
from hamroh.cases.actions.contact import NEVER, STILL, UNKNOWN
from hamroh.cases.models import Answer, ContactWay, Purpose, Risk, Way
from hamroh.directory.models import Service
from hamroh.kernel import risk
from hamroh.kernel.safecontact import Body, Shares
from hamroh.web import dates
from hamroh.web.texts import pick

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
QUIET = {"autocomplete": "off"}
LONGEST = dt.timedelta(days=183)
SHARES = [
    (Shares.NOBODY.value, _("Nobody else, only she")),
    (Shares.HUSBAND.value, _("Her husband")),
    (Shares.IN_LAWS.value, _("His relatives")),
    (Shares.CHILDREN.value, _("Her children")),
    (Shares.OTHERS.value, _("Somebody else")),
]
MOST = [
    (Body.NOTHING.name, _("No message at all")),
    (Body.NEUTRAL.name, _("Only a greeting or “please ring”")),
    (Body.REFERENCE.name, _("The number of her case, too")),
    (Body.COURT.name, _("The court and its dates, too")),
    (Body.MONEY.name, _("Sums of money, too")),
]


def weekdays() -> list[tuple[str, str]]:
    return [(str(number), dates.weekday(number, get_language() or "en")) for number in range(7)]


class Terms(forms.Form):
    """What belongs to one way of reaching her; ``terms`` gives it as it is stored."""

    value = forms.CharField(
        label=_("The number, the address or the name"), max_length=200, required=False, widget=forms.TextInput(attrs=QUIET)
    )  # fmt: skip
    shares = forms.MultipleChoiceField(
        label=_("Who else answers it, reads it or holds it?"), choices=SHARES, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Where nothing is ticked it counts as shared."),
    )  # fmt: skip
    days = forms.MultipleChoiceField(
        label=_("On which days?"), choices=weekdays, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Where nothing is ticked, on every day."),
    )  # fmt: skip
    first = forms.TimeField(
        label=_("From what hour?"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Where nothing is written: from 9 to 17."),
    )  # fmt: skip
    last = forms.TimeField(
        label=_("Until what hour?"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    pretext = forms.CharField(
        label=_("From where do we say that we call?"), max_length=120, required=False, widget=forms.TextInput(attrs=QUIET),
        help_text=_("Such as: from the sewing course."),
    )  # fmt: skip
    otherwise = forms.CharField(
        label=_("What do we say if somebody else answers?"), max_length=200, required=False,
        widget=forms.TextInput(attrs=QUIET),
    )  # fmt: skip

    def clean_shares(self) -> list[str]:
        told: list[str] = self.cleaned_data["shares"]
        if Shares.NOBODY in told and len(told) > 1:
            raise forms.ValidationError(_("Either nobody else, or those who are ticked."))
        return told

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("first") and told.get("last") and told["first"] >= told["last"]:
            self.add_error("last", _("This hour is before the first one."))
        return told

    def terms(self) -> dict[str, Any]:
        """Days from Monday as 0; hours by the clock where she is."""
        told = self.cleaned_data
        first, last = told.get("first") or dt.time(9), told.get("last") or dt.time(17)
        if first >= last:
            first, last = (dt.time(0), last) if told.get("last") else (first, dt.time(22))
        return {
            "shares": told["shares"], "days": [int(day) for day in told["days"]], "first": f"{first:%H:%M}",
            "last": f"{last:%H:%M}", "pretext": told["pretext"], "otherwise": told["otherwise"],
        }  # fmt: skip


class ContactForm(Terms):
    """A way to reach her, by her own word, until she is asked again."""

    way = forms.ChoiceField(label=_("How may we reach her?"), choices=ContactWay.choices, widget=forms.RadioSelect)
    code_word = forms.CharField(
        label=_("A word by which she knows us"), max_length=60, required=False, widget=forms.TextInput(attrs=QUIET)
    )
    most = forms.ChoiceField(label=_("What may a message say?"), choices=MOST, widget=forms.RadioSelect)
    leave_message = forms.BooleanField(label=_("A message may be left with somebody else"), required=False)
    until_date = forms.DateField(label=_("Until when does this count? Then she is asked again."), widget=DAY)
    old_is_safe = forms.ChoiceField(
        label=_("Is the old one still safe to use?"), widget=forms.RadioSelect,
        choices=[
            (STILL, _("Yes, both may be used")), (NEVER, _("No, never use the old one again")),
            (UNKNOWN, _("She does not know: end it")),
        ],
    )  # fmt: skip
    field_order = (
        "way", "value", "old_is_safe", "shares", "days", "first", "last", "pretext", "code_word", "otherwise", "most",
        "leave_message", "until_date",
    )  # fmt: skip

    def __init__(self, *args: Any, today: dt.date, replaces: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["value"].required = True
        if not replaces:
            del self.fields["old_is_safe"]

    def clean_until_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["until_date"]
        if not self.today <= day <= self.today + LONGEST:
            raise forms.ValidationError(_("Choose a day from today on, at most half a year ahead."))
        return day

    def terms(self) -> dict[str, Any]:
        told = self.cleaned_data
        more = {"most": told["most"], "leave_message": told["leave_message"], "code_word": told["code_word"]}
        return super().terms() | more


class ReachForm(forms.Form):
    """In which way she is to be reached now, and with which words."""

    way = forms.ChoiceField(label=_("In which way?"), choices=ContactWay.choices, widget=forms.RadioSelect)
    body = forms.ChoiceField(label=_("With which words?"), required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Other words"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2, **QUIET}),
        help_text=_("No name of ours, no case, no court, no money, unless her rule allows it."),
    )  # fmt: skip
    leaves_message = forms.BooleanField(label=_("Leave a message if she does not answer"), required=False)

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], ways: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [("", _("No words: only a call or a visit")), *bodies]  # type: ignore[attr-defined]
        first = [each for each in ContactWay.choices if each[0] in ways]
        self.fields["way"].choices = first or ContactWay.choices  # type: ignore[attr-defined]

    @property
    def said(self) -> str:
        """Her worker's own words, else the chosen ones."""
        told = self.cleaned_data
        chosen = dict(self.fields["body"].choices).get(told["body"], "") if told["body"] else ""  # type: ignore[attr-defined]
        return str(told["words"].strip() or chosen)


class Done(forms.Form):
    words = forms.CharField(
        label=_("What came of it?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as: she answered, we meet on Friday. Or: nobody answered."),
    )  # fmt: skip


def named_service(service: Service) -> str:
    """A service with whose it is, in the reader's language."""
    lang = get_language() or "en"
    return f"{pick(service.names, lang).text or service.code}, {pick(service.party.names, lang).text or service.party.code}"


class ConsentForm(forms.Form):
    """Her answer to what was read out."""

    answer = forms.ChoiceField(label=_("What did she say?"), choices=Answer.choices, widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("How did she say it?"), choices=Way.choices, widget=forms.RadioSelect)
    to_organisation = forms.ModelChoiceField(
        label=_("Which organisation?"), queryset=Organisation.objects.none(), required=False
    )
    to_service = forms.ModelChoiceField(
        label=_("Or which service without an account?"), queryset=Service.objects.none(), required=False,
        help_text=_("A service of the directory reads a referral by a link that ends."),
    )  # fmt: skip
    about = forms.ChoiceField(label=_("About whom?"), required=False)
    person = forms.ChoiceField(label=_("Who answered?"), required=False)
    words = forms.CharField(
        label=_("What she added"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    until_date = forms.DateField(
        label=_("Until when?"), required=False, widget=DAY, help_text=_("Empty: until she takes it back.")
    )
    advised = forms.BooleanField(label=_("I told her what may follow, and she understood"), required=False)

    def __init__(
        self, *args: Any, purpose: str, today: dt.date, children: Any, answerers: Any, others: Any, services: Any,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["to_organisation"].queryset = others  # type: ignore[attr-defined]
        self.fields["to_service"].queryset = services  # type: ignore[attr-defined]
        self.fields["to_service"].label_from_instance = named_service  # type: ignore[attr-defined]
        self.fields["about"].choices = [("", _("Herself")), *children]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("She herself")), *answerers]  # type: ignore[attr-defined]
        for name, needed in (
            ("to_organisation", purpose in (Purpose.SHARE, Purpose.TRANSFER)), ("to_service", purpose == Purpose.SHARE),
            ("advised", purpose in (Purpose.OFFICIAL, Purpose.SHARE, Purpose.TRANSFER)), ("about", bool(children)),
            ("person", bool(answerers)),
        ):  # fmt: skip
            if not needed:
                del self.fields[name]

    def clean_until_date(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["until_date"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day


SAID = [
    (risk.Said.YES.value, pgettext_lazy("said", "Yes")),
    (risk.Said.NO.value, pgettext_lazy("said", "No")),
    (risk.Said.UNSAID.value, pgettext_lazy("said", "She did not want to say")),
]


class RiskForm(forms.Form):
    """All questions of the tool, each answered or left open; and another level with its reason."""

    level = forms.ChoiceField(
        label=_("Do you judge otherwise than the answers?"), required=False, widget=forms.RadioSelect,
        choices=[("", _("No, as the answers say")), *((value, label) for value, label in Risk.choices if value != "unknown")],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A sentence, if you choose another level."),
    )  # fmt: skip

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in risk.tool().questions:
            words = question.texts.get(lang) or question.texts["en"]
            self.fields[f"q_{question.code}"] = forms.ChoiceField(
                label=words, choices=SAID, required=False, widget=forms.RadioSelect
            )

    def answers(self) -> dict[str, str]:
        return {name[2:]: value for name, value in self.cleaned_data.items() if name.startswith("q_") and value}

    def groups(self, lang: str) -> list[tuple[str, list[Any]]]:
        tool = risk.tool()
        return [
            (words.get(lang) or words["en"], [self[f"q_{each.code}"] for each in tool.questions if each.group == code])
            for code, words in tool.groups.items()
        ]


STEPS = (
    ("signs", _("By what does she notice that it gets dangerous or too heavy?"), ""),
    ("helps", _("What has helped her before?"), _("A walk, prayer, the children, a neighbour, music.")),
    ("people", _("Whom can she ring or go to, also at night?"), ""),
    ("place", _("Where can she and the children go?"), _("Write no address of a shelter here.")),
    (
        "means",
        _("What is to be put away, and who keeps it?"),
        _("Medicines, poison for fields, a rope, a knife, a gun."),
    ),
    (
        "bag",
        _("What is ready if she has to leave quickly?"),
        _("Papers, money, keys, medicine, clothes of the children."),
    ),
)


class PlanForm(forms.Form):
    """The steps of a safety plan, in her words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label, hint in STEPS:
            self.fields[code] = forms.CharField(
                label=label, help_text=hint, required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2, **QUIET})
            )  # fmt: skip
