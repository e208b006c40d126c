"""Forms of evidence: a file with what it is, and parts of a picture to be blacked out."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from hamroh.cases.models import Discipline, EvidenceKind, MatterKind, Person
from hamroh.cases.redacting import Box

_PARTIAL = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
#: parts of one picture
MOST_BOXES = 40


class TakeEvidence(forms.Form):
    file = forms.FileField(
        label=_("The file"), help_text=_("A picture, a PDF, a document or a recording. It is kept byte for byte as it came."),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=pgettext_lazy("evidence", "What is it?"), choices=EvidenceKind.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say what it is.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("What does it show?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence what it shows.")},
    )  # fmt: skip
    given_by = forms.CharField(label=_("Who gave it?"), max_length=200, required=False)
    dated = forms.CharField(
        label=_("When was it written or made?"), max_length=40, required=False,
        help_text=_("As far as it is known: 2026, 2026-03 or 2026-03-14."),
    )  # fmt: skip
    matter = forms.ChoiceField(label=_("Which matter does it belong to?"), required=False)

    about = forms.ChoiceField(
        label=_("Is it a child’s paper?"), required=False,
        help_text=_("It then goes out with that child alone, on the yes of all who have to be asked, and never with a case that is lent."),
    )  # fmt: skip
    discipline = forms.ChoiceField(
        label=pgettext_lazy("evidence", "To whom does it open?"), required=False,
        help_text=_("A paper of the psychologist or of health opens as their notes do, to no supervisor, and goes out with no referral."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, matters: Any, children: Sequence[tuple[Person, str]], disciplines: Sequence[str], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.children = {str(child.pk): child for child, _name in children}
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", pgettext("evidence", "No")), *((str(child.pk), name) for child, name in children)
        ]  # fmt: skip
        known = [(value, label) for value, label in Discipline.choices if value in disciplines]
        self.fields["discipline"].choices = [  # type: ignore[attr-defined]
            ("", pgettext("evidence", "To all who work on the case")), *known
        ]  # fmt: skip
        for name, choices in {"about": children, "discipline": known}.items():
            if not choices:
                del self.fields[name]
        self.matters = {str(each.pk): each for each in matters}
        named = [(key, MatterKind(each.kind).label) for key, each in self.matters.items()]
        self.fields["matter"].choices = [("", _("none in particular")), *named]  # type: ignore[attr-defined]
        if not named:
            del self.fields["matter"]

    def clean_dated(self) -> str:
        said = str(self.cleaned_data["dated"]).strip()
        if said and not _PARTIAL.fullmatch(said):
            raise forms.ValidationError(_("Write a year, a year and month, or a day: 2026, 2026-03 or 2026-03-14."))
        return said

    @property
    def told(self) -> dict[str, str]:
        """What is kept beside the file; what was left empty is absent."""
        return {name: self.cleaned_data[name] for name in ("words", "given_by", "dated") if self.cleaned_data[name]}


class AddCopy(forms.Form):
    file = forms.FileField(label=_("The copy"), error_messages={"required": _("Choose the file.")})
    words = forms.CharField(
        label=_("What is left out, and for whom is it made?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class Redact(forms.Form):
    """Boxes as ``[[left, top, right, bottom], ...]`` in thousandths, which the page draws; by hand one box a line."""

    boxes = forms.CharField(
        label=_("Parts to black out"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_(
            "Draw over the picture with the mouse or a finger. Without that: one part a line, four numbers from 0 to 1000 – left, top, right, bottom."
        ),
        error_messages={"required": _("Mark at least one part.")},
    )  # fmt: skip
    words = AddCopy.base_fields["words"]

    def clean_boxes(self) -> list[Box]:
        boxes = [_box(line) for line in self.cleaned_data["boxes"].splitlines() if line.strip()]
        if None in boxes or len(boxes) > MOST_BOXES:
            raise forms.ValidationError(
                _("Write four numbers from 0 to 1000 in each line, with spaces between: left, top, right, bottom.")
            )
        return [box for box in boxes if box]


def _box(line: str) -> Box | None:
    numbers = re.findall(r"\d+", line)
    if len(numbers) != 4 or any(int(each) > 1000 for each in numbers):
        return None
    left, top, right, bottom = map(int, numbers)
    return Box(left, top, right, bottom) if left != right and top != bottom else None
