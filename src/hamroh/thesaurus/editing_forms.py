"""Forms of the editors: one for each part of a concept, for groups, releases, suggestions and decisions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamroh.thesaurus.models import (
    Concept,
    Group,
    GroupKind,
    Label,
    LabelKind,
    Layer,
    Match,
    NoteKind,
    RelationKind,
    Scheme,
    Status,
    SuggestionKind,
    Vote,
    Why,
)
from hamroh.thesaurus.selectors import editing
from hamroh.thesaurus.selectors.names import names, title
from hamroh.thesaurus.states import SuggestionStates

NARROWER = "narrower"
_CERTAINTIES = [("", _("Sure")), ("C", _("To be verified"))]


def languages() -> list[tuple[str, str]]:
    """Languages to choose from, the reader's own first."""
    own = get_language() or settings.LANGUAGE_CODE
    return sorted(settings.LANGUAGES, key=lambda each: each[0] != own)


class ConceptField(forms.CharField):
    """A concept by its name, or by name and key as the list that opens while one types offers it.

    Without script a name that fits several concepts is answered with what to write instead.
    """

    def __init__(self, layer: Scheme, **options: Any) -> None:
        self.layer = layer
        super().__init__(max_length=500, **options)

    def clean(self, value: Any) -> Concept | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = editing.concepts_named(self.layer, typed)
        if len(found) == 1:
            return found[0]
        lang = get_language() or settings.LANGUAGE_CODE
        if found:
            called = names([row.pk for row in found], lang)
            near = [editing.written(row, called[row.pk]) for row in found if row.pk in called]
        else:
            near = editing.offered(self.layer, typed, lang)
        said = "; ".join(near[:6])
        if near:
            raise forms.ValidationError(_("Which one is meant? Write it so: %(near)s") % {"near": said})
        raise forms.ValidationError(_("No concept is called so. Look it up in the thesaurus."))


class PartForm(forms.Form):
    """A part of a concept; ``layer`` is the vocabulary that it is written into."""

    use_required_attribute = False

    def __init__(self, data: Any, *, layer: Scheme, prefix: str = "") -> None:
        self.layer = layer
        super().__init__(data, prefix=prefix or None, auto_id=f"{prefix}_%s" if prefix else "id_%s")
        self.add_fields()

    def add_fields(self) -> None:
        """Fields that depend on the layer or the reader."""

    def _concept(self, label: Any, *, required: bool = True, help_text: Any = "") -> ConceptField:
        address = reverse("thesaurus-desk:find", kwargs={"layer": self.layer.code})
        widget = forms.TextInput({"data-lookup": address, "autocomplete": "off"})
        return ConceptField(self.layer, label=label, required=required, help_text=help_text, widget=widget)


class LabelForm(PartForm):
    """A label that is added, or one that is said otherwise (``label``)."""

    lang = forms.ChoiceField(label=_("Language"))
    kind = forms.ChoiceField(label=_("What kind of label"), choices=LabelKind.choices, initial=LabelKind.ALTERNATIVE)
    text = forms.CharField(label=_("Label"), max_length=400)
    certainty = forms.ChoiceField(label=_("How sure"), choices=_CERTAINTIES, required=False)
    source = forms.CharField(
        label=_("Where it is from"),
        max_length=300,
        required=False,
        help_text=_("A law, a dictionary, a group of users."),
    )
    outdated = forms.CharField(
        label=_("Outdated: why"),
        max_length=300,
        required=False,
        help_text=_("Only for a word that should not be used any more. It is found and shown, with this reason."),
    )

    def add_fields(self) -> None:
        self.fields["lang"].choices = languages()  # type: ignore[attr-defined]


class ChangeLabelForm(LabelForm):
    """The same without the language: in another language it is another label."""

    def add_fields(self) -> None:
        del self.fields["lang"]

    @classmethod
    def of(cls, data: Any, label: Label) -> "ChangeLabelForm":
        form = cls(data, layer=label.scheme)
        form.initial = {name: getattr(label, name) for name in form.fields}
        return form


class RelationForm(PartForm):
    kind = forms.ChoiceField(
        label=_("How it stands to it"),
        choices=[*RelationKind.choices, (NARROWER, _("Narrower"))],
    )

    def add_fields(self) -> None:
        self.fields["other"] = self._concept(_("The other concept"))


class NoteForm(PartForm):
    kind = forms.ChoiceField(label=_("What kind of note"), choices=NoteKind.choices)
    lang = forms.ChoiceField(label=_("Language"))
    text = forms.CharField(label=_("Note"), max_length=4000, widget=forms.Textarea({"rows": 4}))

    def add_fields(self) -> None:
        self.fields["lang"].choices = languages()  # type: ignore[attr-defined]


class MatchForm(PartForm):
    kind = forms.ChoiceField(label=_("What kind of match"), choices=Match.choices, initial=Match.CLOSE)
    uri = forms.CharField(label=_("Address of the other concept"), max_length=400)


class NotationForm(PartForm):
    notation = forms.CharField(label=_("Notation"), max_length=120, required=False)


class PlaceForm(PartForm):
    """A group of this layer that the concept is put into."""

    def add_fields(self) -> None:
        rows = editing.groups_kept(self.layer)
        choices = [(row.key, group_title(row)) for row in rows]
        self.fields["group"] = forms.ChoiceField(label=_("Group"), choices=choices)


class RetireForm(PartForm):
    def add_fields(self) -> None:
        self.fields["replaced_by"] = self._concept(_("What replaces it"), required=False)
        self.fields["also"] = self._concept(
            _("And also"), required=False, help_text=_("Where one concept was split into two.")
        )


class LayerForm(forms.Form):
    """A layer of one's own, still empty."""

    use_required_attribute = False

    code = forms.SlugField(
        max_length=60, label=_("Short code"), help_text=_("In small Latin letters and hyphens; it stands in addresses.")
    )
    layer = forms.ChoiceField(
        label=_("For whom it speaks"),
        choices=[(Layer.ORGANISATION, _("Our organisation")), (Layer.NATIONAL, _("The country"))],
        widget=forms.RadioSelect,
        initial=Layer.ORGANISATION,
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for code, name in languages():
            label, widget = _("Title (%(language)s)") % {"language": name}, forms.TextInput({"lang": code})
            self.fields[f"title_{code}"] = forms.CharField(label=label, max_length=200, required=False, widget=widget)
        own = get_language() or settings.LANGUAGE_CODE
        rows = [(row.code, title(row.titles, own) or row.code) for row in Scheme.objects.order_by("code")]
        self.fields["extends"] = forms.ChoiceField(label=_("Lies on"), choices=rows)

    @property
    def titles(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"title_{code}", "") for code, _name in settings.LANGUAGES}


class ConceptForm(PartForm):
    """A new concept: its name in each language, what lies above it, candidate or approved."""

    def add_fields(self) -> None:
        for code, name in languages():
            label = _("Preferred label (%(language)s)") % {"language": name}
            widget = forms.TextInput({"lang": code})
            self.fields[f"name_{code}"] = forms.CharField(label=label, max_length=400, required=False, widget=widget)
        self.fields["broader"] = self._concept(_("What lies above it"), required=False)
        kinds = [choice for choice in RelationKind.choices if choice[0] != RelationKind.RELATED]
        self.fields["kind"] = forms.ChoiceField(label=_("In what way"), choices=kinds)
        states = [choice for choice in Status.choices if choice[0] != Status.DEPRECATED]
        self.fields["status"] = forms.ChoiceField(label=_("Status"), choices=states)

    @property
    def names(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"name_{code}", "") for code, _name in settings.LANGUAGES}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(self.names.values()):
            self.add_error(f"name_{languages()[0][0]}", _("Write the name in at least one language."))
        return cleaned


class GroupForm(PartForm):
    """A new group: its title in each language, its kind, what it stands in or under."""

    def add_fields(self) -> None:
        for code, name in languages():
            label, widget = _("Title (%(language)s)") % {"language": name}, forms.TextInput({"lang": code})
            self.fields[f"title_{code}"] = forms.CharField(label=label, max_length=200, required=False, widget=widget)
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=GroupKind.choices)
        parents = [("", "—"), *((row.key, group_title(row)) for row in editing.groups_kept(self.layer))]
        self.fields["parent"] = forms.ChoiceField(label=_("Inside the group"), choices=parents, required=False)
        self.fields["superordinate"] = self._concept(
            _("Under the concept"),
            required=False,
            help_text=_("Only for an array: it parts what lies under a concept."),
        )

    @property
    def titles(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"title_{code}", "") for code, _name in settings.LANGUAGES}


class ReleaseForm(PartForm):
    number = forms.CharField(label=_("Number of the release"), max_length=20, help_text=_("Such as 2026.1."))

    def add_fields(self) -> None:
        for code, name in languages():
            self.fields[f"note_{code}"] = forms.CharField(
                label=_("What is new, in a few words (%(language)s)") % {"language": name},
                max_length=2000,
                required=False,
                widget=forms.Textarea({"rows": 2, "lang": code}),
            )

    @property
    def notes(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"note_{code}", "") for code, _name in settings.LANGUAGES}


class SuggestForm(forms.Form):
    """What is suggested, for the public: a word, its language, and a fixed reason. Nothing of who suggests it."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("What do you suggest?"), widget=forms.RadioSelect)
    lang = forms.ChoiceField(label=_("In which language"))
    instead_of = forms.ChoiceField(label=_("Which word should change"), required=False)
    text = forms.CharField(label=_("The word"), max_length=80, required=False)
    why = forms.ChoiceField(label=_("Why"), choices=Why.choices, widget=forms.RadioSelect)
    website = forms.CharField(
        required=False, label=_("Leave this empty"), widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
    )

    def __init__(self, data: Any, *, words: Sequence[str], is_new: bool = False) -> None:
        super().__init__(data, auto_id="g_%s")
        offered = [SuggestionKind.LABEL, SuggestionKind.CHANGE, SuggestionKind.DEPRECATION]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in offered]  # type: ignore[attr-defined]
        self.fields["lang"].choices = languages()  # type: ignore[attr-defined]
        self.fields["instead_of"].choices = [("", "—"), *((word, word) for word in words)]  # type: ignore[attr-defined]
        if is_new:
            del self.fields["kind"], self.fields["instead_of"]
            self.fields["text"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind in (SuggestionKind.LABEL, SuggestionKind.CHANGE) and not cleaned.get("text"):
            self.add_error("text", _("Write the word."))
        if kind == SuggestionKind.CHANGE and not cleaned.get("instead_of"):
            self.add_error("instead_of", _("Choose the word that should change."))
        return cleaned


class DeskSuggestForm(PartForm):
    """What somebody at work suggests: also a match, a place above, and an explanation."""

    def __init__(self, data: Any, *, layer: Scheme, words: Sequence[str], is_new: bool = False) -> None:
        self.words, self.is_new = words, is_new
        super().__init__(data, layer=layer)

    def add_fields(self) -> None:
        kinds = [choice for choice in SuggestionKind.choices if choice[0] != SuggestionKind.CONCEPT]
        if not self.is_new:
            self.fields["kind"] = forms.ChoiceField(
                label=_("What do you suggest?"), choices=kinds, widget=forms.RadioSelect
            )
        self.fields["lang"] = forms.ChoiceField(label=_("In which language"), choices=languages())
        if not self.is_new:
            words = [("", "—"), *((word, word) for word in self.words)]
            self.fields["instead_of"] = forms.ChoiceField(
                label=_("Which word should change"), choices=words, required=False
            )
        help_text = "" if self.is_new else _("For a match: the address of the concept in the other vocabulary.")
        self.fields["text"] = forms.CharField(
            label=_("The word"), max_length=400, required=self.is_new, help_text=help_text
        )
        label = _("What lies above it") if self.is_new else _("What replaces it")
        self.fields["other"] = self._concept(label, required=False)
        self.fields["why"] = forms.ChoiceField(label=_("Why"), choices=Why.choices)
        self.fields["explanation"] = forms.CharField(
            label=_("Explanation"),
            max_length=1000,
            required=False,
            widget=forms.Textarea({"rows": 3}),
            help_text=_("Editors of all organisations read it. Write about the word, never about a person."),
        )


class RemarkForm(forms.Form):
    use_required_attribute = False
    text = forms.CharField(
        label=_("What you think"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Editors of all organisations read it. Write about the word, never about a person."),
    )


class VoteForm(forms.Form):
    use_required_attribute = False
    choice = forms.ChoiceField(
        label=pgettext_lazy("vote", "Your vote"), choices=Vote.Choice.choices, widget=forms.RadioSelect
    )


class DecideForm(forms.Form):
    """Accept or reject, into which vocabulary, and why."""

    use_required_attribute = False
    to = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (SuggestionStates.accepted.name, _("Accept: it is carried out at once")),
            (SuggestionStates.rejected.name, _("Reject")),
        ],
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Who suggested it reads it."),
    )

    def __init__(self, data: Any, layers: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["layer"] = forms.ChoiceField(label=_("Into which vocabulary"), choices=list(layers.items()))


def group_title(group: Group) -> str:
    return title(group.titles, get_language() or settings.LANGUAGE_CODE) or group.key
