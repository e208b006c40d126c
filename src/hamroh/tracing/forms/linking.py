"""Forms of linked lists."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.tracing.models import Pool

#: what stands for all requests that are searched
REQUESTS = "requests"


class Comparing(forms.Form):
    """With what a list is compared."""

    beside = forms.ChoiceField(
        label=_("With what is it compared?"), widget=forms.RadioSelect, error_messages={"required": _("Choose one.")}
    )

    def __init__(self, *args: Any, lists: Sequence[tuple[Pool, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lists = {row.code: row for row, _name in lists}
        self.fields["beside"].choices = [  # type: ignore[attr-defined]
            (REQUESTS, _("Everybody who is looked for")), *((row.code, str(name)) for row, name in lists)
        ]  # fmt: skip

    def chosen(self) -> Pool | None:
        """The list; None for all requests."""
        return self._lists.get(self.cleaned_data["beside"])
