"""What a block of each kind says, in one language at a time; what is said in the others stays."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from hamroh.directory.models.parties import PartyKind
from hamroh.evidence.areas import area_name
from hamroh.evidence.contents import MOST_LETTERS, MOST_TITLE, SHAPES
from hamroh.evidence.forms.lines import LinesField, Split
from hamroh.evidence.lawlists import LAW_PACKS
from hamroh.evidence.models import BlockKind, Edition, Observation, Source
from hamroh.web.texts import pick

_OFF = {"autocomplete": "off"}
SHAPE_WORDS = {
    "line": pgettext_lazy("chart", "Lines"), "bar": pgettext_lazy("chart", "Bars"),
    "stacked": pgettext_lazy("chart", "Stacked bars"), "range": pgettext_lazy("chart", "From the least to the most"),
}  # fmt: skip
STATUS_WORDS = {
    "open": gettext_lazy("Open"), "accepted": gettext_lazy("Accepted"), "under_way": gettext_lazy("Under way"),
    "done": gettext_lazy("Done"), "rejected": gettext_lazy("Rejected"),
}  # fmt: skip


def line(label: Any, **more: Any) -> forms.CharField:
    """One line of words."""
    given = {"max_length": MOST_TITLE, "required": False, **more}
    return forms.CharField(label=label, widget=forms.TextInput(attrs=_OFF), **given)


def words(label: Any, rows: int = 6, **more: Any) -> forms.CharField:
    """Words over several lines."""
    given = {"max_length": MOST_LETTERS, "required": False, **more}
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows, **_OFF}), **given)


def day(label: Any, **more: Any) -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, error_messages={"invalid": _DAY}, **more)


_DAY = gettext_lazy("Write the day as 2026-11-30.")


class BlockForm(forms.Form):
    """A block's content as fields. ``seen`` is the version that was opened; ``spoken`` are fields that are kept per language."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    #: field -> its name in the content
    spoken: ClassVar[dict[str, str]] = {}
    #: fields whose name in the content is their own
    plain: ClassVar[tuple[str, ...]] = ()
    #: whether figures are looked for, and into which field they go
    picks_into: ClassVar[str] = ""

    def __init__(
        self, data: Any = None, *, old: Mapping[str, Any], lang: str, edition: Edition, seen: int = 1, typed: Any = None
    ) -> None:
        self.old, self.lang, self.edition = old, lang, edition
        super().__init__(data, initial={"seen": seen, **self.read(old), **(typed or {})})
        for name in self.spoken:
            self.fields[name].widget.attrs["lang"] = lang

    def read(self, old: Mapping[str, Any]) -> dict[str, Any]:
        """Fields out of a content."""
        said = {field: (old.get(name) or {}).get(self.lang, "") for field, name in self.spoken.items()}
        return said | {name: old.get(name, "") for name in self.plain}

    def content(self) -> dict[str, Any]:
        """The content with what was typed in this language."""
        made = dict(self.old)
        for field, name in self.spoken.items():
            made[name] = {**(self.old.get(name) or {}), self.lang: self.cleaned_data[field]}
        return made | {name: self.cleaned_data[name] for name in self.plain}

    def elsewhere(self) -> list[tuple[str, Any, str]]:
        """Language, label and text of what is said in the other languages."""
        return [
            (lang, self.fields[field].label, text)
            for field, name in self.spoken.items()
            for lang, text in (self.old.get(name) or {}).items()
            if lang != self.lang and text
        ]


def known_source(key: str) -> str:
    """The short name of a source that is recorded."""
    if key and not Source.objects.filter(key=key).exists():
        raise ValidationError(_("There is no source of this name."))
    return key


class FigureForm(BlockForm):
    obs = line(
        gettext_lazy("Name of the figure"),
        required=True,
        max_length=60,
        help_text=gettext_lazy("Look for it below and choose it."),
    )
    label = line(
        gettext_lazy("What it is called here"), help_text=gettext_lazy("Left empty: the name of what it counts.")
    )
    spoken: ClassVar = {"label": "label"}
    plain = ("obs",)
    picks_into = "obs"

    def clean_obs(self) -> str:
        code = str(self.cleaned_data["obs"])
        if not Observation.objects.filter(code=code).exists():
            raise ValidationError(_("There is no figure with this code."))
        return code


class ProseForm(BlockForm):
    text = words(
        gettext_lazy("Text"), 14,
        help_text=gettext_lazy("An empty line begins a new paragraph. A figure stands as {{obs:NAME}}; write {{}} where the next one that you choose shall stand."),
    )  # fmt: skip
    spoken: ClassVar = {"text": "texts"}
    picks_into = "text"


class NarrativeForm(ProseForm):
    claims = LinesField(
        label=gettext_lazy("What it says of a series"), rows=2,
        help_text=gettext_lazy("For the rules to compare, one a line: rising or falling, the table, the row, and of how many last values. falling | T8 | From Azerbaijan to RF | 3"),
    )  # fmt: skip

    def read(self, old: Mapping[str, Any]) -> dict[str, Any]:
        return super().read(old) | {"claims": [_claim_line(each) for each in old.get("claims", ())]}

    def clean_claims(self) -> list[dict[str, Any]]:
        """Claims that were there keep their names."""
        before = {_claim_line(each): dict(each) for each in self.old.get("claims", ())}
        return [before.get(said) or _claim(said) for said in self.cleaned_data["claims"]]

    def content(self) -> dict[str, Any]:
        return super().content() | {"claims": self.cleaned_data["claims"]}


class RecommendationForm(ProseForm):
    addressee = line(gettext_lazy("To whom"))
    status = forms.ChoiceField(label=gettext_lazy("State"), choices=list(STATUS_WORDS.items()))
    status_date = day(gettext_lazy("Since"))
    spoken: ClassVar = {"text": "texts", "addressee": "addressee"}
    plain = ("status", "status_date")


class ChartForm(BlockForm):
    title = line(gettext_lazy("Title"))
    shape = forms.ChoiceField(label=gettext_lazy("Shape"), choices=[(each, SHAPE_WORDS[each]) for each in SHAPES])
    of = forms.ChoiceField(label=gettext_lazy("Table that it draws"), required=False)
    rows = LinesField(
        label=gettext_lazy("Rows that it draws"),
        help_text=gettext_lazy("One a line, as they are called in the table. Left empty: all of them."),
    )
    obs = LinesField(
        label=gettext_lazy("Or single figures"),
        split=Split.LABEL_CODE,
        help_text=gettext_lazy("One a line: what stands beside it, a bar, the name of the figure. 2006 | aze08-BF1"),
    )
    alt = words(gettext_lazy("What it shows, for those who do not see it"), 3, max_length=2000)
    spoken: ClassVar = {"title": "title", "alt": "alt"}
    plain = ("shape", "of", "rows")

    def read(self, old: Mapping[str, Any]) -> dict[str, Any]:
        return super().read(old) | {"obs": [[self._said(label), code] for label, code in old.get("obs", ())]}

    def content(self) -> dict[str, Any]:
        before = {self._said(label): label for label, _code in self.old.get("obs", ())}
        pairs = [[before.get(label, label), code] for label, code in self.cleaned_data["obs"]]
        return super().content() | {"obs": pairs}

    def _said(self, label: Any) -> str:
        """A label that may be kept per language; one that was not touched stays whole."""
        return _in_any(label, self.lang) if isinstance(label, Mapping) else str(label)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tables = self.edition.blocks.filter(kind=BlockKind.TABLE).order_by("section", "position")
        named = [(each.key, f"{each.key} {_in_any(each.content.get('title'), self.lang)}") for each in tables]
        self.fields["of"].choices = [("", _("none")), *named]  # type: ignore[attr-defined]


class MapForm(BlockForm):
    title = line(gettext_lazy("Title"))
    area = line(
        gettext_lazy("Country"),
        max_length=12,
        required=True,
        help_text=gettext_lazy("Its code of three letters: AZE, TJK."),
    )
    values = LinesField(
        label=gettext_lazy("Regions"),
        split=Split.KEY_CODE,
        help_text=gettext_lazy("One a line: the code of the region, a bar, the name of the figure. TJ-SU | tjk-3"),
    )
    alt = words(gettext_lazy("What it shows, for those who do not see it"), 3, max_length=2000)
    spoken: ClassVar = {"title": "title", "alt": "alt"}
    plain = ("area", "values")


class RankedForm(BlockForm):
    title = line(gettext_lazy("Title"))
    items = LinesField(
        label=gettext_lazy("Lines in their order"),
        rows=10,
        help_text=gettext_lazy(
            "One a line: the code of a country or words, then, where there is one, a bar and the name of the figure. RUS | aze08-2.2c"
        ),
    )
    source = line(
        gettext_lazy("Source"),
        max_length=80,
        help_text=gettext_lazy("Its short name; look for it in the list of sources."),
    )
    spoken: ClassVar = {"title": "title"}
    plain = ("source",)

    def clean_source(self) -> str:
        return known_source(self.cleaned_data["source"])

    def read(self, old: Mapping[str, Any]) -> dict[str, Any]:
        return super().read(old) | {"items": [_item_line(each, self.lang) for each in old.get("items", ())]}

    def content(self) -> dict[str, Any]:
        before = {_item_line(each, self.lang): each for each in self.old.get("items", ())}
        items = [before.get(said) or _item(said, self.lang) for said in self.cleaned_data["items"]]
        return super().content() | {"items": items}


class DirectoryForm(BlockForm):
    title = line(gettext_lazy("Title"))
    kind = forms.MultipleChoiceField(
        label=gettext_lazy("What is listed"),
        required=False,
        choices=PartyKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    country = line(
        gettext_lazy("Country"),
        max_length=12,
        help_text=gettext_lazy("As the directory calls it: az, tj. Left empty: all."),
    )
    as_of = day(gettext_lazy("As of"))
    spoken: ClassVar = {"title": "title"}
    plain = ("as_of",)

    def read(self, old: Mapping[str, Any]) -> dict[str, Any]:
        query = old.get("query") or {}
        kinds = query.get("kind") or []
        return super().read(old) | {
            "country": query.get("country", ""),
            "kind": kinds if isinstance(kinds, list) else [kinds],
        }

    def content(self) -> dict[str, Any]:
        query = {"kind": self.cleaned_data["kind"], "country": self.cleaned_data["country"]}
        return super().content() | {"query": query}


class LawsForm(BlockForm):
    title = line(gettext_lazy("Title"))
    country = forms.ChoiceField(label=gettext_lazy("Laws of"), required=False)
    as_of = day(gettext_lazy("As of"))
    items = LinesField(
        label=gettext_lazy("Laws"),
        rows=10,
        split=Split.THREE,
        help_text=gettext_lazy(
            "One a line: the day, a bar, the title, a bar, the address. 1998-09-30 | Law on citizenship | https://…"
        ),
    )
    spoken: ClassVar = {"title": "title"}
    plain = ("as_of",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(pack, area_name(area, get_language() or "en")) for pack, area in LAW_PACKS.items()]
        self.fields["country"].choices = [("", _("none")), *named]  # type: ignore[attr-defined]

    def read(self, old: Mapping[str, Any]) -> dict[str, Any]:
        items = [
            [each.get("date", ""), _in_any(each.get("title"), self.lang), each.get("url", "")]
            for each in old.get("items", ())
        ]
        return super().read(old) | {"items": items, "country": (old.get("query") or {}).get("country", "")}

    def content(self) -> dict[str, Any]:
        old = list(self.old.get("items", ()))
        items = [self._law(at, old, *said) for at, said in enumerate(self.cleaned_data["items"])]
        return super().content() | {"items": items, "query": {"country": self.cleaned_data["country"]}}

    def _law(self, at: int, old: list[Any], date: str, title: str, url: str) -> dict[str, Any]:
        """A law with its titles of other languages: of the same line, or of the line that was called so."""
        same = next(
            (each for each in old if _in_any(each.get("title"), self.lang) == title), old[at] if at < len(old) else {}
        )
        titles = dict(same.get("title") or {}) if same.get("date", "") == date else {}
        if not (titles and _in_any(titles, self.lang) == title):
            titles[self.lang] = title
        return {"title": titles, "date": date, "url": url}


def _claim_line(claim: Mapping[str, Any]) -> str:
    return (
        " | ".join(str(claim.get(name, "")) for name in ("says", "table", "series")) + f" | {claim.get('periods', 3)}"
    )


def _claim(said: str) -> dict[str, Any]:
    parts = [part.strip() for part in said.split("|")]
    if len(parts) not in (3, 4) or parts[0] not in ("rising", "falling") or not parts[-1]:
        raise ValidationError(_("This line is not as it must be: %(line)s") % {"line": said[:80]})
    says, table, series = parts[:3]
    periods = int(parts[3]) if len(parts) == 4 and parts[3].isdecimal() else 3
    return {"id": f"{table} {series} {says}"[:120], "says": says, "table": table, "series": series, "periods": periods}


def _in_any(texts: Mapping[str, str] | None, lang: str) -> str:
    return pick(texts, lang).text


def _item_line(item: Mapping[str, Any], lang: str) -> str:
    """A ranked line as it is typed."""
    name = item.get("area") or _in_any(item.get("label"), lang)
    return f"{name} | {item['obs']}" if item.get("obs") else str(name)


def _item(said: str, lang: str) -> dict[str, Any]:
    name, _bar, code = (part.strip() for part in said.partition("|"))
    named = {"area": name} if name.isascii() and name.isupper() and len(name) == 3 else {"label": {lang: name}}
    return {**named, "obs": code}
