"""Which table about requests somebody wants to see."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.tracing.figures import INSIDE, Sort, Wish, asked_halves


class WhichRequests(forms.Form):
    half = forms.ChoiceField(
        label=_("Asked for in which half-year?"),
        help_text=_("Only one that is over is counted, and what became of its requests once the next one is over, too: then it stays as it is."),
    )  # fmt: skip
    sort = forms.ChoiceField(label=_("Which table?"), choices=Sort.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.now().date()
        halves = asked_halves(self.today)
        self.fields["half"].choices = [  # type: ignore[attr-defined]
            (each.code, str(each)) for each in halves
        ]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self.errors and self.wish.counted_until > self.today:
            self.add_error("half", _("What became of these requests is counted once the half-year after it is over."))
        if not self.errors and self.wish.sort in INSIDE and self.wish.half.part == 1:
            self.add_error("half", _("Choose the second half of a year: two whole years are counted together."))
        return facts

    @property
    def wish(self) -> Wish:
        return Wish.of(self.cleaned_data)
