"""The form that brings two files of one person into line: one choice for each line in which they differ."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.cases.actions.aligning import LINES, OURS, THEIRS
from hamroh.cases.forms.dates import as_typed
from hamroh.cases.forms.people import CITIZENSHIPS, DOCUMENTS, FATES, LANGUAGES, SEXES
from hamroh.vault import opening

CALLED = {
    "name": _("Name, as it is written in a document or as she says it"), "names": _("Other names and spellings"), "born": _("Born"),
    "phone": _("Telephone"), "document": _("Document"), "places": _("Places"), "sex": _("Sex"), "language": _("Language"),
    "citizenship": _("Citizenship"), "fate": _("What is known of this person’s life?"),
}  # fmt: skip
_WORDS = {"sex": SEXES, "language": LANGUAGES, "citizenship": CITIZENSHIPS}


class Lines(forms.Form):
    """``ours`` and ``theirs`` are the lines of the two in words, as ``said`` gives them."""

    def __init__(self, *args: Any, ours: Mapping[str, str], theirs: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in LINES:
            if ours[line] != theirs[line]:
                choices = [("", _("Each stays as it is")), (OURS, ours[line] or "–"), (THEIRS, theirs[line] or "–")]
                self.fields[line] = forms.ChoiceField(
                    label=CALLED[line], choices=choices, required=False, widget=forms.RadioSelect
                )

    @property
    def chosen(self) -> dict[str, str]:
        """The lines for which one of the two was chosen."""
        return {line: side for line in LINES if (side := self.cleaned_data.get(line))}


def said(values: Mapping[str, Any]) -> dict[str, str]:
    """Each line of somebody in words; empty where nothing is known."""
    known = {name: None if isinstance(value, opening.Unshown) else value for name, value in values.items()}
    facts = known["facts"] or {}
    fate = facts.get("fate") or {}
    kind = dict(DOCUMENTS).get(facts.get("document_kind") or "none", "")
    return {
        "name": known["name"] or "", "names": ", ".join(each["value"] for each in known["names"] or ()),
        "born": as_typed(known["born"]), "phone": known["phone"] or "",
        "document": f"{kind} {known['document']}".strip() if known["document"] else "",
        "places": ", ".join(each.get("words", "") for each in known["places"] or ()),
        **{line: str(dict(words).get(facts.get(line) or "none", "")) if facts.get(line) else "" for line, words in _WORDS.items()},
        "fate": ", ".join(filter(None, (str(dict(FATES).get(fate.get("what", ""), "")) if fate else "", as_typed(fate.get("date")), fate.get("source") or ""))),
    }  # fmt: skip
