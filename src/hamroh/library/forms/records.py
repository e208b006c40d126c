"""The editor of a record: what every kind has, what only its own kind has, and rows of what it has several of."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.forms import formset_factory
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.directory.forms.entries import Editor, RowSet
from hamroh.directory.forms.fields import ChoicesField, TextsField, UnitField, UnitsField
from hamroh.directory.forms.rows import RowForm
from hamroh.library.actions import ActFacts, ArticleFacts, BoundFacts, ContributorFacts, LinkFacts, RecordFacts
from hamroh.library.forms.fields import PartyField, RecordField
from hamroh.library.models import HOLDS, LEGAL_KINDS, ActStatus, ContributorRole, LinkKind, RecordKind
from hamroh.library.rules import DETAIL_LABELS, DETAILS

CERTAINTY = (("A", _("A: the text was seen")), ("B", _("B: a serious source says so")), ("C", _("C: to be verified")))
PARTIAL = _("A year, a month or a day: 2008, 2008-10, 2008-10-31.")
LICENCES = ("CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC-ND 4.0", "CC0 1.0")
#: what laws do not have; a law is issued, not published at a place
_NOT_LEGAL = ("place", "publisher", "publisher_text", "licence", "rights")
#: fields of the legal side: label and help
_ACT = (
    "number",
    "adopted",
    "signed",
    "in_force",
    "repealed",
    "status",
    "status_date",
    "certainty",
    "country",
    "official_url",
    "law",
)


def holders(kind: str) -> tuple[str, ...]:
    """The kinds that a record of this kind may lie in."""
    return tuple(str(holder) for holder, held in HOLDS.items() if kind in held)


def _line(label: Any, length: int, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=length, help_text=hint)


class RecordForm(forms.Form):
    """One form for every kind; what the kind does not have is taken away."""

    titles = TextsField(label=_("Title"), help_text=_("In each language in which it has one."))
    abstracts = TextsField(rows=4, label=_("What it is about, in short"), required=False)
    languages = ChoicesField(choices=settings.LANGUAGES, label=_("Languages of the text"))
    date = _line(_("Date"), 10, PARTIAL)
    part_of = RecordField(label=_("Lies in"), required=False, help_text=_("The series or issue: a word of its title."))
    act_country = UnitField(label=_("Country"), required=False)
    act_number = _line(_("Number of the act"), 60)
    act_adopted = _line(_("Adopted"), 10, PARTIAL)
    act_signed = _line(_("Signed"), 10)
    act_in_force = _line(pgettext_lazy("law date", "In force since"), 10)
    act_repealed = _line(pgettext_lazy("law date", "No longer in force since"), 10)
    act_status = forms.ChoiceField(label=_("Status"), choices=ActStatus.choices, required=False)
    act_status_date = _line(_("Status as of"), 10, _("The day for which you looked it up."))
    act_certainty = forms.ChoiceField(label=_("How sure is this?"), choices=CERTAINTY, initial="C", required=False)
    act_official_url = _line(_("Official text on the web"), 400)
    act_law = _line(_("Name in the rule packs"), 60, _("Such as tj.fc; its rules then name this record."))
    details = forms.CharField(required=False)  # stands for those of the kind
    publisher = PartyField(label=_("Publisher, from the directory"), required=False)
    publisher_text = _line(_("Publisher as printed"), 300)
    place = _line(_("Place of publication"), 120)
    units = UnitsField(label=_("Places it is about"), required=False, help_text=_("One place a line."))
    licence = _line(
        pgettext_lazy("library", "Licence"), 120, _("Such as CC BY 4.0. Left empty: all rights with its makers.")
    )
    rights = TextsField(label=_("What may be done with it"), required=False)
    source_title = _line(_("Where we have it from"), 300)
    source_locator = _line(_("Where in it"), 120)
    source_certainty = forms.ChoiceField(
        label=_("How sure is this record?"), choices=(("", "–"), *CERTAINTY), required=False
    )

    def __init__(self, data: Any = None, *, kind: str, actor: Any, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self.use_required_attribute = False
        self._keep_own(kind)
        if "part_of" in self.fields:
            part_of: Any = self.fields["part_of"]
            part_of.actor, part_of.kinds, part_of.required = actor, holders(kind), kind == RecordKind.ARTICLE

    def _keep_own(self, kind: str) -> None:
        legal = kind in LEGAL_KINDS
        gone = {name for name in self.fields if name.startswith("act_") and not legal}
        gone |= set(_NOT_LEGAL) if legal else set()
        gone |= set() if holders(kind) else {"part_of"}
        kept: dict[str, forms.Field] = {}
        for name, field in self.fields.items():
            if name == "details":
                kept |= {f"details_{one}": _line(DETAIL_LABELS[one], 300) for one in DETAILS[kind]}
            elif name not in gone:
                kept[name] = field
        self.fields = kept


class ContributorRow(RowForm):
    facts = ContributorFacts
    names = TextsField(label=_("Name as it stands there"))
    role = forms.ChoiceField(label=pgettext_lazy("contributor", "Role"), choices=ContributorRole.choices)
    is_body = forms.BooleanField(label=_("This is an organisation"), required=False)
    party = PartyField(
        label=_("Entry in the directory"),
        required=False,
        help_text=_("A word of the name; left empty where there is none."),
    )
    order = forms.IntegerField(label=_("Place in the order"), required=False, min_value=1, max_value=999)


class LinkRow(RowForm):
    facts = LinkFacts
    kind = forms.ChoiceField(label=_("This record"), choices=LinkKind.choices)
    target = RecordField(label=_("The other record"), help_text=_("A word of its title, or its code."))
    order = forms.IntegerField(label=_("Place in the order"), required=False, min_value=1, max_value=999)


class ArticleRow(RowForm):
    facts = ArticleFacts
    number = forms.CharField(label=_("Article"), max_length=20)
    titles = TextsField(label=pgettext_lazy("law", "Heading"), required=False)
    says = TextsField(rows=2, label=_("What it says, in your own words"), required=False)
    certainty = forms.ChoiceField(label=_("How sure is this?"), choices=CERTAINTY, initial="C")


class BoundRow(RowForm):
    facts = BoundFacts
    country = UnitField(label=_("Country"))
    signed = _line(_("Signed"), 10)
    bound = _line(_("Bound since"), 10)
    how = _line(_("How"), 40, _("Ratified, acceded, succeeded."))
    reservations = TextsField(label=_("Reservations"), required=False)
    certainty = forms.ChoiceField(label=_("How sure is this?"), choices=CERTAINTY, initial="C")


class OrderedRows(RowSet):
    """Rows in the order that was typed; those without a place keep theirs."""

    @property
    def kept(self) -> list[Any]:
        rows = list(enumerate(super().kept, start=1))
        return [
            row for _n, row in sorted(rows, key=lambda each: (each[1].cleaned_data.get("order") or each[0], each[0]))
        ]


class RecordEditor(Editor):
    """Reads `RecordFacts` of one kind from what was typed; ``seen`` is the version that was opened."""

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        actor: Any,
        initial: RecordFacts | None = None,
        seen: int = 0,
        part_of: str = "",
    ) -> None:
        self.kind, self.actor, self.initial = kind, actor, initial
        self.seen: Any = _number(data.get("seen", "")) if data else seen
        start = flat(initial) if initial else {"part_of": part_of}
        self.form: Any = RecordForm(data, kind=kind, actor=actor, initial=start)
        more = data.get("more", "") if data else ""
        self.row_forms = rows_of(kind)
        self.rows = {name: self._row_set(name, data, start.get(name, ()), more) for name in self.row_forms}
        self.adds_row = bool(more)

    def _row_set(self, name: str, data: Any, start: Any, more: str) -> RowSet:
        kind, label = self.row_forms[name]
        made: Any = formset_factory(kind, formset=OrderedRows, extra=1, can_delete=True, max_num=200, validate_max=True)
        if data and more == name:
            data = data.copy()
            data[f"{name}-TOTAL_FORMS"] = str(min(200, (_number(data.get(f"{name}-TOTAL_FORMS", "")) or 0) + 1))
        given = [vars(row) | {"order": place} for place, row in enumerate(start, start=1)]
        row_set: RowSet = made(data, prefix=name, initial=given)
        row_set.title = label  # type: ignore[attr-defined]
        for form in row_set.forms:
            if "target" in form.fields:
                form.fields["target"].actor = self.actor
        return row_set

    def facts(self) -> RecordFacts:
        """The typed facts; subjects have a page of their own and stay as they are."""
        said = dict(self.form.cleaned_data)
        rows = {name: row_set.values() for name, row_set in self.rows.items()}
        act = _parts(said, "act_") if self.kind in LEGAL_KINDS else None
        given = {name: value for name, value in said.items() if not name.startswith(("act_", "details_", "source_"))}
        legal: dict[str, Any] = {name: rows.pop(name) for name in ("articles", "parties") if name in rows}
        given |= rows | {"details": _parts(said, "details_"), "source": self._source(said)}
        if self.initial:
            given["subjects"] = self.initial.subjects
        return RecordFacts(kind=self.kind, act=ActFacts(**act, **legal) if act is not None else None, **given)

    def _source(self, said: Mapping[str, Any]) -> dict[str, str]:
        """What was typed, over what no field shows."""
        stored = dict(self.initial.source) if self.initial else {}
        return {name: value for name, value in (stored | _parts(said, "source_")).items() if value}

    def show(self, refused: Any) -> None:
        """Problems of nested facts stand at the flat fields of the form."""
        for problem in refused.problems:
            flat_name = (
                problem.field.replace("act.", "act_").replace("details.", "details_").replace("source.", "source_")
            )
            name, _dot, rest = problem.field.partition(".")
            if name in self.rows:
                self._show_in_row(name, rest, problem.message)
            else:
                self.form.add_error(_field_of(flat_name, self.form.fields), problem.message)

    @cached_property
    def forms(self) -> list[Any]:
        """Every form with a field, in the order of the page."""
        return [self.form, *(form for row_set in self.rows.values() for form in row_set.forms)]


def _field_of(name: str, fields: Mapping[str, Any]) -> str | None:
    if name in fields:
        return name
    head = name.partition(".")[0]
    return head if head in fields else f"act_{name}" if f"act_{name}" in fields else None


def _parts(said: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in said.items() if name.startswith(prefix)}


def rows_of(kind: str) -> dict[str, tuple[type[RowForm], Any]]:
    """The rows that records of a kind have."""
    legal = {"articles": (ArticleRow, _("Articles")), "parties": (BoundRow, _("Countries that are bound by it"))}
    return {
        "contributors": (ContributorRow, _("Who made it")),
        **(legal if kind in LEGAL_KINDS else {}),
        "links": (LinkRow, _("Related records")),
    }


def flat(facts: RecordFacts) -> dict[str, Any]:
    """Facts as initial values of the form: what is nested stands under its prefix."""
    start = dict(vars(facts))
    start |= {f"details_{name}": value for name, value in facts.details.items()}
    start |= {f"source_{name}": value for name, value in facts.source.items()}
    if facts.act:
        start |= {f"act_{name}": getattr(facts.act, name) for name in _ACT}
        start |= {"articles": facts.act.articles, "parties": facts.act.parties}
    return start


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else None
