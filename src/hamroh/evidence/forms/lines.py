"""Lists that are typed one line after the other."""

from enum import Enum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hamroh.evidence.contents import MOST_ITEMS


class Split(Enum):
    """What a line consists of: words; a label and a figure's name; a key and a figure's name; day, title and address."""

    WORDS = 1
    LABEL_CODE = 2
    KEY_CODE = 4
    THREE = 3


class LinesField(forms.CharField):
    """One thing a line, its parts divided by bars."""

    def __init__(self, *, split: Split = Split.WORDS, rows: int = 5, **kwargs: Any) -> None:
        self.split = split
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or not value:
            return value or ""
        pairs = value.items() if isinstance(value, dict) else value
        return "\n".join(each if isinstance(each, str) else " | ".join(map(str, each)) for each in pairs)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_ITEMS:
            raise ValidationError(_("A list has at most %(most)s lines.") % {"most": MOST_ITEMS})
        if self.split is Split.WORDS:
            return lines
        return self._split(lines)

    def _split(self, lines: list[str]) -> Any:
        if self.split is Split.THREE:
            return [_three(line) for line in lines]
        pairs = [[part.strip() for part in line.rpartition("|")[::2]] for line in lines]
        for line, (name, code) in zip(lines, pairs, strict=True):
            if not (name and code):
                raise ValidationError(_("A bar is lacking: %(line)s") % {"line": line[:80]})
        return dict(pairs) if self.split is Split.KEY_CODE else pairs


def _three(line: str) -> list[str]:
    """Day, title, address; where there is one part alone, it is the title."""
    parts = [part.strip() for part in line.split("|")]
    return ["", parts[0], ""] if len(parts) == 1 else [*parts, ""][:3]
