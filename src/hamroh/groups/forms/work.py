"""Forms of memoranda, help, what helps to earn, and applications."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.groups.forms.fields import NO_PERSON, Partial, PartyField, amount, currency, number, several
from hamroh.groups.models import (
    CommunityHelpKind,
    Helper,
    NoDate,
    PaidFor,
    PartnerKind,
    Side,
    SupportKind,
    Terms,
)
from hamroh.web.fields import Line, choice, day, paragraph

_FROM_THE_LIST = _("Choose one of the list, or write a name.")


class MemorandumForm(forms.Form):
    """What is known of a memorandum."""

    partner = PartyField(_("With whom?"), help_text=_FROM_THE_LIST)
    partner_kind = choice(_("What kind of partner is it?"), PartnerKind.choices)
    signed = Partial(label=_("When was it signed?"), help_text=_("A year is enough: 2023, 05.2023 or 14.05.2023."))
    no_date = choice(_("Why is no date known?"), NoDate.choices, empty="–")
    from_date = day(_("From which day does it hold?"), required=False)
    until_date = day(_("Until which day?"), required=False, help_text=_("Leave it empty where no end was agreed."))
    review_date = day(
        _("When do both sides look at it again?"),
        required=False,
        help_text=_("Those who run the group are reminded two weeks before."),
    )
    source = Line(
        _("Who says so?"),
        length=200,
        required=False,
        help_text=_("Where a publication tells of it: which one, which page."),
    )


class NewMemorandum(MemorandumForm):
    stands = choice(
        pgettext_lazy("memorandum", "How far is it?"),
        [("signed", pgettext_lazy("memorandum", "Signed")), ("draft", pgettext_lazy("memorandum", "Talked over"))], radio=True,
    )  # fmt: skip
    field_order = ("partner", "partner_kind", "stands")


class NewObligation(forms.Form):
    side = choice(_("Who has to do it?"), Side.choices, radio=True)
    words = Line(_("What has to be done?"), length=200, help_text=NO_PERSON)
    due_date = day(_("Until when?"), required=False)


class Scan(forms.Form):
    file = forms.FileField(label=_("The paper, as a picture or PDF"))


class NewHelp(forms.Form):
    kind = choice(_("What help is needed?"), CommunityHelpKind.choices)
    helper = choice(_("Who is asked?"), Helper.choices, help_text=NO_PERSON)
    asked_date = day(_("On which day?"))
    referral = Line(
        _("Code of the referral"), length=12, required=False,
        help_text=_("Where a case worker sent her to you. In her case stands then that help was asked for and given, and no word of yours."),
    )  # fmt: skip
    words = paragraph(_("What else must those know who run the group?"))


class Outcome(forms.Form):
    outcome = paragraph(_("What came of it?"))


class NewSupport(forms.Form):
    whom = choice(_("To whom?"), [])
    kind = choice(_("What was given?"), SupportKind.choices)
    terms = choice(_("On what terms?"), Terms.choices, radio=True)
    giver = PartyField(_("From whom?"), required=False, help_text=_FROM_THE_LIST)
    on_date = Partial(label=_("When?"), help_text=_("A year is enough: 2023, 05.2023 or 14.05.2023."))
    value = amount(_("What is it worth?"))
    currency = currency()
    share = number(_("How many per cent of the profit?"), most=100, required=False)
    due = day(_("Paid back until when?"), required=False)
    words = paragraph(_("What else was agreed?"))

    def __init__(self, *args: Any, whom: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["whom"].choices = [("group", _("The group as a whole")), *whom]  # type: ignore[attr-defined]


class NewRepayment(forms.Form):
    on_date = day(_("On which day?"))
    amount = amount(_("How much?"), required=True)
    currency = currency(required=True)
    words = paragraph(_("Anything else?"), rows=2)


class NewVisit(forms.Form):
    on_date = day(_("On which day?"))
    income = amount(_("How much was earned since?"), help_text=_("Leave it empty where nobody knows."))
    currency = currency()
    paid_for = several(_("What did it pay for?"), PaidFor.choices)
    words = paragraph(_("How does it go?"))


class ApplicationForm(forms.Form):
    title = Line(_("What for?"), length=160, help_text=NO_PERSON)
    funder = PartyField(_("Who is asked?"), help_text=_FROM_THE_LIST)
    asked = amount(_("How much is asked for?"))
    currency = currency()
    deadline_date = day(_("Until when must it be sent?"), required=False)
    report_date = day(_("When is the report due?"), required=False)
    words = paragraph(_("What else must those know who write it?"))

    def __init__(self, *args: Any, sees_words: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not sees_words:
            del self.fields["words"]


class Granted(forms.Form):
    granted = amount(_("How much was granted?"), required=True)
    report_date = day(_("When is the report due?"), required=False)
