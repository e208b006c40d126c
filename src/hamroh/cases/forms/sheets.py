"""Forms of the sheet: what a lawyer answers for, and the file that leaves."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.cases.forms.facts import choice, lang, line
from hamroh.cases.models import AlimonyPart as Part
from hamroh.kernel.law import Ground, switches


class Answer(forms.Form):
    """For which open grounds a lawyer answers: a tick each, and the article where it is a rule."""

    def __init__(self, *args: Any, grounds: Iterable[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grounds = {ground.about: ground for ground in grounds}
        for about, ground in self.grounds.items():
            self.fields[about] = forms.BooleanField(label=ground.names[lang()], required=False)
            if about not in switches():
                self.fields[f"{about}_article"] = line(_("Which act and article, or which source?"))

    def clean(self) -> dict[str, Any]:
        for about in self.grounds:
            article = f"{about}_article"
            if self.cleaned_data.get(about) and article in self.fields and not self.cleaned_data.get(article):
                self.add_error(article, _("Name the act and article, or the source."))
        if not self.errors and not any(self.cleaned_data.get(about) for about in self.grounds):
            self.add_error(None, _("Tick what you answer for."))
        return self.cleaned_data

    @property
    def told(self) -> Iterator[tuple[Part, dict[str, Any]]]:
        """What she states, by part."""
        for about, ground in self.grounds.items():
            if self.cleaned_data.get(about):
                choice = about in switches()
                facts = {"about": about, "value": ground.value}
                yield (
                    Part.CHOICE if choice else Part.ASSUMPTION,
                    facts if choice else facts | {"article": self.cleaned_data[f"{about}_article"]},
                )


PURPOSES = [
    ("court", pgettext_lazy("sheet", "For the court")),
    ("enforcement", pgettext_lazy("sheet", "For the enforcement service")),
    ("client", pgettext_lazy("sheet", "For her")),
    ("other_side", pgettext_lazy("sheet", "For the other side or a mediator")),
    ("own", pgettext_lazy("sheet", "For our own work")),
]
LANGUAGES = [("tg", "Тоҷикӣ"), ("ru", "Русский"), ("az", "Azərbaycanca"), ("en", "English")]
FORMATS = [("pdf", _("PDF, to print")), ("xlsx", _("XLSX, a table"))]


class Print(forms.Form):
    """For what the sheet leaves, in which language and form."""

    purpose = choice(_("What is it for?"), PURPOSES)
    language = choice(_("In which language?"), LANGUAGES)
    format = choice(_("As what?"), FORMATS)
