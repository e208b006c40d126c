"""Forms of recovery papers: two papers as they are typed from the sheets, and signs as they are heard."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hamroh.vault import papers

FIRST, SECOND = "first_paper", "second_paper"
ANOTHER_SET = _("Both papers are whole, and they are not those of today. Look for the sheets with the signs above.")
OTHER_SIGNS = _(
    "These are not the signs of her key. Ask her to read them once more. If they still differ, stop: it may be somebody else’s "
    "key. Tell who runs this installation."
)
_NOT_WHOLE = _("Each word could stand on a paper, and together they do not hold. Compare every word with the sheet.")
_TWICE = _("This is the same paper again, or one of another set. Type another one that bears the same signs.")


class Paper(forms.CharField):
    """One sheet: 33 words, read kindly. Nothing of it is learned by the browser or corrected by it."""

    def __init__(self, label: Any) -> None:
        as_typed = {
            "autocomplete": "off",
            "autocapitalize": "none",
            "autocorrect": "off",
            "spellcheck": "false",
            "rows": 4,
        }
        super().__init__(
            label=label, max_length=2000, widget=forms.Textarea(attrs=as_typed | {"translate": "no", "lang": "en"})
        )

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return papers.read(typed)
        except papers.PaperRefused as fault:
            raise forms.ValidationError(_why(fault)) from None


def _why(fault: papers.PaperRefused) -> str:
    if fault.wrong:
        places = ", ".join(map(str, fault.wrong[:6]))
        return ngettext(
            "Word %(places)s stands on no paper. Compare it with the sheet.",
            "Words %(places)s stand on no paper. Compare them with the sheet.",
            len(fault.wrong),
        ) % {"places": places}
    if fault.count != papers.WORDS:
        told = _("A paper has {all} words; here are {count}.")
        return str(format_lazy(told, all=papers.WORDS, count=fault.count))
    return str(_NOT_WHOLE)


class Papers(forms.Form):
    """Two of the three papers."""

    first_paper = Paper(_("First paper"))
    second_paper = Paper(_("Second paper"))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if FIRST in given and SECOND in given and not papers.are_of_one_set(given[FIRST], given[SECOND]):
            self.add_error(SECOND, _TWICE)
        return given

    @property
    def both(self) -> list[str]:
        return [self.cleaned_data[FIRST], self.cleaned_data[SECOND]]


class Make(forms.Form):
    """The first papers: nothing to type, one thing to know."""

    ready = forms.BooleanField(label=_("A printer stands here, or paper and pen, and nobody looks over my shoulder."))


class Exchange(Papers):
    """New papers in the place of old ones."""

    ready = Make.base_fields["ready"]


class Signs(forms.Form):
    """What she reads aloud from her own screen."""

    signs = forms.CharField(
        label=_("The signs that she reads aloud"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
